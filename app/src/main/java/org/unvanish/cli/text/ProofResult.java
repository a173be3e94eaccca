package org.unvanish.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ProofText;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ConstantPredictor;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.spec.ProofSpec;

/** What training says of a prescription: whether it is proved, and how all arms compare. */
public final class ProofResult {

  private final ExperimentResult result;
  private final ProofVerdict verdict;
  private final List<Double> target;

  /**
   * @param result of all arms
   * @param constant of the test data
   */
  public ProofResult(ExperimentResult result, ConstantPredictor constant) {
    this.result = result;
    this.verdict = ProofVerdict.of(runs(ProofSpec.UNTOUCHED), runs(ProofSpec.PRESCRIBED), constant);
    double untouched = mean(arm(ProofSpec.UNTOUCHED).orElseThrow());
    // Where the untouched arm ends: how many epochs do the others need to get there?
    this.target = Double.isNaN(untouched) ? List.of() : List.of(untouched);
  }

  private Optional<Arm> arm(String name) {
    return result.experiment().arms().stream().filter(arm -> arm.name().equals(name)).findFirst();
  }

  private List<RunResult> runs(String name) {
    return arm(name).map(result::of).orElse(List.of());
  }

  /** True where the prescription is proved. */
  public boolean isProved() {
    return verdict.isProved();
  }

  /** Mean final test accuracy of the finished runs; NaN without one. */
  private double mean(Arm arm) {
    return result.of(arm).stream()
        .filter(RunResult::isFinished)
        .mapToDouble(RunMeasure.FINAL_ACCURACY::of)
        .average()
        .orElse(Double.NaN);
  }

  /** The one arm with the highest final test accuracy; none if no run finished, or several. */
  private Optional<Arm> highest() {
    List<Arm> arms = result.experiment().arms();
    double most = arms.stream().mapToDouble(this::mean).filter(Double::isFinite).max().orElse(-1);
    List<Arm> highest = arms.stream().filter(arm -> mean(arm) == most).toList();
    return highest.size() == 1 ? Optional.of(highest.get(0)) : Optional.empty();
  }

  /** The verdict, then the tables that it rests on. */
  public String text() {
    ProofText words = new ProofText(verdict);
    StringBuilder text = new StringBuilder();
    for (String paragraph :
        List.of(words.conclusion(), words.numbers(), words.wayOut(), controls())) {
      text.append(paragraph.isEmpty() ? "" : DiagnosisText.wrapped(paragraph));
    }
    List<PairwiseComparison> pairs =
        PairwiseComparison.all(result).stream()
            .filter(pair -> isOf(pair, ProofSpec.UNTOUCHED) || isOf(pair, ProofSpec.PRESCRIBED))
            .toList();
    return text.append('\n')
        .append(ComparisonTable.arms(result, measures(), target).text())
        .append('\n')
        .append(ComparisonTable.pairs(pairs).text())
        .toString();
  }

  /** Those of every comparison, with the loss behind the accuracy that it stands beside. */
  private List<RunMeasure> measures() {
    List<RunMeasure> measures = new ArrayList<>(PairwiseComparison.measures(result));
    measures.add(1, RunMeasure.FINAL_LOSS);
    return measures;
  }

  private static boolean isOf(PairwiseComparison pair, String arm) {
    return pair.comparison().firstArm().equals(arm) || pair.comparison().secondArm().equals(arm);
  }

  /** On a control that ends above the prescription, or without one above the untouched arm. */
  private String controls() {
    Optional<Arm> highest = highest();
    Arm other = arm(ProofSpec.PRESCRIBED).orElseGet(() -> arm(ProofSpec.UNTOUCHED).orElseThrow());
    if (highest.isEmpty()
        || List.of(ProofSpec.UNTOUCHED, ProofSpec.PRESCRIBED).contains(highest.get().name())) {
      return "";
    }
    Comparison comparison = Comparison.of(result, other, highest.get(), RunMeasure.FINAL_ACCURACY);
    return String.format(
        Locale.ROOT,
        "“%s” has the highest final test accuracy, %s: %s against “%s”, higher in %d of %d seeds.",
        highest.get().name(),
        RunMeasure.FINAL_ACCURACY.format(mean(highest.get())),
        ComparisonTable.difference(comparison),
        other.name(),
        comparison.higher(),
        comparison.pairs());
  }

  /** The same for programs, with the numbers of every run. */
  public Object json() {
    @Nullable String highest = highest().map(Arm::name).orElse(null);
    return Json.object(
        "winner",
        highest,
        "prescription_wins",
        verdict.isProved() && ProofSpec.PRESCRIBED.equals(highest),
        "verdict",
        json(verdict),
        "comparison",
        ComparisonJson.of(result, target));
  }

  private static Object json(ProofVerdict verdict) {
    ProofText words = new ProofText(verdict);
    ProofVerdict.Reason reason = verdict.reason();
    return Json.object(
        "proved", verdict.isProved(),
        "reason", reason == null ? null : reason.label(),
        "conclusion", words.conclusion(),
        "what_it_takes", words.wayOut(),
        "seeds", verdict.seeds(),
        "seeds_needed", ProofVerdict.LEAST_SEEDS,
        "open_seeds", verdict.open(),
        "diverged_seeds", verdict.diverged(),
        "constant_accuracy", verdict.constant().accuracy(),
        "constant_loss", verdict.constant().loss(),
        "test_accuracy", json(verdict.accuracy()),
        "test_loss", json(verdict.loss()));
  }

  private static Object json(ProofVerdict.Measured measured) {
    return Json.object(
        "effect", measured.effect().name().toLowerCase(Locale.ROOT),
        "untouched", measured.untouched(),
        "prescribed", measured.prescribed(),
        "difference", measured.difference(),
        "difference_low", measured.interval().low(),
        "difference_high", measured.interval().high(),
        "better", measured.better(),
        "worse", measured.worse(),
        "p", measured.pValue(),
        "learning_seeds", measured.learning());
  }
}
