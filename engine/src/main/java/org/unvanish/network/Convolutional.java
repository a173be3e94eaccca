package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/** A k×k convolution of one kind or another, with stride 1 and same padding (zeros). */
public sealed interface Convolutional extends Layer {

  /** Rows and columns k of a kernel, odd. */
  int kernel();

  /** Output channels, at least 1. */
  int filters();

  /** Whether each filter has a bias. */
  boolean bias();

  @Override
  default Role role() {
    return Role.WEIGHTS;
  }

  @Override
  default String countedAs() {
    return "conv";
  }

  @Override
  default boolean needsRowsAndColumns() {
    return kernel() > 1;
  }

  private static void require(int kernel, int filters) {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "a convolution with same padding needs an odd kernel, but it is " + kernel);
    }
    if (filters < 1) {
      throw new IllegalArgumentException("filters must be at least 1, but is " + filters);
    }
  }

  /** The output; errors call the layer by the kind's name. */
  private static Shape convolved(Convolutional layer, Shape input, String kind) {
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
   * A k×k convolution with stride 1 and same padding (zeros).
   *
   * @param kernel k, odd
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   * @since 0.1
   */
  record Convolution(int kernel, int filters, boolean bias) implements Convolutional {
    /**
     * @throws IllegalArgumentException if k is even or below 1, or there are no filters
     */
    public Convolution {
      Convolutional.require(kernel, filters);
    }

    @Override
    public String name() {
      return "conv";
    }

    @Override
    public Shape output(Shape input) {
      return Convolutional.convolved(this, input, "convolution");
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      int area = kernel * kernel;
      int fanIn = input.channels() * area;
      List<Integer> shape = List.of(filters, input.channels(), kernel, kernel);
      return Parameters.withBias(
          List.of(Parameters.weights("weights", shape, fanIn, filters * area)),
          bias,
          filters,
          fanIn);
    }

    @Override
    public Convolution widened(int factor) {
      return new Convolution(kernel, filters * factor, bias);
    }
  }

  /**
   * A depthwise-separable convolution: one k×k kernel for each channel, then a 1×1 convolution over
   * the channels, nothing in between.
   *
   * @param kernel k, odd
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   * @since 0.1
   */
  record SeparableConvolution(int kernel, int filters, boolean bias) implements Convolutional {
    /**
     * @throws IllegalArgumentException if k is even or below 1, or there are no filters
     */
    public SeparableConvolution {
      Convolutional.require(kernel, filters);
    }

    @Override
    public String name() {
      return "sepconv";
    }

    @Override
    public Shape output(Shape input) {
      return Convolutional.convolved(this, input, "separable convolution");
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      int area = kernel * kernel;
      int channels = input.channels();
      return Parameters.withBias(
          List.of(
              Parameters.weights("depthwise", List.of(channels, kernel, kernel), area, area),
              Parameters.weights("pointwise", List.of(filters, channels), channels, filters)),
          bias,
          filters,
          channels);
    }

    @Override
    public SeparableConvolution widened(int factor) {
      return new SeparableConvolution(kernel, filters * factor, bias);
    }
  }
}
