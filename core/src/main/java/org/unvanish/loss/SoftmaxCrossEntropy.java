package org.unvanish.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For classes: minus the logarithm of the probability that the network gives to the right class,
 * −log softmax(outputs)[label], in nats. The outputs are logits, one for each class.
 *
 * @since 0.1
 */
public record SoftmaxCrossEntropy() implements Loss {

  /** The mean cross-entropy, in nats. */
  public static final Score CROSS_ENTROPY =
      new Score(Score.LOSS, "loss", "cross-entropy", false, Score.Form.NUMBER);

  /** The share of samples whose label has the largest logit, of equal ones the first. */
  public static final Score ACCURACY =
      new Score("accuracy", "accuracy", "accuracy", true, Score.Form.SHARE);

  private static final List<Score> SCORES = List.of(CROSS_ENTROPY, ACCURACY);

  /** Standard deviations that 95 % of a normal distribution lie within. */
  private static final double NORMAL_95 = 1.96;

  @Override
  public String name() {
    return "softmax cross-entropy";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.CLASSES;
  }

  @Override
  public List<Score> scores() {
    return SCORES;
  }

  @Override
  public Score headline() {
    return ACCURACY;
  }

  @Override
  public double[] scores(double[] outputs, double[] target) {
    int label = (int) target[0];
    int largest = largest(outputs);
    double sum = 0;
    for (double output : outputs) {
      sum += StrictMath.exp(output - outputs[largest]);
    }
    double loss = StrictMath.log(sum) - (outputs[label] - outputs[largest]);
    return new double[] {loss, label == largest ? 1 : 0};
  }

  @Override
  public double[] gradient(double[] outputs, double[] target) {
    double max = outputs[largest(outputs)];
    double[] gradient = new double[outputs.length];
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      gradient[i] = StrictMath.exp(outputs[i] - max);
      sum += gradient[i];
    }
    for (int i = 0; i < outputs.length; i++) {
      gradient[i] = gradient[i] / sum - (i == (int) target[0] ? 1 : 0);
    }
    return gradient;
  }

  private static int largest(double[] outputs) {
    int largest = 0;
    for (int i = 1; i < outputs.length; i++) {
      if (outputs[i] > outputs[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** Always the most frequent class, or the shares of the classes as probabilities. */
  @Override
  public ConstantPredictor constant(double[][] targets) {
    int classes = 0;
    for (double[] target : targets) {
      classes = Math.max(classes, (int) target[0] + 1);
    }
    int[] counts = new int[classes];
    for (double[] target : targets) {
      counts[(int) target[0]]++;
    }
    return constant(ClassShares.entropy(counts), ClassShares.largestShare(counts), targets.length);
  }

  /**
   * A constant predictor of known scores. An accuracy is clear of it if it is higher by 1.96
   * standard errors of a share. A loss is if it is lower by 1.96² ÷ (2 · samples), below which a
   * likelihood ratio without meaning stays 19 times out of 20.
   *
   * @param loss the entropy of the classes' shares, in nats
   * @param accuracy share of the most frequent class, in (0, 1]
   * @param samples at least 1
   */
  public static ConstantPredictor constant(double loss, double accuracy, int samples) {
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.put(
        CROSS_ENTROPY.key(),
        new ConstantPredictor.Bar(loss, loss - NORMAL_95 * NORMAL_95 / (2 * samples)));
    bars.put(
        ACCURACY.key(),
        new ConstantPredictor.Bar(
            accuracy, accuracy + NORMAL_95 * Math.sqrt(accuracy * (1 - accuracy) / samples)));
    return new ConstantPredictor(bars);
  }

  /** Definitions from before there were other losses name none. */
  @Override
  public Optional<String> definition() {
    return Optional.empty();
  }
}
