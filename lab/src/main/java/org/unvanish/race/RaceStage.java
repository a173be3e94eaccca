package org.unvanish.race;

import org.unvanish.experiment.Experiment;

/**
 * What a race trains until it next compares the arms that are left.
 *
 * @param number from 1
 * @param of how many stages the race has; it may skip some
 * @param epochs of the arms that are raced
 * @param seeds of the arms that are raced
 * @param experiment these arms, with so many epochs and seeds; in the last stage also the arms that
 *     are not raced
 */
public record RaceStage(int number, int of, int epochs, int seeds, Experiment experiment) {

  /** In a line: {@code stage 2 of 3: 21 arms with 2 seeds to epoch 15}. */
  public String title() {
    int arms = experiment.arms().size();
    return "stage %d of %d: %d %s with %d %s to epoch %d"
        .formatted(
            number,
            of,
            arms,
            arms == 1 ? "arm" : "arms",
            seeds,
            seeds == 1 ? "seed" : "seeds",
            epochs);
  }
}
