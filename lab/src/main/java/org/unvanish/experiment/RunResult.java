package org.unvanish.experiment;

import java.util.List;
import org.unvanish.train.EpochRecord;

/**
 * The result of one run.
 *
 * @param run which
 * @param outcome how it ended
 * @param epochs of every epoch that was completed, in order, whatever the outcome
 */
public record RunResult(Run run, RunOutcome outcome, List<EpochRecord> epochs) {
  /** Copies the list, but for {@link StoredEpochs}. */
  public RunResult {
    epochs = epochs instanceof StoredEpochs ? epochs : List.copyOf(epochs);
  }

  /** True where all epochs are done. */
  public boolean isFinished() {
    return outcome instanceof RunOutcome.Finished;
  }
}
