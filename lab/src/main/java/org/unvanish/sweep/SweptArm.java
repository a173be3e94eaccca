package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.gradient.GradientSource;
import org.unvanish.loss.Score;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.statistics.PairedSample;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/**
 * The result of one arm of a sweep.
 *
 * @param arm which
 * @param values where it is, one on each axis
 * @param asked how many runs it has
 * @param scores the final score of each run that is finished and has one, in the order of the seeds
 * @param gradient mean |g| of the first layer's weights in epoch 1, over the runs; NaN where none
 *     has that
 * @param flaw what became of runs that are not finished: {@code diverged}, {@code unfinished};
 *     empty where all are
 * @param course the score after each epoch, the mean over the runs that have it
 */
public record SweptArm(
    Arm arm,
    List<Sweep.Value> values,
    int asked,
    List<Double> scores,
    double gradient,
    Optional<String> flaw,
    List<Double> course) {

  /** Stands for an arm with a run that diverged. */
  public static final String DIVERGED = "†";

  /** Copies the lists. */
  public SweptArm {
    values = List.copyOf(values);
    scores = List.copyOf(scores);
    course = List.copyOf(course);
  }

  static SweptArm of(Arm arm, List<Sweep.Value> values, List<RunResult> runs, Score score) {
    RunMeasure measure = RunMeasure.last(score);
    List<List<Double>> course = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    List<Double> gradients = new ArrayList<>();
    Optional<RunOutcome> flaw = Optional.empty();
    for (RunResult run : runs) {
      List<EpochRecord> epochs = run.epochs();
      if (!epochs.isEmpty()) {
        firstGradient(epochs.get(0)).ifPresent(gradients::add);
      }
      addTo(course, epochs, score);
      if (run.isFinished()) {
        double last = measure.of(run);
        if (Double.isFinite(last)) {
          scores.add(last);
        }
      } else if (flaw.isEmpty() || run.outcome() instanceof RunOutcome.Diverged) {
        flaw = Optional.of(run.outcome());
      }
    }
    return new SweptArm(
        arm,
        values,
        runs.size(),
        scores,
        mean(gradients),
        flaw.map(SweptArm::word),
        course.stream().map(SweptArm::mean).toList());
  }

  private static void addTo(List<List<Double>> course, List<EpochRecord> epochs, Score score) {
    for (int i = 0; i < epochs.size(); i++) {
      if (course.size() == i) {
        course.add(new ArrayList<>());
      }
      double reached = epochs.get(i).test().of(score);
      if (Double.isFinite(reached)) {
        course.get(i).add(reached);
      }
    }
  }

  /** NaN of none. */
  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static String word(RunOutcome outcome) {
    return outcome instanceof RunOutcome.Interrupted ? "unfinished" : outcome.label();
  }

  /** Of the first tensor of weights: what arrives where vanishing shows first. */
  private static OptionalDouble firstGradient(EpochRecord epoch) {
    return epoch.gradients().stream()
        .filter(g -> g.source() == GradientSource.TOTAL)
        .filter(g -> !g.parameter().equals(ParameterGradient.ALL))
        .filter(g -> g.parameter().endsWith("weights"))
        .mapToDouble(g -> g.statistics().meanAbs())
        .findFirst();
  }

  /** Its mean score; NaN where no run has one. */
  public double score() {
    return mean(scores);
  }

  /** Whether any run has a score. */
  public boolean isScored() {
    return !scores.isEmpty();
  }

  /** Whether all runs are finished and have a score. */
  public boolean isComplete() {
    return scores.size() == asked;
  }

  /** The bootstrap's 95 % interval of the mean score over the seeds; NaN of a single one. */
  public ConfidenceInterval interval() {
    return scores.size() < 2
        ? new ConfidenceInterval(Double.NaN, Double.NaN)
        : new PairedSample(scores.stream().mapToDouble(Double::doubleValue).toArray()).interval();
  }

  /** What stands beside its numbers, or in place of them, if a run is not finished. */
  public String mark() {
    return flaw.map(word -> word.equals("diverged") ? DIVERGED : word).orElse("");
  }
}
