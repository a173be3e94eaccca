package org.unvanish.network;

import org.unvanish.data.Shape;

/** What several kinds of layers require of their numbers and of what reaches them. */
final class LayerChecks {

  private LayerChecks() {}

  /** The numbers of a convolution. */
  static void requireConvolution(int kernel, int filters) {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "a convolution with same padding needs an odd kernel, but it is " + kernel);
    }
    requirePositive("filters", filters);
  }

  static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }

  static void requirePoolingSize(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("a pooling size must be at least 2, but is " + size);
    }
  }

  /**
   * The output of a convolution.
   *
   * @param kind as errors call it
   */
  static Shape convolved(Convolutional layer, Shape input, String kind) {
    if (layer.kernel() > 1 && input.rows() == 1 && input.columns() == 1) {
      throw new IllegalArgumentException(
          "a "
              + kind
              + ", needs an image, but "
              + input
              + " reaches it; put it before the first dense layer");
    }
    return new Shape(layer.filters(), input.rows(), input.columns());
  }

  /**
   * The output of pooling.
   *
   * @param kind as errors call it
   */
  static Shape pooled(Pooling layer, Shape input, String kind) {
    int size = layer.size();
    if (input.rows() % size != 0 || input.columns() % size != 0) {
      throw new IllegalArgumentException(
          kind
              + " by "
              + size
              + ", needs rows and columns divisible by "
              + size
              + ", but "
              + input
              + " reaches it");
    }
    return new Shape(input.channels(), input.rows() / size, input.columns() / size);
  }
}
