package org.unvanish.report;

import java.util.function.ToDoubleFunction;
import org.unvanish.gradient.GradientSource;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** A number that every epoch of every run has. */
public enum Metric {
  /** Mean cross-entropy over the training samples. */
  TRAIN_LOSS("train_loss", EpochRecord::trainLoss),
  /** Accuracy on the training samples, in [0, 1]. */
  TRAIN_ACCURACY("train_accuracy", EpochRecord::trainAccuracy),
  /** Mean cross-entropy on the test data. */
  TEST_LOSS("test_loss", EpochRecord::testLoss),
  /** Accuracy on the test data, in [0, 1]. */
  TEST_ACCURACY("test_accuracy", EpochRecord::testAccuracy),
  /** Mean of the absolute coordinate values of the total gradient over all parameters. */
  GRADIENT_MEAN_ABS("gradient_mean_abs", e -> meanAbs(e, GradientSource.TOTAL)),
  /** The same of the data gradient. */
  GRADIENT_MEAN_ABS_DATA("gradient_mean_abs_data", e -> meanAbs(e, GradientSource.DATA));

  private final String label;
  private final ToDoubleFunction<EpochRecord> value;

  Metric(String label, ToDoubleFunction<EpochRecord> value) {
    this.label = label;
    this.value = value;
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
    return value.applyAsDouble(epoch);
  }
}
