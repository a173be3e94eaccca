package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.gradient.GradientSource;
import org.unvanish.loss.Score;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** A number that every epoch of every run has; the label tells metrics apart. */
public sealed interface Metric {

  /** Mean of the absolute coordinate values of the total gradient over all parameters. */
  Metric GRADIENT_MEAN_ABS = new Gradient("gradient_mean_abs", GradientSource.TOTAL);

  /** The same of the data gradient. */
  Metric GRADIENT_MEAN_ABS_DATA = new Gradient("gradient_mean_abs_data", GradientSource.DATA);

  /** A score on the training samples. */
  record Train(Score score) implements Metric {
    @Override
    public String label() {
      return "train_" + score.key();
    }

    @Override
    public double of(EpochRecord epoch) {
      return epoch.train().of(score);
    }
  }

  /** A score on the test samples. */
  record Test(Score score) implements Metric {
    @Override
    public String label() {
      return "test_" + score.key();
    }

    @Override
    public double of(EpochRecord epoch) {
      return epoch.test().of(score);
    }
  }

  /** The mean absolute gradient over all parameters. */
  record Gradient(String label, GradientSource source) implements Metric {
    @Override
    public double of(EpochRecord epoch) {
      return epoch.gradient(ParameterGradient.ALL, source).meanAbs();
    }
  }

  /**
   * All metrics of runs: the scores of a classification, which files have always had, then the
   * gradients, then what else the runs report.
   *
   * @param scores that the runs report
   */
  static List<Metric> all(List<Score> scores) {
    List<Metric> all = new ArrayList<>();
    add(all, new SoftmaxCrossEntropy().scores());
    all.add(GRADIENT_MEAN_ABS);
    all.add(GRADIENT_MEAN_ABS_DATA);
    add(all, further(scores));
    return List.copyOf(all);
  }

  private static void add(List<Metric> metrics, List<Score> scores) {
    scores.forEach(score -> metrics.add(new Train(score)));
    scores.forEach(score -> metrics.add(new Test(score)));
  }

  /** Those of some scores that a classification does not have. */
  static List<Score> further(List<Score> scores) {
    List<String> known = new SoftmaxCrossEntropy().scores().stream().map(Score::key).toList();
    return scores.stream().filter(score -> !known.contains(score.key())).toList();
  }

  /** The name as it is written in {@code summary.csv}. */
  String label();

  /** Its value in one epoch of one run; NaN if it has none. */
  double of(EpochRecord epoch);
}
