package org.unvanish.train;

import org.unvanish.data.Dataset;
import org.unvanish.network.Network;

/** One run: a network trained on a data set from one seed. */
public final class Trainer {

  /**
   * @param network what is trained
   * @param settings how
   * @param data on what
   * @param seed of initial values and shuffling
   * @throws IllegalArgumentException if data and network do not fit each other
   */
  public Trainer(Network network, TrainingSettings settings, Dataset data, long seed) {
    throw new UnsupportedOperationException();
  }

  /**
   * Trains on the calling thread until all epochs are done, the run diverges or it is interrupted.
   */
  public TrainingOutcome run(TrainingObserver observer) {
    throw new UnsupportedOperationException();
  }
}
