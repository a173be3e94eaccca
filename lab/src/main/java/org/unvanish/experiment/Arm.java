package org.unvanish.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.unvanish.network.Network;
import org.unvanish.train.TrainingSettings;

/**
 * One configuration that is compared with others.
 *
 * @param name as legends and CSV files name it, unique in its experiment and not blank
 * @param network what is trained
 * @param settings how
 * @param backend on what
 * @param seeds one run each: at least one, no two the same
 */
public record Arm(
    String name, Network network, TrainingSettings settings, Backend backend, List<Long> seeds) {
  /**
   * @throws IllegalArgumentException if the name is blank, there are no seeds, or two are the same
   */
  public Arm {
    seeds = List.copyOf(seeds);
    if (name.isBlank()) {
      throw new IllegalArgumentException("an arm needs a name");
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("arm " + name + " needs at least one seed");
    }
    Set<Long> distinct = new HashSet<>();
    for (Long seed : seeds) {
      if (!distinct.add(seed)) {
        throw new IllegalArgumentException("arm " + name + " has seed " + seed + " twice");
      }
    }
  }

  /**
   * On the engine.
   *
   * @throws IllegalArgumentException if the name is blank, there are no seeds, or two are the same
   */
  public Arm(String name, Network network, TrainingSettings settings, List<Long> seeds) {
    this(name, network, settings, Backend.ENGINE, seeds);
  }

  /** Its runs, in the order of the seeds. */
  public List<Run> runs() {
    return seeds.stream().map(seed -> new Run(this, seed)).toList();
  }
}
