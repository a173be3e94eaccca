package org.unvanish.store;

import java.util.List;
import org.unvanish.experiment.DataDescription;

/**
 * An experiment as it was last planned, from which it can be rebuilt without its data set.
 *
 * @param name unique in its store
 * @param title as a figure's heading names it
 * @param spec the text that it was read from
 * @param files the sub-folder of the store's folder that its files go to; empty for the folder
 *     itself
 * @param data what it is trained on
 * @param arms in its order
 */
public record StoredExperiment(
    String name,
    String title,
    String spec,
    String files,
    DataDescription data,
    List<StoredArm> arms) {
  /** Copies the list. */
  public StoredExperiment {
    arms = List.copyOf(arms);
  }
}
