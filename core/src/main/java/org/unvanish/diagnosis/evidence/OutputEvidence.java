package org.unvanish.diagnosis.evidence;

import org.jspecify.annotations.Nullable;

/**
 * A network's output at one snapshot, over the window, beside what a constant predictor reaches:
 * one that knows the targets of the window, and nothing of the samples. NaN stands for what is not
 * known, as for the accuracy of a network that does not classify.
 *
 * @param loss mean loss, without a penalty
 * @param accuracy in [0, 1]
 * @param outputErrorRms root mean square of the output error, the gradient of a sample's loss with
 *     respect to the network's outputs; of softmax cross-entropy that is probability less 0 or 1.
 *     There the backward pass starts, and with it r has to scale (Ven &amp; Lederer 2021, theorem
 *     1)
 * @param logitsRms root mean square of the outputs; of a classifier these are its logits
 * @param constantLoss the least loss of a constant predictor: of softmax cross-entropy the entropy
 *     of the classes' shares, 0 if there is one class only
 * @param constantAccuracy the most accuracy of a constant predictor: the largest class's share
 * @param predictedShare largest share of samples that are predicted to be one and the same class; 1
 *     where all are; NaN where there are no classes
 * @param numbers what targets that are numbers have to do with it, also 0 and 1 for classes; null
 *     where the loss takes classes as they are
 * @param last the activation behind the last weights; null where there is none
 * @param random whether the output error is random numbers, because nothing is to be learnt. The
 *     loss is then the mean product of outputs and these numbers, which tells no more than whether
 *     the outputs are finite
 * @since 0.1
 */
public record OutputEvidence(
    double loss,
    double accuracy,
    double outputErrorRms,
    double logitsRms,
    double constantLoss,
    double constantAccuracy,
    double predictedShare,
    @Nullable NumbersEvidence numbers,
    @Nullable OutputActivation last,
    boolean random) {

  /** Of a network that is to learn something. */
  public OutputEvidence(
      double loss,
      double accuracy,
      double outputErrorRms,
      double logitsRms,
      double constantLoss,
      double constantAccuracy,
      double predictedShare,
      @Nullable NumbersEvidence numbers,
      @Nullable OutputActivation last) {
    this(
        loss,
        accuracy,
        outputErrorRms,
        logitsRms,
        constantLoss,
        constantAccuracy,
        predictedShare,
        numbers,
        last,
        false);
  }

  /** Of a network that classifies, whose outputs are logits. */
  public OutputEvidence(
      double loss,
      double accuracy,
      double outputErrorRms,
      double logitsRms,
      double constantLoss,
      double constantAccuracy,
      double predictedShare) {
    this(
        loss,
        accuracy,
        outputErrorRms,
        logitsRms,
        constantLoss,
        constantAccuracy,
        predictedShare,
        null,
        null);
  }

  /** True where the targets are classes, also those that a loss takes as numbers 0 and 1. */
  public boolean isOfClasses() {
    return numbers == null || !Double.isNaN(predictedShare);
  }

  /** The same with what was measured of the last activation, which may be null. */
  public OutputEvidence with(@Nullable OutputActivation activation) {
    return new OutputEvidence(
        loss,
        accuracy,
        outputErrorRms,
        logitsRms,
        constantLoss,
        constantAccuracy,
        predictedShare,
        numbers,
        activation,
        random);
  }

  /**
   * The loss that is left to learn: less what remains where every output is its target, as in a
   * cross-entropy with targets between 0 and 1.
   */
  public double excessLoss() {
    return loss - leastLoss();
  }

  /** What a constant predictor leaves to learn, as {@link #excessLoss}. */
  public double constantExcess() {
    return constantLoss - leastLoss();
  }

  private double leastLoss() {
    return numbers == null ? 0 : numbers.leastLoss();
  }
}
