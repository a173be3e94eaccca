package org.unvanish.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;

/** Which arm ends best, by how much, and how sure that is: a sentence. */
public final class WinnerText {

  private WinnerText() {}

  /**
   * The arm with the best mean final headline score on the test data, against the next one. Arms
   * with a run that did not finish come after all others; those without a finished one are left
   * out.
   */
  public static String of(ExperimentResult result) {
    List<Arm> ranked =
        BestArms.ranked(result).stream().filter(arm -> isFinished(result, arm)).toList();
    if (ranked.isEmpty()) {
      return "No run is finished yet.";
    }
    RunMeasure end = RunMeasure.last(result.experiment().headline());
    Arm best = ranked.get(0);
    if (Double.isNaN(mean(result, best, end))) {
      return "No winner: the %s is unknown. Test on targets that differ, or compare the losses."
          .formatted(end.label());
    }
    String value = end.format(mean(result, best, end));
    if (ranked.size() == 1) {
      int seeds = finished(result, best).size();
      return "“%s” has a %s of %s (%d %s)."
          .formatted(best.name(), end.label(), value, seeds, seeds == 1 ? "seed" : "seeds");
    }
    Score score = result.experiment().headline();
    Comparison c = Comparison.of(result, ranked.get(1), best, end);
    if (c.pairs() == 0) {
      return "“%s” has the best %s, %s, but no seed in common with “%s”."
          .formatted(best.name(), end.label(), value, ranked.get(1).name());
    }
    String against =
        String.format(
            Locale.ROOT,
            "%s %s “%s” (%s, p = %s)",
            ExperimentVerdict.apart(score, c),
            c.second() > c.first() ? "above" : "below",
            ranked.get(1).name(),
            ExperimentVerdict.seeds(c),
            ShownNumber.pValue(c.pValue()));
    return c.isClear()
        ? "“%s” has the best %s: %s, %s.".formatted(best.name(), end.label(), value, against)
        : "No clear winner: “%s” has a %s of %s, %s."
            .formatted(best.name(), end.label(), value, against);
  }

  /** The name of that arm; empty where no run is finished. */
  public static Optional<String> name(ExperimentResult result) {
    return BestArms.ranked(result).stream()
        .filter(arm -> isFinished(result, arm))
        .map(Arm::name)
        .findFirst();
  }

  private static boolean isFinished(ExperimentResult result, Arm arm) {
    return !finished(result, arm).isEmpty();
  }

  private static List<RunResult> finished(ExperimentResult result, Arm arm) {
    return result.of(arm).stream().filter(RunResult::isFinished).toList();
  }

  private static double mean(ExperimentResult result, Arm arm, RunMeasure end) {
    return finished(result, arm).stream().mapToDouble(end::of).average().orElse(Double.NaN);
  }
}
