package org.unvanish.cli.text;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.sweep.SweepResult;

/** A comparison of arms for other programs. */
public final class ComparisonJson {

  private ComparisonJson() {}

  /**
   * An experiment with all of its runs and pairs of arms; of a sweep, with what it came to and the
   * pairs of its best arms.
   *
   * @param values of the headline score: after how many epochs each run reaches them
   */
  public static Object of(ExperimentResult result, List<Double> values) {
    Map<String, @Nullable Object> object =
        Json.object(
            "experiment",
            result.experiment().name(),
            "data",
            result.experiment().data().name(),
            "score",
            result.experiment().headline().key(),
            "gradient_epochs",
            PairwiseComparison.firstEpochs(result),
            "arms",
            result.experiment().arms().stream().map(arm -> json(result, arm, values)).toList(),
            "comparisons",
            PairwiseComparison.all(result).stream().map(ComparisonJson::json).toList(),
            "claims",
            ShippedExperiments.judge(result).stream().map(ComparisonJson::json).toList());
    BestArms.note(result.experiment()).ifPresent(note -> object.put("comparisons_note", note));
    SweepResult.of(result).ifPresent(sweep -> object.put("sweep", SweepJson.of(sweep)));
    return object;
  }

  private static Object json(ExperimentResult result, Arm arm, List<Double> values) {
    return Json.object(
        "arm",
        arm.name(),
        "runs",
        result.of(arm).stream().map(run -> json(result, run, values)).toList());
  }

  private static Object json(ExperimentResult result, RunResult run, List<Double> values) {
    Score headline = result.experiment().headline();
    return Json.object(
        "seed",
        run.run().seed(),
        "outcome",
        run.outcome().label(),
        "final_score",
        RunMeasure.last(headline).of(run),
        "best_score",
        RunMeasure.best(headline).of(run),
        "mean_score",
        RunMeasure.mean(headline).of(run),
        "gradient",
        RunMeasure.gradientFrom(1, PairwiseComparison.firstEpochs(result)).of(run),
        "epochs_to",
        values.stream()
            .map(
                value ->
                    Json.object(
                        "value",
                        value,
                        "epochs",
                        orNull(RunMeasure.epochsTo(run, headline, value))))
            .toList());
  }

  private static @Nullable Integer orNull(OptionalInt epochs) {
    return epochs.isPresent() ? Integer.valueOf(epochs.getAsInt()) : null;
  }

  private static Object json(PairwiseComparison pairwise) {
    Map<String, @Nullable Object> object = json(pairwise.comparison());
    object.put("p_holm", pairwise.holm());
    return object;
  }

  /** One comparison of two arms by one measure. */
  static Map<String, @Nullable Object> json(Comparison c) {
    return Json.object(
        "measure", c.measure().key(),
        "first", c.firstArm(),
        "second", c.secondArm(),
        "pairs", c.pairs(),
        "left_out", c.leftOut(),
        "higher", c.higher(),
        "lower", c.lower(),
        "first_mean", c.first(),
        "second_mean", c.second(),
        "difference", c.difference(),
        "difference_low", c.interval().low(),
        "difference_high", c.interval().high(),
        "unit", c.measure().unit().label(),
        "effect", c.effect(),
        "p", c.pValue());
  }

  private static Object json(JudgedClaim finding) {
    return Json.object(
        "claim", finding.claim().id(),
        "statement", finding.claim().statement(),
        "verdict", finding.label(),
        "evidence", finding.evidence());
  }
}
