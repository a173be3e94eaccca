package org.unvanish.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.report.Comparison;
import org.unvanish.report.ComparisonTable;
import org.unvanish.report.PairwiseComparison;
import org.unvanish.report.RunMeasure;
import org.unvanish.spec.ProofSpec;

/** What training says of a prescription: which remedy wins, by how much, and whether it was it. */
final class ProofResult {

  private final ExperimentResult result;
  private final boolean nothingPrescribed;
  private final List<Double> target;

  ProofResult(ExperimentResult result, boolean nothingPrescribed) {
    this.result = result;
    this.nothingPrescribed = nothingPrescribed;
    double untouched = mean(arm(ProofSpec.UNTOUCHED).orElseThrow());
    // Where the untouched arm ends: how many epochs do the others need to get there?
    this.target = Double.isNaN(untouched) ? List.of() : List.of(untouched);
  }

  private Optional<Arm> arm(String name) {
    return result.experiment().arms().stream().filter(arm -> arm.name().equals(name)).findFirst();
  }

  /** Mean final test accuracy of the finished runs; NaN without one. */
  private double mean(Arm arm) {
    return result.of(arm).stream()
        .filter(RunResult::isFinished)
        .mapToDouble(RunMeasure.FINAL_ACCURACY::of)
        .average()
        .orElse(Double.NaN);
  }

  /** The arm with the highest final test accuracy, if any run finished. */
  private Optional<Arm> winner() {
    return result.experiment().arms().stream()
        .filter(arm -> !Double.isNaN(mean(arm)))
        .max(Comparator.comparingDouble(this::mean));
  }

  /** Tables and the sentence that names the winner. */
  String text() {
    List<PairwiseComparison> pairs =
        PairwiseComparison.all(result).stream()
            .filter(pair -> isOf(pair, ProofSpec.UNTOUCHED) || isOf(pair, ProofSpec.PRESCRIBED))
            .toList();
    return ComparisonTable.arms(result, target).text()
        + "\n"
        + ComparisonTable.pairs(pairs).text()
        + "\n"
        + sentence()
        + "\n";
  }

  private static boolean isOf(PairwiseComparison pair, String arm) {
    return pair.comparison().firstArm().equals(arm) || pair.comparison().secondArm().equals(arm);
  }

  private String sentence() {
    Optional<Arm> winner = winner();
    if (winner.isEmpty()) {
      return "No run finished, so nothing wins.";
    }
    String name = winner.get().name();
    String wins =
        String.format(
            Locale.ROOT,
            "“%s” has the highest final test accuracy, %.1f %%",
            name,
            100 * mean(winner.get()));
    if (name.equals(ProofSpec.UNTOUCHED)) {
      return wins + ": no remedy that was tried gained anything.";
    }
    String gain = wins + ", " + against(ProofSpec.UNTOUCHED, winner.get());
    if (name.equals(ProofSpec.PRESCRIBED)) {
      return gain + ": the prescription wins.";
    }
    return arm(ProofSpec.PRESCRIBED).isEmpty()
        ? gain
            + (nothingPrescribed
                ? "; nothing was prescribed."
                : "; the prescription was not tried.")
        : gain
            + ", "
            + against(ProofSpec.PRESCRIBED, winner.get())
            + ": the prescription does not win.";
  }

  private String against(String other, Arm winner) {
    Comparison comparison =
        Comparison.of(result, arm(other).orElseThrow(), winner, RunMeasure.FINAL_ACCURACY);
    return "%s against “%s”".formatted(ComparisonTable.difference(comparison), other);
  }

  /** The same for programs, with the numbers of every run. */
  Object json() {
    @Nullable String winner = winner().map(Arm::name).orElse(null);
    return Json.object(
        "winner",
        winner,
        "prescription_wins",
        ProofSpec.PRESCRIBED.equals(winner),
        "comparison",
        CompareCommand.json(result, target));
  }
}
