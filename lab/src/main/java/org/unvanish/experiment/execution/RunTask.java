package org.unvanish.experiment.execution;

import java.util.Optional;
import java.util.function.Supplier;
import org.unvanish.experiment.Run;
import org.unvanish.train.Checkpoint;

/**
 * One run that is to be trained to its last epoch.
 *
 * @param run one arm with one seed
 * @param epochsDone that it has from earlier, fewer than its arm asks for
 * @param checkpoint reads where it stands after them; use {@link #from}
 * @param probed whether {@link RunEvents#snapshotTaken snapshots} are taken where it begins or goes
 *     on, and after each epoch; they change no bit of the training
 */
public record RunTask(Run run, int epochsDone, Supplier<Checkpoint> checkpoint, boolean probed) {

  /** Where the run goes on; empty where it begins. Large, so ask when the run starts. */
  public Optional<Checkpoint> from() {
    return epochsDone == 0 ? Optional.empty() : Optional.of(checkpoint.get());
  }
}
