package org.unvanish.experiment;

import org.unvanish.network.Network;
import org.unvanish.train.TrainingSettings;

/**
 * One configuration that is compared with others.
 *
 * @param name as legends and CSV files name it, unique in its experiment and not blank
 * @param network what is trained
 * @param settings how
 */
public record Arm(String name, Network network, TrainingSettings settings) {
  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public Arm {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an arm needs a name");
    }
  }
}
