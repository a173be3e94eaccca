package org.unvanish.contest;

import java.util.List;

/**
 * A training that every contestant does alike: network, initial parameters, images and their order,
 * Adam and cross-entropy.
 *
 * <p>An image may be a sequence: a channel for each feature, a row for each step.
 *
 * <p>Step s trains on the images {@code order[s·batch] … order[(s + 1)·batch − 1]}, with pixels of
 * p/255. After the last whole batch it starts again: from the first batch, or in another order, as
 * it likes. Adam's ε stands where Keras has it: θ ← θ − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m/(√v + ε).
 *
 * @param network its name
 * @param ops the network's operations, first to last; the last one's outputs are the logits
 * @param parameters their initial values, operation by operation
 * @param batch images a step
 * @param seed what the engine draws initial values and order from
 * @param adam the optimizer's numbers
 * @param images bytes in the order image, channel, row, column
 * @param labels a class number for each image
 * @param order of the images
 */
// Identity is enough: nobody compares tasks.
@SuppressWarnings("ArrayRecordComponent")
public record Task(
    String network,
    List<Op> ops,
    float[] parameters,
    int batch,
    long seed,
    Adam adam,
    byte[] images,
    byte[] labels,
    int[] order) {

  /** The losses of so many first steps must agree. */
  public static final int CHECKED_STEPS = 8;

  /**
   * Adam's numbers.
   *
   * @param learningRate η
   * @param beta1 β₁
   * @param beta2 β₂
   * @param epsilon ε
   */
  public record Adam(double learningRate, double beta1, double beta2, double epsilon) {}

  /**
   * Copies the operations.
   *
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public Task {
    ops = List.copyOf(ops);
    int asked = ops.stream().mapToInt(Op::parameters).sum();
    require(parameters.length == asked, parameters.length + " parameters instead of " + asked);
    require(order.length == labels.length, "an order of other images");
    require(
        images.length == (long) labels.length * ops.get(0).in().size(),
        "images of another size than the network's");
    require(
        batch >= 1 && batch <= labels.length / CHECKED_STEPS,
        "too few images for " + CHECKED_STEPS + " batches of " + batch);
  }

  private static void require(boolean met, String fault) {
    if (!met) {
      throw new IllegalArgumentException("this is no task: " + fault);
    }
  }

  /** What a sample is. */
  public Op.Dimensions input() {
    return ops.get(0).in();
  }

  /** The number of classes. */
  public int classes() {
    return ops.get(ops.size() - 1).out().size();
  }

  /** Whole batches in the images. */
  public int batches() {
    return order.length / batch;
  }

  /**
   * The pixels of a batch as numbers.
   *
   * @param number of the batch, from 0
   * @param layout of each image
   */
  public float[] pixels(int number, Layout layout) {
    int size = input().size();
    float[] pixels = new float[batch * size];
    for (int i = 0; i < batch; i++) {
      int image = order[number * batch + i];
      for (int j = 0; j < size; j++) {
        int from = image * size + layout.source(input(), j);
        pixels[i * size + j] = Byte.toUnsignedInt(images[from]) / 255f;
      }
    }
    return pixels;
  }

  /**
   * The class numbers of a batch.
   *
   * @param number of the batch, from 0
   */
  public int[] labels(int number) {
    int[] batchLabels = new int[batch];
    for (int i = 0; i < batch; i++) {
      batchLabels[i] = Byte.toUnsignedInt(labels[order[number * batch + i]]);
    }
    return batchLabels;
  }

  /**
   * The labels of a batch, a row for each image with a 1 at its class.
   *
   * @param number of the batch, from 0
   */
  public float[] oneHot(int number) {
    float[] rows = new float[batch * classes()];
    int[] batchLabels = labels(number);
    for (int i = 0; i < batch; i++) {
      rows[i * classes() + batchLabels[i]] = 1;
    }
    return rows;
  }
}
