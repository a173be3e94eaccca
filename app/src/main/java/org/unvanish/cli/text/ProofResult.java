package org.unvanish.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ProofText;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;
import org.unvanish.spec.ProofSpec;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/** What training says of a prescription: whether it is proved, and how all arms compare. */
public final class ProofResult {

  private final ExperimentResult result;
  private final ProofVerdict verdict;
  private final RunMeasure end;
  private final List<Double> target;

  /**
   * @param result of all arms
   * @param constant of the test data
   */
  public ProofResult(ExperimentResult result, ConstantPredictor constant) {
    this.result = result;
    this.end = RunMeasure.last(result.experiment().headline());
    this.verdict =
        ProofVerdict.of(
            result.experiment(), runs(ProofSpec.UNTOUCHED), runs(ProofSpec.PRESCRIBED), constant);
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

  /** Mean final headline score of the finished runs; NaN without one. */
  private double mean(Arm arm) {
    return result.of(arm).stream()
        .filter(RunResult::isFinished)
        .mapToDouble(end::of)
        .average()
        .orElse(Double.NaN);
  }

  /** The one arm with the best final headline score; none if no run finished, or several. */
  private Optional<Arm> winner() {
    List<Arm> arms = result.experiment().arms();
    DoubleStream means = arms.stream().mapToDouble(this::mean).filter(Double::isFinite);
    double best = (score().higherIsBetter() ? means.max() : means.min()).orElse(Double.NaN);
    List<Arm> winners = arms.stream().filter(arm -> mean(arm) == best).toList();
    return winners.size() == 1 ? Optional.of(winners.get(0)) : Optional.empty();
  }

  private Score score() {
    return result.experiment().headline();
  }

  /**
   * The verdict and the winner first, then all arms, the best on top.
   *
   * @param width of a line in characters
   * @param all whether every measure and every pair of arms is shown, or what decides
   */
  public StyledText text(int width, boolean all) {
    ProofText words = new ProofText(verdict);
    StyledText text =
        new StyledText()
            .paragraph(words.conclusion(), width, isProved() ? Style.GOOD : Style.BAD)
            .paragraph(best(), width, Style.STRONG)
            .paragraph(words.wayOut(), width)
            .blank();
    ExperimentResult ranked = BestArms.ranking(result);
    String winner = winner().map(Arm::name).orElse("");
    Table arms =
        ComparisonTable.arms(ranked, all ? measures() : finals(), all ? target : List.of());
    text.add(arms.text(width, row -> row.get(0).equals(winner) ? Style.STRONG : Style.PLAIN))
        .blank()
        .paragraph(words.numbers(), width);
    return all ? text.blank().add(ComparisonTable.text(pairs(), width)) : text;
  }

  /** Those of the untouched and the prescribed arm. */
  private List<PairwiseComparison> pairs() {
    return PairwiseComparison.all(result).stream()
        .filter(pair -> isOf(pair, ProofSpec.UNTOUCHED) || isOf(pair, ProofSpec.PRESCRIBED))
        .toList();
  }

  /** What is judged: final headline score, and the loss where that is another. */
  private List<RunMeasure> finals() {
    Score loss = result.experiment().scores().get(0);
    return loss.equals(score()) ? List.of(end) : List.of(end, RunMeasure.last(loss));
  }

  /** Those of every comparison, with the loss behind the score that it stands beside. */
  private List<RunMeasure> measures() {
    List<RunMeasure> measures = new ArrayList<>(PairwiseComparison.measures(result));
    Score loss = result.experiment().scores().get(0);
    if (!loss.equals(score())) {
      measures.add(1, RunMeasure.last(loss));
    }
    return measures;
  }

  private static boolean isOf(PairwiseComparison pair, String arm) {
    return pair.comparison().firstArm().equals(arm) || pair.comparison().secondArm().equals(arm);
  }

  /** The winner against the prescribed arm, or against the next one if it is that itself. */
  private String best() {
    Optional<Arm> winner = winner();
    if (winner.isEmpty()) {
      return "";
    }
    Optional<Arm> prescribed =
        arm(ProofSpec.PRESCRIBED).filter(arm -> !arm.name().equals(winner.get().name()));
    Arm other = prescribed.orElseGet(() -> BestArms.ranked(result).get(1));
    Comparison comparison = Comparison.of(result, other, winner.get(), end);
    return String.format(
        Locale.ROOT,
        "“%s” has the %s final test %s of %d arms, %s: %s against “%s”, %s in %d of %d seeds.",
        winner.get().name(),
        score().higherIsBetter() ? "highest" : "lowest",
        score().title(),
        result.experiment().arms().size(),
        end.format(mean(winner.get())),
        ComparisonTable.difference(comparison),
        other.name(),
        score().higherIsBetter() ? "higher" : "lower",
        score().higherIsBetter() ? comparison.higher() : comparison.lower(),
        comparison.pairs());
  }

  /** The same for programs, with the numbers of every run. */
  public Object json() {
    @Nullable String winner = winner().map(Arm::name).orElse(null);
    return Json.object(
        "winner",
        winner,
        "prescription_wins",
        verdict.isProved() && ProofSpec.PRESCRIBED.equals(winner),
        "verdict",
        json(verdict),
        "comparison",
        ComparisonJson.of(result, target));
  }

  private static Object json(ProofVerdict verdict) {
    ProofText words = new ProofText(verdict);
    ProofVerdict.Reason reason = verdict.reason();
    Score first = verdict.headline().score();
    return Json.object(
        "proved",
        verdict.isProved(),
        "reason",
        reason == null ? null : reason.label(),
        "conclusion",
        words.conclusion(),
        "what_it_takes",
        words.wayOut(),
        "seeds",
        verdict.seeds(),
        "seeds_needed",
        ProofVerdict.LEAST_SEEDS,
        "open_seeds",
        verdict.open(),
        "diverged_seeds",
        verdict.diverged(),
        "score",
        first.key(),
        "constant_score",
        verdict.constant().scores().of(first),
        "constant_loss",
        verdict.constant().scores().loss(),
        "test_score",
        json(verdict.headline()),
        "test_loss",
        json(verdict.loss()));
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
