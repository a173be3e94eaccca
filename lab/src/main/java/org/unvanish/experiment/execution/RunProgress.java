package org.unvanish.experiment.execution;

import java.util.List;
import java.util.Optional;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.StoredEpochs;
import org.unvanish.train.EpochRecord;

/**
 * How far a run came earlier, whatever number of epochs was then asked for: training does not
 * depend on it, so a run of 50 epochs contains that of 20.
 *
 * @param epochs that were completed, in order, from the first
 * @param divergence in the epoch after them, if that is how the run ended
 */
public record RunProgress(List<EpochRecord> epochs, Optional<RunOutcome.Diverged> divergence) {
  /** Of a run that never started. */
  public static final RunProgress NONE = new RunProgress(List.of(), Optional.empty());

  /** Copies the list, but for {@link StoredEpochs}. */
  public RunProgress {
    epochs = epochs instanceof StoredEpochs ? epochs : List.copyOf(epochs);
  }

  /** How a run that is asked for this many epochs has ended already, if it has. */
  Optional<RunOutcome> outcome(int epochsAsked) {
    if (epochs.size() >= epochsAsked) {
      return Optional.of(new RunOutcome.Finished());
    }
    return divergence.map(d -> d);
  }

  /**
   * The run's result if it is not continued.
   *
   * @param unless its outcome where it has not ended
   */
  public RunResult result(Run run, RunOutcome unless) {
    int asked = run.arm().epochs();
    return new RunResult(
        run, outcome(asked).orElse(unless), epochs.subList(0, Math.min(asked, epochs.size())));
  }
}
