package org.unvanish.diagnosis.prescription;

/**
 * How well a network does on the samples of a {@link Trial} when its steps are done.
 *
 * @param loss mean loss, without the penalty; infinite if the training diverged
 * @param accuracy in [0, 1]; NaN without classes
 * @since 0.1
 */
public record TrialScore(double loss, double accuracy) {

  /** Of a training whose loss became infinite or NaN. */
  public static final TrialScore DIVERGED = new TrialScore(Double.POSITIVE_INFINITY, 0);

  /** The same with its loss as far as it is above another one. */
  TrialScore above(double least) {
    return new TrialScore(loss - least, accuracy);
  }
}
