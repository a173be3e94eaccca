package org.unvanish.experiment;

import java.util.List;
import org.unvanish.loss.Score;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Network;
import org.unvanish.train.TrainingSettings;

/** What an arm's runs train, and how, as far as it is known. */
public sealed interface Recipe {

  /** What the runs report. */
  List<Score> scores();

  /** The score by which arms are compared first. */
  Score headline();

  /**
   * Known to the last detail: Unvanish trains it.
   *
   * @param network what is trained
   * @param settings how
   * @param backend on what
   */
  record Trained(Network network, TrainingSettings settings, Backend backend) implements Recipe {
    @Override
    public List<Score> scores() {
      return settings.loss().scores();
    }

    @Override
    public Score headline() {
      return settings.loss().headline();
    }
  }

  /**
   * Another program's training that is watched: known as far as it could be seen.
   *
   * @param definition what could be seen
   * @param epochs that its runs are asked for: while one is under way nobody knows how many it will
   *     have, so that the next one counts
   */
  record Watched(Definition definition, int epochs) implements Recipe {

    /** The key of the definition's line on the penalty, whose value may be {@code none}. */
    public static final String PENALTY = "penalty";

    /**
     * @throws IllegalArgumentException if the epochs are below 1
     */
    public Watched {
      if (epochs < 1) {
        throw new IllegalArgumentException("epochs must be at least 1, but are " + epochs);
      }
    }

    /** Those of a classification; where there are no classes, the accuracy is NaN. */
    @Override
    public List<Score> scores() {
      return new SoftmaxCrossEntropy().scores();
    }

    @Override
    public Score headline() {
      return Score.ACCURACY;
    }
  }
}
