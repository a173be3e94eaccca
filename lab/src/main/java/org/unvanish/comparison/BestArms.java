package org.unvanish.comparison;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import org.unvanish.statistics.Rounding;

/**
 * Which arms are compared pair by pair and drawn one by one: all where they are few, else the best
 * ones. A thousand arms make half a million pairs, and lines that nobody can tell apart. Of a sweep
 * they are fewer, as it has other views of all its arms; arms beside the sweep are always kept.
 */
public final class BestArms {

  /** Up to so many are all compared. */
  public static final int FEW = 30;

  /** How many are compared where there are more. */
  public static final int BEST = 12;

  /** How many of a sweep are compared. */
  public static final int BEST_OF_SWEEP = 4;

  private BestArms() {}

  /**
   * The result of all arms where they are few; else of the best by the mean final headline score
   * over their finished runs, in the experiment's order. Arms with a run that did not finish come
   * after all others.
   */
  public static ExperimentResult of(ExperimentResult result) {
    Experiment all = result.experiment();
    if (areAll(all)) {
      return result;
    }
    Set<String> best = ranked(result).stream().limit(count(all)).map(Arm::name).collect(toSet());
    List<Arm> kept =
        all.arms().stream()
            .filter(arm -> best.contains(arm.name()) || !isCandidate(all, arm))
            .toList();
    return new ExperimentResult(
        new Experiment(all.name(), all.title(), all.data(), kept),
        kept.stream().flatMap(arm -> result.of(arm).stream()).toList());
  }

  private static int count(Experiment experiment) {
    return experiment.sweep().isPresent() ? BEST_OF_SWEEP : BEST;
  }

  private static boolean isCandidate(Experiment experiment, Arm arm) {
    return experiment.sweep().map(sweep -> sweep.points().containsKey(arm.name())).orElse(true);
  }

  /** True where there are so few arms that all are compared. */
  public static boolean areAll(Experiment experiment) {
    return experiment
        .sweep()
        .map(sweep -> sweep.points().size() <= BEST_OF_SWEEP)
        .orElse(experiment.arms().size() <= FEW);
  }

  /**
   * The arms, or those of the sweep where there is one, the one with the best mean final headline
   * score first. Reads every run once.
   */
  public static List<Arm> ranked(ExperimentResult result) {
    Experiment all = result.experiment();
    Score headline = all.headline();
    RunMeasure end = RunMeasure.last(headline);
    Map<String, Double> means = new HashMap<>();
    Set<String> incomplete = new HashSet<>();
    for (Arm arm : all.arms()) {
      List<RunResult> runs = result.of(arm);
      double mean =
          runs.stream()
              .filter(RunResult::isFinished)
              .mapToDouble(end::of)
              .average()
              .orElse(Double.NaN);
      means.put(arm.name(), Rounding.off(headline.higherIsBetter() ? -mean : mean));
      if (!runs.stream().allMatch(RunResult::isFinished)) {
        incomplete.add(arm.name());
      }
    }
    // NaN is sorted behind all numbers, and equal ones stay in the experiment's order.
    return all.arms().stream()
        .filter(arm -> isCandidate(all, arm))
        .sorted(
            Comparator.comparing((Arm arm) -> incomplete.contains(arm.name()))
                .thenComparing(arm -> Objects.requireNonNull(means.get(arm.name()))))
        .toList();
  }

  /** The same result with its arms in that order, followed by those that are none of the sweep. */
  public static ExperimentResult ranking(ExperimentResult result) {
    Experiment all = result.experiment();
    List<Arm> arms = new ArrayList<>(ranked(result));
    all.arms().stream().filter(arm -> !isCandidate(all, arm)).forEach(arms::add);
    return new ExperimentResult(
        new Experiment(all.name(), all.title(), all.data(), arms), result.runs());
  }

  /** Says which they are; empty where they are all. */
  public static Optional<String> note(Experiment experiment) {
    return areAll(experiment)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Of %s%,d arms, these are the %d with the best mean final test %s; the same runs"
                    + " chose them, so the best of them may have been lucky.",
                experiment.sweep().isPresent() ? "the sweep's " : "",
                experiment.sweep().map(s -> s.points().size()).orElse(experiment.arms().size()),
                count(experiment),
                experiment.headline().title()));
  }
}
