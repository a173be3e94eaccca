package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * Whether a contestant does the engine's work: the losses of its first steps must be the engine's.
 */
final class LossCheck {

  /**
   * How far a loss may be from the engine's, relative to it. Single precision alone makes some
   * millionths; an optimizer with another learning rate, or a layer with other weights, makes
   * thousandths.
   */
  static final double TOLERANCE = 1e-4;

  private LossCheck() {}

  /** The engine's own losses of a task's first steps. */
  static List<Double> expected(Task task) {
    return losses(task, BenchNetwork.settings(task.batch()));
  }

  /** The losses of the first steps of a task that is trained in some way. */
  static List<Double> losses(Task task, TrainingSettings settings) {
    Dataset data = Tasks.data(task);
    List<Double> losses = new ArrayList<>();
    new Trainer(BenchNetwork.of(task.network()).network(data), settings, data, task.seed())
        .run(
            new TrainingObserver() {
              @Override
              public TrainingDecision stepTaken(TrainingStep step) {
                losses.add(step.loss());
                return losses.size() == Task.CHECKED_STEPS
                    ? TrainingDecision.STOP
                    : TrainingDecision.CONTINUE;
              }

              @Override
              public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
                return TrainingDecision.CONTINUE;
              }
            });
    return losses;
  }

  /**
   * Compares.
   *
   * @return the largest relative difference
   * @throws ContestFailure if it is beyond the tolerance: not the same work
   */
  static double compare(String name, List<Double> actual, List<Double> expected)
      throws ContestFailure {
    if (actual.size() != expected.size()) {
      throw new ContestFailure(
          "%s told %d losses instead of %d".formatted(name, actual.size(), expected.size()));
    }
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs(actual.get(i) - expected.get(i)) / Math.abs(expected.get(i));
      // Written so that NaN fails.
      if (!(difference <= TOLERANCE)) {
        throw new ContestFailure(
            "%s does not do the same work: its loss of step %d is %s, the engine's %s"
                .formatted(name, i + 1, actual.get(i), expected.get(i)));
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
