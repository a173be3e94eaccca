package org.unvanish.comparison;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.loss.TargetKind;

/**
 * The score of a prediction that does not look at the samples. An arm that is no better has learned
 * nothing.
 *
 * @param score by its key
 * @param value of the {@link ConstantPredictor} where the store knows it, else of a guess among
 *     equally frequent classes; of numbers that of their mean
 */
public record ChanceLevel(String score, double value) {

  /** Standard deviations that 95 % of a normal distribution lie within. */
  private static final double NORMAL_95 = 1.96;

  /**
   * Of the scores of an experiment for which it can be told.
   *
   * @param constant of its test data, where that is known
   */
  public static List<ChanceLevel> of(Experiment experiment, Optional<ConstantPredictor> constant) {
    return experiment.scores().stream()
        .flatMap(score -> of(experiment, score, constant).stream())
        .toList();
  }

  /** Of one score. */
  public static Optional<ChanceLevel> of(
      Experiment experiment, Score score, Optional<ConstantPredictor> constant) {
    OptionalDouble known =
        constant
            .map(c -> c.bars().get(score.key()))
            .map(bar -> OptionalDouble.of(bar.score()))
            .orElseGet(() -> guess(experiment, score));
    return known.isPresent() && Double.isFinite(known.getAsDouble())
        ? Optional.of(new ChanceLevel(score.key(), known.getAsDouble()))
        : Optional.empty();
  }

  private static OptionalDouble guess(Experiment experiment, Score score) {
    DataDescription data = experiment.data();
    if (score.equals(Score.R2)) {
      return OptionalDouble.of(0);
    }
    if (data.targets() != TargetKind.CLASSES || data.trainSamples() == 0) {
      return OptionalDouble.empty();
    }
    if (score.equals(Score.AUC)) {
      return OptionalDouble.of(0.5);
    }
    if (score.equals(Score.ACCURACY) || score.equals(Score.BALANCED_ACCURACY)) {
      return OptionalDouble.of(1.0 / data.classes());
    }
    return score.equals(SoftmaxCrossEntropy.CROSS_ENTROPY)
        ? OptionalDouble.of(StrictMath.log(data.classes()))
        : OptionalDouble.empty();
  }

  /**
   * True for a value that is better by more than luck with so few test samples: of a share by 1.96
   * standard errors.
   */
  public boolean isBeaten(Experiment experiment, Score of, double reached) {
    double luck =
        of.form() == Score.Form.SHARE
            ? NORMAL_95 * Math.sqrt(value * (1 - value) / experiment.data().testSamples())
            : 0;
    return of.isBetter(reached, of.higherIsBetter() ? value + luck : value - luck);
  }
}
