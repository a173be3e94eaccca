package org.unvanish.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.unvanish.experiment.Experiment;
import org.unvanish.loss.Score;

/**
 * A score of an {@link ExperimentModel}.
 *
 * @param key of its curves, behind {@code test_} and {@code train_}
 * @param title as tables name it: {@code accuracy}
 * @param quantity as an axis names it: {@code cross-entropy}
 * @param form {@code share}, which is shown in per cent, or {@code number}
 */
record ScoreModel(String key, String title, String quantity, String form) {

  static List<ScoreModel> of(Experiment experiment) {
    Score headline = experiment.headline();
    return Stream.concat(
            Stream.of(headline),
            experiment.scores().stream().filter(score -> !score.key().equals(headline.key())))
        .map(ScoreModel::of)
        .toList();
  }

  private static ScoreModel of(Score score) {
    return new ScoreModel(
        score.key(), score.title(), score.quantity(), score.form().name().toLowerCase(Locale.ROOT));
  }
}
