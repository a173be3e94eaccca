package org.unvanish.spark;

import java.util.Optional;
import org.unvanish.experiment.Run;
import org.unvanish.train.Checkpoint;

/**
 * A part of a run that one task of Spark trains: from an epoch's end on for as long as it is given.
 * How many epochs that makes depends on the machine; what they come to does not.
 *
 * @param execution which the run is of; tasks of one that is over may still be on their way
 * @param number of the run in its execution
 * @param run what is trained
 * @param from where the run stands, if it goes on
 * @param probed whether snapshots are taken
 * @param nanos after which the slice ends with the epoch that is under way
 */
record Slice(
    long execution, int number, Run run, Optional<Checkpoint> from, boolean probed, long nanos) {

  /** Epochs that are done before it. */
  int epochsDone() {
    return from.map(Checkpoint::epoch).orElse(0);
  }
}
