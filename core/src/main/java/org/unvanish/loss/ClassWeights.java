package org.unvanish.loss;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By how much the losses of each class's samples are multiplied.
 *
 * <p>The loss of a batch is the sum of the weighted losses divided by the number of samples, so
 * that each sample pulls as strongly whatever else is in its batch. PyTorch divides by the sum of
 * the weights instead, by which a batch of one class has no weights.
 *
 * @since 0.1
 */
public sealed interface ClassWeights {

  /** All classes count the same. */
  ClassWeights EQUAL = new Equal();

  /** All classes count the same. */
  record Equal() implements ClassWeights {
    @Override
    public double of(int label) {
      return 1;
    }

    @Override
    public Equal fitted(TargetTable training) {
      return this;
    }

    @Override
    public String definition() {
      return "equal class weights";
    }
  }

  /**
   * Each class counts as much as any other, however frequent it is: n/(k·n_c) for a class with n_c
   * of the n training samples, if k classes have any. Their mean over the training samples is 1.
   */
  record Balanced() implements ClassWeights {
    @Override
    public double of(int label) {
      throw new IllegalStateException("balanced class weights are not fitted to training data");
    }

    @Override
    public Given fitted(TargetTable training) {
      int[] counts = ClassShares.counts(training);
      double present = Arrays.stream(counts).filter(count -> count > 0).count();
      return new Given(
          Arrays.stream(counts)
              .mapToObj(count -> count == 0 ? 1 : training.count() / (present * count))
              .toList());
    }

    @Override
    public String definition() {
      return "balanced class weights";
    }
  }

  /**
   * A number for each class.
   *
   * @param weights in the order of the classes, above 0 and finite; a class beyond the last one has
   *     1
   */
  record Given(List<Double> weights) implements ClassWeights {
    /**
     * @throws IllegalArgumentException if there are none, or one is not above 0
     */
    public Given {
      weights = List.copyOf(weights);
      if (weights.isEmpty() || weights.stream().anyMatch(w -> !(w > 0 && Double.isFinite(w)))) {
        throw new IllegalArgumentException("class weights must be above 0, but are " + weights);
      }
    }

    @Override
    public double of(int label) {
      return label < weights.size() ? weights.get(label) : 1;
    }

    @Override
    public Given fitted(TargetTable training) {
      return this;
    }

    @Override
    public String definition() {
      return weights.stream()
          .map(String::valueOf)
          .collect(Collectors.joining(" ", "class weights ", ""));
    }
  }

  /**
   * The weight of a class.
   *
   * @throws IllegalStateException if it depends on training data and is not {@link #fitted}
   */
  double of(int label);

  /** The weights for some training data. */
  ClassWeights fitted(TargetTable training);

  /** What a run's definition says of them. */
  String definition();
}
