package org.unvanish.experiment.execution;

import java.util.Optional;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.forecast.Forecast;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/**
 * What becomes of runs: a {@link RunExecutor} tells it, and listens to the answers.
 *
 * <p>An executor may call from any thread. Who listens to an {@link ExperimentRunner} hears one
 * call at a time, which holds up the work while it lasts. What a listener throws ends the whole
 * experiment: the runs stop within a step, the listener is told nothing more, and the runner throws
 * it.
 */
public interface RunEvents {

  /**
   * A run need not start, as it had ended before. The runner makes these calls before all others.
   */
  default void found(RunResult result) {}

  /**
   * A run begins, or goes on.
   *
   * @param epochsDone that it has from earlier
   * @return STOP ends the run here, as {@link RunOutcome.Interrupted}
   */
  default TrainingDecision started(Run run, int epochsDone) {
    return TrainingDecision.CONTINUE;
  }

  /**
   * A run has taken a step.
   *
   * @param epoch from 1
   * @param step within the epoch, from 1
   * @param stepsPerEpoch how many there are
   * @return STOP ends the run here, as {@link RunOutcome.Interrupted}
   */
  default TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
    return TrainingDecision.CONTINUE;
  }

  /**
   * A run has completed an epoch.
   *
   * @param checkpoint what the run needs to go on from here
   * @return STOP ends the run here: {@link RunOutcome.Interrupted}, unless this was its last epoch
   */
  default TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
    return TrainingDecision.CONTINUE;
  }

  /**
   * A run was probed: before its first step, or after the epoch that was told last. Of a run that
   * goes on, the snapshot at which it does so may be told again.
   *
   * @param forecast what theory says of the initial weights, where the snapshot is of these
   */
  default void snapshotTaken(Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {}

  /** A run that had started has ended, whatever the outcome. */
  default void ended(Run run, RunOutcome outcome) {}
}
