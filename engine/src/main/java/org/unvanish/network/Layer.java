package org.unvanish.network;

import org.unvanish.activation.Activation;

/** One layer of a {@link Network}. A dense layer flattens what it reads: no layer does so alone. */
public sealed interface Layer {

  /**
   * A k×k convolution with stride 1 and same padding (zeros).
   *
   * @param kernel k, odd
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   */
  record Convolution(int kernel, int filters, boolean bias) implements Layer {
    /**
     * @throws IllegalArgumentException if k is even or below 1, or there are no filters
     */
    public Convolution {
      requireKernel(kernel);
      requirePositive("filters", filters);
    }
  }

  /**
   * A depthwise-separable convolution: one k×k kernel for each channel, then a 1×1 convolution over
   * the channels, nothing in between.
   *
   * @param kernel k, odd
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   */
  record SeparableConvolution(int kernel, int filters, boolean bias) implements Layer {
    /**
     * @throws IllegalArgumentException if k is even or below 1, or there are no filters
     */
    public SeparableConvolution {
      requireKernel(kernel);
      requirePositive("filters", filters);
    }
  }

  /**
   * The maximum over size×size tiles; a gradient goes to the first maximum of its tile in row
   * order.
   *
   * @param size of a tile, at least 2; must divide rows and columns
   */
  record MaxPooling(int size) implements Layer {
    /**
     * @throws IllegalArgumentException if the size is below 2
     */
    public MaxPooling {
      requirePoolingSize(size);
    }
  }

  /**
   * The mean over size×size tiles.
   *
   * @param size of a tile, at least 2; must divide rows and columns
   */
  record AveragePooling(int size) implements Layer {
    /**
     * @throws IllegalArgumentException if the size is below 2
     */
    public AveragePooling {
      requirePoolingSize(size);
    }
  }

  /**
   * A dense layer on all values of its input.
   *
   * @param units outputs, at least 1
   * @param bias whether each unit has a bias
   */
  record Dense(int units, boolean bias) implements Layer {
    /**
     * @throws IllegalArgumentException if there are no units
     */
    public Dense {
      requirePositive("units", units);
    }
  }

  /**
   * An activation function, value by value.
   *
   * @param activation what is applied
   */
  record Activated(Activation activation) implements Layer {}

  private static void requireKernel(int kernel) {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "a convolution with same padding needs an odd kernel, but it is " + kernel);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }

  private static void requirePoolingSize(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("a pooling size must be at least 2, but is " + size);
    }
  }
}
