package org.unvanish.loss;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loss on numbers, for classes: each sample's target is 1 for its class and 0 for all others. Of
 * two classes one output is enough, whose target is the class number. The predicted class is that
 * of the largest output; of one output it is the second class above the loss's {@linkplain
 * Loss#threshold threshold}.
 *
 * <p>So it is what programs do that train with "one-hot" labels and a squared error, or with one
 * output and a binary cross-entropy.
 *
 * @param of the loss on numbers
 * @param classes how many there are, at least 2
 * @since 0.1
 */
public record OneHot(Loss of, int classes) implements Loss {

  /**
   * @throws IllegalArgumentException if there are less than two classes, or the loss is not one on
   *     numbers
   */
  public OneHot {
    if (classes < 2) {
      throw new IllegalArgumentException("there must be two classes to tell apart");
    }
    if (of.targets() != TargetKind.NUMBERS) {
      throw new IllegalArgumentException("the loss " + of.name() + " is not one on numbers");
    }
  }

  @Override
  public String name() {
    return of.name();
  }

  @Override
  public TargetKind targets() {
    return TargetKind.CLASSES;
  }

  /**
   * @throws IllegalArgumentException if it cannot be computed on them, or they have more or fewer
   *     classes than it is made for
   */
  @Override
  public Loss on(TargetKind kind, int width, String data) {
    if (kind == TargetKind.CLASSES && width != classes) {
      throw new IllegalArgumentException(
          "the loss %s is made for %d classes, but %s has %d. Make it for %d"
              .formatted(name(), classes, data, width, width));
    }
    return Loss.super.on(kind, width, data);
  }

  @Override
  public OutputFunction applied() {
    return of.applied();
  }

  @Override
  public double threshold() {
    return of.threshold();
  }

  /** One for two classes, else one for each. */
  @Override
  public int outputs(int width) {
    return width == 2 ? 1 : width;
  }

  /** One for each class always does. */
  @Override
  public boolean fits(int outputs, int width) {
    return outputs == width || outputs == outputs(width);
  }

  /** Whether outputs are logits of two classes, so that they can be ranked. */
  public boolean isRanked() {
    return classes == 2 && of.applied() == OutputFunction.LOGISTIC;
  }

  private ClassSums classSums() {
    return new ClassSums(classes, isRanked());
  }

  /** The AUC is there where the outputs are logits of two classes. */
  @Override
  public List<Score> scores() {
    Score loss = of.scores().get(0);
    return isRanked()
        ? List.of(loss, Score.ACCURACY, Score.BALANCED_ACCURACY, Score.AUC)
        : List.of(loss, Score.ACCURACY, Score.BALANCED_ACCURACY);
  }

  @Override
  public Score headline() {
    return Score.ACCURACY;
  }

  @Override
  public int sums(int outputs) {
    return classSums().length();
  }

  @Override
  public void add(double[] outputs, double[] target, double[] sums) {
    int label = (int) target[0];
    double[] own = new double[of.sums(outputs.length)];
    of.add(outputs, numbers(outputs.length, label), own);
    sums[0] += own[0];
    int last = outputs.length - 1;
    classSums()
        .add(sums, label, predicted(outputs), last == 0 ? outputs[0] : outputs[last] - outputs[0]);
  }

  private int predicted(double[] outputs) {
    if (outputs.length == 1) {
      return outputs[0] > threshold() ? 1 : 0;
    }
    return ClassSums.largest(outputs);
  }

  private static double[] numbers(int outputs, int label) {
    double[] numbers = new double[outputs];
    Arrays.setAll(numbers, i -> number(outputs, i, label));
    return numbers;
  }

  /**
   * The numbers that outputs are to come near.
   *
   * @param labels class numbers
   * @param outputs as many as there are classes, or 1 for two classes
   */
  public static TargetTable numbers(TargetTable labels, int outputs) {
    return new Numbers(labels, outputs);
  }

  private static int number(int outputs, int index, int label) {
    return outputs == 1 ? label : label == index ? 1 : 0;
  }

  @Override
  public Scores scores(double[] sums, long samples) {
    ClassSums classSums = classSums();
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put(Score.LOSS, sums[0] / samples);
    scores.put(Score.ACCURACY.key(), classSums.accuracy(sums, samples));
    scores.put(Score.BALANCED_ACCURACY.key(), classSums.balancedAccuracy(sums));
    if (isRanked()) {
      scores.put(Score.AUC.key(), classSums.auc(sums));
    }
    return new Scores(scores);
  }

  @Override
  public double[] gradient(double[] outputs, double[] target) {
    return of.gradient(outputs, numbers(outputs.length, (int) target[0]));
  }

  /**
   * Always the most frequent class, or of each output the best constant. Of both with as many
   * outputs as classes; where one output tells two classes apart, its loss is the same.
   */
  @Override
  public ConstantPredictor constant(TargetTable targets) {
    int[] counts = ClassShares.counts(targets);
    Map<String, ConstantPredictor.Bar> bars = new LinkedHashMap<>();
    bars.putAll(of.constant(numbers(targets, outputs(classes))).bars());
    bars.keySet().retainAll(List.of(Score.LOSS));
    bars.put(
        Score.ACCURACY.key(),
        ConstantPredictor.Bar.ofShare(ClassShares.largestShare(counts), targets.count()));
    bars.put(Score.BALANCED_ACCURACY.key(), ConstantPredictor.Bar.ofBalancedAccuracy(counts));
    if (isRanked()) {
      bars.put(Score.AUC.key(), ConstantPredictor.Bar.ofAuc(Arrays.copyOf(counts, 2)));
    }
    return new ConstantPredictor(bars);
  }

  /** Classes as the numbers that outputs are to come near. */
  private record Numbers(TargetTable labels, int width) implements TargetTable {
    @Override
    public int count() {
      return labels.count();
    }

    @Override
    public double value(int sample, int index) {
      return number(width, index, (int) labels.value(sample, 0));
    }
  }

  @Override
  public Optional<String> definition() {
    return of.definition().map(loss -> loss + " on one-hot classes");
  }
}
