package org.unvanish.experiment.execution;

import org.unvanish.experiment.Run;
import org.unvanish.train.Checkpoint;

/** What there is already of an experiment's runs, so that nothing is trained twice. */
public interface Earlier {
  /** Nothing: every run starts at its first epoch. */
  Earlier NOTHING =
      new Earlier() {
        @Override
        public RunProgress progress(Run run) {
          return RunProgress.NONE;
        }

        @Override
        public Checkpoint checkpoint(Run run) {
          throw new IllegalStateException(run + " has no checkpoint");
        }
      };

  /** How far a run came. Asked once for each run before the first one starts. */
  RunProgress progress(Run run);

  /**
   * Where a run stands after its last epoch. Asked when the run starts, and only if it has epochs
   * and is to be continued.
   */
  Checkpoint checkpoint(Run run);
}
