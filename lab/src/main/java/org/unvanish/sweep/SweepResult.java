package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.loss.Score;

/**
 * What a sweep came to.
 *
 * @param experiment with the sweep
 * @param score by which arms are compared, on the test data after the last epoch
 * @param axes what is varied
 * @param arms those of the sweep, in the experiment's order
 */
public record SweepResult(
    Experiment experiment, Score score, List<Sweep.Axis> axes, List<SweptArm> arms) {

  /** Arms that tables list. */
  public static final int BEST = 10;

  /** Arms whose curves are drawn, and whose pairs are tested. */
  public static final int FEW = 4;

  /** Copies the lists. */
  public SweepResult {
    axes = List.copyOf(axes);
    arms = List.copyOf(arms);
  }

  /** Of an experiment that has a sweep; empty for any other. Every run is read once. */
  public static Optional<SweepResult> of(ExperimentResult result) {
    return result.experiment().sweep().map(sweep -> of(result, sweep));
  }

  private static SweepResult of(ExperimentResult result, Sweep sweep) {
    Score score = result.experiment().headline();
    RunMeasure measure = RunMeasure.last(score);
    List<SweptArm> arms = new ArrayList<>();
    for (Arm arm : result.experiment().arms()) {
      List<Sweep.Value> values = sweep.points().get(arm.name());
      if (values != null) {
        arms.add(SweptArm.of(arm, values, result.of(arm), measure));
      }
    }
    return new SweepResult(result.experiment(), score, sweep.axes(), arms);
  }

  /** How scores are written. */
  public RunMeasure measure() {
    return RunMeasure.last(score);
  }

  /** Those with a score, the best first; arms with a run that did not finish come last. */
  public List<SweptArm> ranked() {
    Comparator<SweptArm> worse = Comparator.comparingDouble(SweptArm::score);
    return arms.stream()
        .filter(SweptArm::isScored)
        .sorted(
            Comparator.comparing((SweptArm arm) -> !arm.isComplete())
                .thenComparing(score.higherIsBetter() ? worse.reversed() : worse))
        .toList();
  }

  /** What each axis matters, most first. */
  public List<Marginal> marginals() {
    return axes.stream()
        .map(axis -> Marginal.of(this, axis))
        .sorted(Comparator.comparingDouble(Marginal::share).reversed())
        .toList();
  }

  /**
   * The map of the two axes that matter most, the first of them across; empty for a single axis.
   */
  public Optional<HeatMap> map() {
    List<Marginal> most = marginals();
    return most.size() < 2
        ? Optional.empty()
        : Optional.of(HeatMap.of(this, most.get(0).levels().axis(), most.get(1).levels().axis()));
  }

  /** The better of two scores, also where one is NaN. */
  double better(double a, double b) {
    return Double.isNaN(a) || score.isBetter(b, a) ? b : a;
  }

  /**
   * The same experiment with few arms: those that are no points of the sweep, and the best; the
   * first ones where none has a score yet.
   *
   * @param result of the whole
   */
  public static ExperimentResult few(ExperimentResult result) {
    return best(result, FEW);
  }

  /**
   * The same with a single arm of the sweep, the best, for what is said of it against the others.
   *
   * @param result of the whole
   */
  public static ExperimentResult best(ExperimentResult result) {
    return best(result, 1);
  }

  private static ExperimentResult best(ExperimentResult result, int count) {
    Optional<SweepResult> sweep = of(result);
    if (sweep.isEmpty()) {
      return result;
    }
    Set<String> kept =
        Stream.concat(sweep.get().ranked().stream(), sweep.get().arms().stream())
            .map(arm -> arm.arm().name())
            .distinct()
            .limit(count)
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> points = result.experiment().sweep().orElseThrow().points().keySet();
    Experiment whole = result.experiment();
    List<Arm> arms =
        whole.arms().stream()
            .filter(arm -> kept.contains(arm.name()) || !points.contains(arm.name()))
            .toList();
    return new ExperimentResult(
        new Experiment(whole.name(), whole.title(), whole.data(), arms),
        arms.stream().flatMap(arm -> result.of(arm).stream()).toList());
  }
}
