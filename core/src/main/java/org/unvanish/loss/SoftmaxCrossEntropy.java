package org.unvanish.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * For classes: minus the logarithm of the probability that the network gives to the right class,
 * −log softmax(outputs)[label], in nats. The outputs are logits, one for each class.
 *
 * <p>Without class weights the accuracy is reported, as it always was; with them, as they are for
 * classes that are not equally frequent, the balanced accuracy as well, which then comes first.
 *
 * @param weights of the classes
 * @since 0.1
 */
public record SoftmaxCrossEntropy(ClassWeights weights) implements Loss {

  /** The mean cross-entropy, in nats. */
  public static final Score CROSS_ENTROPY =
      new Score(Score.LOSS, "loss", "cross-entropy", false, Score.Form.NUMBER);

  private static final List<Score> SCORES = List.of(CROSS_ENTROPY, Score.ACCURACY);
  private static final List<Score> WEIGHTED =
      List.of(CROSS_ENTROPY, Score.ACCURACY, Score.BALANCED_ACCURACY);

  /** Without class weights. */
  public SoftmaxCrossEntropy() {
    this(ClassWeights.EQUAL);
  }

  /** Whether some classes count more than others. */
  public boolean isWeighted() {
    return !weights.equals(ClassWeights.EQUAL);
  }

  @Override
  public String name() {
    return "softmax cross-entropy";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.CLASSES;
  }

  /**
   * @throws IllegalArgumentException if it cannot be computed on them, or there are more class
   *     weights than classes, or fewer
   */
  @Override
  public Loss on(TargetKind kind, int width, String data) {
    if (weights instanceof ClassWeights.Given given && given.weights().size() != width) {
      throw new IllegalArgumentException(
          "there are %d class weights, but %s has %d classes"
              .formatted(given.weights().size(), data, width));
    }
    return Loss.super.on(kind, width, data);
  }

  @Override
  public Loss fitted(TargetTable training) {
    return new SoftmaxCrossEntropy(weights.fitted(training));
  }

  @Override
  public OutputFunction applied() {
    return OutputFunction.SOFTMAX;
  }

  @Override
  public List<Score> scores() {
    return isWeighted() ? WEIGHTED : SCORES;
  }

  @Override
  public Score headline() {
    return isWeighted() ? Score.BALANCED_ACCURACY : Score.ACCURACY;
  }

  @Override
  public int sums(int outputs) {
    return isWeighted() ? new ClassSums(outputs, false).length() : SCORES.size();
  }

  @Override
  public void add(double[] outputs, double[] target, double[] sums) {
    int label = (int) target[0];
    int largest = ClassSums.largest(outputs);
    double sum = 0;
    for (double output : outputs) {
      sum += StrictMath.exp(output - outputs[largest]);
    }
    sums[0] += weights.of(label) * (StrictMath.log(sum) - (outputs[label] - outputs[largest]));
    if (isWeighted()) {
      new ClassSums(outputs.length, false).add(sums, label, largest, 0);
    } else {
      sums[1] += label == largest ? 1 : 0;
    }
  }

  @Override
  public Scores scores(double[] sums, long samples) {
    if (!isWeighted()) {
      return Loss.super.scores(sums, samples);
    }
    ClassSums classSums = new ClassSums((sums.length - 2) / 2, false);
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(Score.LOSS, sums[0] / samples);
    scores.put(Score.ACCURACY.key(), classSums.accuracy(sums, samples));
    scores.put(Score.BALANCED_ACCURACY.key(), classSums.balancedAccuracy(sums));
    return new Scores(scores);
  }

  @Override
  public double[] gradient(double[] outputs, double[] target) {
    int label = (int) target[0];
    double max = outputs[ClassSums.largest(outputs)];
    double[] gradient = new double[outputs.length];
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      gradient[i] = StrictMath.exp(outputs[i] - max);
      sum += gradient[i];
    }
    for (int i = 0; i < outputs.length; i++) {
      gradient[i] = weights.of(label) * (gradient[i] / sum - (i == label ? 1 : 0));
    }
    return gradient;
  }

  /** Always the most frequent class, or the weighted shares of the classes as probabilities. */
  @Override
  public ConstantPredictor constant(TargetTable targets) {
    int[] counts = ClassShares.counts(targets);
    if (!isWeighted()) {
      return constant(
          ClassShares.entropy(counts), ClassShares.largestShare(counts), targets.count());
    }
    double sum = 0;
    double squares = 0;
    for (int label = 0; label < counts.length; label++) {
      sum += weights.of(label) * counts[label];
      squares += weights.of(label) * weights.of(label) * counts[label];
    }
    double loss = 0;
    for (int label = 0; label < counts.length; label++) {
      double weight = weights.of(label) * counts[label];
      loss -= weight == 0 ? 0 : weight / targets.count() * StrictMath.log(weight / sum);
    }
    // A sum of weighted logarithms scatters more than that of as many equal ones.
    double luck = ConstantPredictor.NORMAL_95_SQUARED / (2 * targets.count()) * (squares / sum);
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.put(Score.LOSS, new ConstantPredictor.Bar(loss, loss - luck));
    bars.put(
        Score.ACCURACY.key(),
        ConstantPredictor.Bar.ofShare(ClassShares.largestShare(counts), targets.count()));
    bars.put(Score.BALANCED_ACCURACY.key(), ConstantPredictor.Bar.ofBalancedAccuracy(counts));
    return new ConstantPredictor(bars);
  }

  /**
   * A constant predictor of known scores, without class weights.
   *
   * @param loss the entropy of the classes' shares, in nats
   * @param accuracy share of the most frequent class, in (0, 1]
   * @param samples at least 1
   */
  public static ConstantPredictor constant(double loss, double accuracy, int samples) {
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.put(CROSS_ENTROPY.key(), ConstantPredictor.Bar.ofLikelihood(loss, samples));
    bars.put(Score.ACCURACY.key(), ConstantPredictor.Bar.ofShare(accuracy, samples));
    return new ConstantPredictor(bars);
  }

  /** Definitions from before there were other losses or class weights name none. */
  @Override
  public Optional<String> definition() {
    return isWeighted() ? Optional.of(name() + ", " + weights.definition()) : Optional.empty();
  }
}
