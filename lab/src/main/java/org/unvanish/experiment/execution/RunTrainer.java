package org.unvanish.experiment.execution;

import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;

/** Trains one run on the calling thread: what a backend is for a {@link RunWorker}. */
public interface RunTrainer {

  /** On the engine. */
  RunTrainer ENGINE =
      (run, data, from, observer) -> {
        Arm arm = run.arm();
        return from.map(c -> new Trainer(arm.network(), arm.settings(), data, run.seed(), c))
            .orElseGet(() -> new Trainer(arm.network(), arm.settings(), data, run.seed()))
            .run(observer);
      };

  /**
   * Trains until all epochs are done, the run diverges, the observer stops it or the thread is
   * interrupted.
   *
   * @param data what the run's experiment describes
   * @param from where the run stands, if it goes on
   * @param observer is told steps and epochs
   */
  TrainingOutcome train(
      Run run, Dataset data, Optional<Checkpoint> from, TrainingObserver observer);
}
