package org.unvanish.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For labels that apply or not, several per sample: minus the logarithm of the probability that the
 * network gives to the right answer, averaged over the outputs, in nats. The outputs are logits,
 * one for each label; the logistic function is applied here, as in PyTorch's {@code
 * BCEWithLogitsLoss}, so that nothing is lost where it saturates.
 *
 * <p>A target is 1 where the label is there and 0 where it is not; numbers in between count as
 * shares, as of grey pixels.
 *
 * @since 0.1
 */
public record BinaryCrossEntropy() implements Loss {

  /** The mean binary cross-entropy, in nats. */
  private static final Score CROSS_ENTROPY =
      new Score(Score.LOSS, "loss", "binary cross-entropy", false, Score.Form.NUMBER);

  /** The accuracy is the share of correct labels, over all outputs. */
  private static final List<Score> SCORES = List.of(CROSS_ENTROPY, Score.ACCURACY);

  @Override
  public String name() {
    return "binary cross-entropy";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.NUMBERS;
  }

  @Override
  public Loss on(TargetKind kind, int width, String data) {
    return kind == TargetKind.CLASSES ? new OneHot(this, width) : this;
  }

  @Override
  public Optional<String> problem(TargetTable targets) {
    for (int sample = 0; sample < targets.count(); sample++) {
      for (int i = 0; i < targets.width(); i++) {
        double target = targets.value(sample, i);
        if (!(target >= 0 && target <= 1)) {
          return Optional.of(
              "have %s as target %d of sample %d, but the loss %s needs numbers from 0 to 1. Scale them, or choose another loss."
                  .formatted((float) target, i + 1, sample + 1, name()));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public OutputFunction applied() {
    return OutputFunction.LOGISTIC;
  }

  /** Of a logit: that of the probability ½. */
  @Override
  public double threshold() {
    return 0;
  }

  @Override
  public List<Score> scores() {
    return SCORES;
  }

  @Override
  public Score headline() {
    return Score.ACCURACY;
  }

  @Override
  public void add(double[] outputs, double[] target, double[] sums) {
    double loss = 0;
    double correct = 0;
    for (int i = 0; i < outputs.length; i++) {
      loss += Math.max(outputs[i], 0) - target[i] * outputs[i];
      loss += StrictMath.log1p(StrictMath.exp(-Math.abs(outputs[i])));
      correct += outputs[i] > 0 == target[i] > 0.5 ? 1 : 0;
    }
    sums[0] += loss / outputs.length;
    sums[1] += correct / outputs.length;
  }

  @Override
  public double[] gradient(double[] outputs, double[] target) {
    double[] gradient = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      double y = target[i];
      double e = StrictMath.exp(-Math.abs(outputs[i]));
      // Of 1/(1 + e⁻ᶻ) − y a form in which nothing cancels where y is 0 or 1.
      double slope = (outputs[i] < 0 ? (1 - y) * e - y : (1 - y) - y * e) / (1 + e);
      gradient[i] = slope / outputs.length;
    }
    return gradient;
  }

  /**
   * Of each label the mean of its targets as its probability, and the more frequent answer. An
   * accuracy is clear of it as if the labels of a sample were all right or all wrong together; a
   * loss as for {@link SoftmaxCrossEntropy}.
   */
  @Override
  public ConstantPredictor constant(TargetTable targets) {
    double loss = 0;
    double accuracy = 0;
    for (int i = 0; i < targets.width(); i++) {
      double sum = 0;
      double there = 0;
      for (int sample = 0; sample < targets.count(); sample++) {
        sum += targets.value(sample, i);
        there += targets.value(sample, i) > 0.5 ? 1 : 0;
      }
      loss += entropy(sum / targets.count()) / targets.width();
      double share = there / targets.count();
      accuracy += Math.max(share, 1 - share) / targets.width();
    }
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.put(Score.LOSS, ConstantPredictor.Bar.ofLikelihood(loss, targets.count()));
    bars.put(Score.ACCURACY.key(), ConstantPredictor.Bar.ofShare(accuracy, targets.count()));
    return new ConstantPredictor(bars);
  }

  private static double entropy(double share) {
    return share <= 0 || share >= 1
        ? 0
        : -share * StrictMath.log(share) - (1 - share) * StrictMath.log1p(-share);
  }
}
