package org.unvanish.comparison;

import static java.util.stream.Collectors.toSet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;

/**
 * Which arms are compared pair by pair and drawn one by one: all where they are few, else the best
 * ones. A thousand arms make half a million pairs, and lines that nobody can tell apart.
 */
public final class BestArms {

  /** Up to so many are all compared. */
  public static final int FEW = 30;

  /** How many are compared where there are more. */
  public static final int BEST = 12;

  private BestArms() {}

  /**
   * The result of all arms where they are few; else of those with the best mean final headline
   * score over their finished runs, in the experiment's order. An arm without a finished run comes
   * last.
   */
  public static ExperimentResult of(ExperimentResult result) {
    Experiment all = result.experiment();
    if (areAll(all)) {
      return result;
    }
    Set<String> best = ranked(result).stream().limit(BEST).map(Arm::name).collect(toSet());
    return new ExperimentResult(
        new Experiment(
            all.name(),
            all.title(),
            all.data(),
            all.arms().stream().filter(arm -> best.contains(arm.name())).toList()),
        result.runs().stream().filter(run -> best.contains(run.run().arm().name())).toList());
  }

  /** True where there are so few arms that all are compared. */
  public static boolean areAll(Experiment experiment) {
    return experiment.arms().size() <= FEW;
  }

  /** All arms, the one with the best mean final headline score first. Reads every run once. */
  static List<Arm> ranked(ExperimentResult result) {
    Experiment all = result.experiment();
    Score headline = all.headline();
    RunMeasure end = RunMeasure.last(headline);
    Map<String, Double> means = new HashMap<>();
    for (Arm arm : all.arms()) {
      double mean =
          result.of(arm).stream()
              .filter(RunResult::isFinished)
              .mapToDouble(end::of)
              .average()
              .orElse(Double.NaN);
      means.put(arm.name(), headline.higherIsBetter() ? -mean : mean);
    }
    // NaN is sorted behind all numbers, and equal ones stay in the experiment's order.
    return all.arms().stream()
        .sorted(Comparator.comparing(arm -> Objects.requireNonNull(means.get(arm.name()))))
        .toList();
  }

  /** Says which they are; empty where they are all. */
  public static Optional<String> note(Experiment experiment) {
    return areAll(experiment)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Of %,d arms, these are the %d with the best mean final test %s; the same runs"
                    + " chose them, so the best of them may have been lucky.",
                experiment.arms().size(),
                BEST,
                experiment.headline().title()));
  }
}
