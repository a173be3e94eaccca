package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Rounding;

/**
 * The results of a sweep.
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
    List<SweptArm> arms = new ArrayList<>();
    for (Arm arm : result.experiment().arms()) {
      List<Sweep.Value> values = sweep.points().get(arm.name());
      if (values != null) {
        arms.add(SweptArm.of(arm, values, result.of(arm), score));
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
    return ranked(arms).toList();
  }

  /** Some of them, in that order. */
  Stream<SweptArm> ranked(List<SweptArm> some) {
    Comparator<SweptArm> worse = Comparator.comparingDouble(arm -> Rounding.off(arm.score()));
    return some.stream()
        .filter(SweptArm::isScored)
        .sorted(
            Comparator.comparing((SweptArm arm) -> !arm.isComplete())
                .thenComparing(score.higherIsBetter() ? worse.reversed() : worse));
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
}
