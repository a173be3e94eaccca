package org.unvanish.store;

import java.util.List;
import org.unvanish.experiment.Definition;

/**
 * An arm of a {@link StoredExperiment}.
 *
 * @param name as legends name it
 * @param definition all that decides its runs
 * @param epochs that each of its runs is asked for
 * @param seeds one run each
 */
public record StoredArm(String name, Definition definition, int epochs, List<Long> seeds) {
  /** Copies the list. */
  public StoredArm {
    seeds = List.copyOf(seeds);
  }
}
