package org.unvanish.store;

import java.util.List;
import java.util.Optional;
import org.unvanish.experiment.RunOutcome;

/**
 * How far a run is, without its measurements.
 *
 * @param arm the name of its arm
 * @param seed its seed
 * @param state where it stands
 * @param epochsDone how many it has, which may be more than it is asked for now
 * @param epochsAsked how many it is asked for
 * @param ended how it diverged, or why it was dropped or failed
 * @param sessions the processes that trained it, in order: its provenance
 */
public record StoredRun(
    String arm,
    long seed,
    RunState state,
    int epochsDone,
    int epochsAsked,
    Optional<RunOutcome> ended,
    List<Session> sessions) {
  /** Copies the list. */
  public StoredRun {
    sessions = List.copyOf(sessions);
  }

  /** True where it is to be trained when its experiment is run again. */
  public boolean isOpen() {
    return state != RunState.FINISHED && state != RunState.DIVERGED && state != RunState.DROPPED;
  }
}
