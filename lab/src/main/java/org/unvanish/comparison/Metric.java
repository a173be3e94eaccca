package org.unvanish.comparison;

import org.unvanish.gradient.GradientSource;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** A number that every epoch of every run has. */
public enum Metric {
  /** Mean cross-entropy over the training samples. */
  TRAIN_LOSS("train_loss"),
  /** Accuracy on the training samples, in [0, 1]. */
  TRAIN_ACCURACY("train_accuracy"),
  /** Mean cross-entropy on the test data. */
  TEST_LOSS("test_loss"),
  /** Accuracy on the test data, in [0, 1]. */
  TEST_ACCURACY("test_accuracy"),
  /** Mean of the absolute coordinate values of the total gradient over all parameters. */
  GRADIENT_MEAN_ABS("gradient_mean_abs"),
  /** The same of the data gradient. */
  GRADIENT_MEAN_ABS_DATA("gradient_mean_abs_data");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  private static double meanAbs(EpochRecord epoch, GradientSource source) {
    return epoch.gradient(ParameterGradient.ALL, source).meanAbs();
  }

  /** The name as it is written in {@code summary.csv}. */
  public String label() {
    return label;
  }

  /** Its value in one epoch of one run. */
  public double of(EpochRecord epoch) {
    return switch (this) {
      case TRAIN_LOSS -> epoch.trainLoss();
      case TRAIN_ACCURACY -> epoch.trainAccuracy();
      case TEST_LOSS -> epoch.testLoss();
      case TEST_ACCURACY -> epoch.testAccuracy();
      case GRADIENT_MEAN_ABS -> meanAbs(epoch, GradientSource.TOTAL);
      case GRADIENT_MEAN_ABS_DATA -> meanAbs(epoch, GradientSource.DATA);
    };
  }
}
