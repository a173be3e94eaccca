package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * A convolution of one kind or another: a kernel that moves over rows and columns in steps.
 *
 * @since 0.1
 */
public sealed interface Convolutional extends Layer {

  /** Rows and columns k of a kernel, at least 1; odd with same padding. */
  int kernel();

  /** Output channels, at least 1. */
  int filters();

  /** Whether each filter has a bias. */
  boolean bias();

  /** How far the kernel moves from one output to the next, at least 1. */
  int stride();

  /** What is read beyond the edges. */
  Padding padding();

  /** The input as the kernel moves over it. */
  default Shape read(Shape input) {
    return input;
  }

  /** Rows of the kernel: 1 where it moves along columns only. */
  default int kernelRows() {
    return kernel();
  }

  /** How far the kernel moves down: 1 where it moves along columns only. */
  default int rowStride() {
    return stride();
  }

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

  private static void require(int kernel, int filters, int stride, Padding padding) {
    if (padding == Padding.SAME && (kernel < 1 || kernel % 2 == 0)) {
      throw new IllegalArgumentException(
          "a convolution with same padding needs an odd kernel, but it is " + kernel);
    }
    if (kernel < 1) {
      throw new IllegalArgumentException("a kernel must be at least 1, but is " + kernel);
    }
    if (filters < 1) {
      throw new IllegalArgumentException("filters must be at least 1, but is " + filters);
    }
    if (stride < 1) {
      throw new IllegalArgumentException("a stride must be at least 1, but is " + stride);
    }
  }

  /** The output; errors call the layer by the kind's name. */
  private static Shape convolved(Convolutional layer, Shape input, String kind) {
    if (layer.kernelRows() > 1 && input.rows() == 1 && input.columns() == 1) {
      throw new IllegalArgumentException(
          "a "
              + kind
              + ", needs an image, but "
              + input
              + " reaches it; put it before the first dense layer");
    }
    int rows = layer.padding().steps(input.rows(), layer.kernelRows(), layer.rowStride());
    int columns = layer.padding().steps(input.columns(), layer.kernel(), layer.stride());
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a %s with a %d×%d kernel and valid padding, needs %d rows and %d columns, but %s reaches it; write a smaller kernel, or \"padding: same\""
              .formatted(
                  kind,
                  layer.kernelRows(),
                  layer.kernel(),
                  layer.kernelRows(),
                  layer.kernel(),
                  input));
    }
    return new Shape(layer.filters(), rows, columns);
  }

  /**
   * A k×k convolution.
   *
   * @param kernel k, odd with same padding
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   * @param stride rows and columns from one output to the next, at least 1
   * @param padding what is read beyond the edges
   * @since 0.1
   */
  record Convolution(int kernel, int filters, boolean bias, int stride, Padding padding)
      implements Convolutional {
    /**
     * @throws IllegalArgumentException if k is below 1, or even with same padding, or filters or
     *     stride are below 1
     */
    public Convolution {
      Convolutional.require(kernel, filters, stride, padding);
    }

    /** With stride 1 and same padding: rows and columns stay as they are. */
    public Convolution(int kernel, int filters, boolean bias) {
      this(kernel, filters, bias, 1, Padding.SAME);
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
      return new Convolution(kernel, filters * factor, bias, stride, padding);
    }
  }

  /**
   * A depthwise-separable convolution: one k×k kernel for each channel, then a 1×1 convolution over
   * the channels, nothing in between. The first of the two has the stride.
   *
   * @param kernel k, odd with same padding
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   * @param stride rows and columns from one output to the next, at least 1
   * @param padding what is read beyond the edges
   * @since 0.1
   */
  record SeparableConvolution(int kernel, int filters, boolean bias, int stride, Padding padding)
      implements Convolutional {
    /**
     * @throws IllegalArgumentException if k is below 1, or even with same padding, or filters or
     *     stride are below 1
     */
    public SeparableConvolution {
      Convolutional.require(kernel, filters, stride, padding);
    }

    /** With stride 1 and same padding: rows and columns stay as they are. */
    public SeparableConvolution(int kernel, int filters, boolean bias) {
      this(kernel, filters, bias, 1, Padding.SAME);
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
      return new SeparableConvolution(kernel, filters * factor, bias, stride, padding);
    }
  }

  /**
   * A convolution along the columns of a sequence or signal, whose samples have one row: channels ×
   * 1 × columns. A flat input of n values, such as a table's row, is read as one channel of n
   * columns.
   *
   * @param kernel columns of the kernel, odd with same padding
   * @param filters output channels, at least 1
   * @param bias whether each filter has a bias
   * @param stride columns from one output to the next, at least 1
   * @param padding what is read beyond the ends
   * @since 0.1
   */
  record Convolution1d(int kernel, int filters, boolean bias, int stride, Padding padding)
      implements Convolutional {
    /**
     * @throws IllegalArgumentException if the kernel is below 1, or even with same padding, or
     *     filters or stride are below 1
     */
    public Convolution1d {
      Convolutional.require(kernel, filters, stride, padding);
    }

    @Override
    public String name() {
      return "conv";
    }

    @Override
    public int kernelRows() {
      return 1;
    }

    @Override
    public int rowStride() {
      return 1;
    }

    @Override
    public boolean needsRowsAndColumns() {
      return true;
    }

    @Override
    public Shape read(Shape input) {
      return input.columns() == 1 ? new Shape(1, 1, input.channels()) : input;
    }

    @Override
    public Shape output(Shape input) {
      if (input.rows() > 1) {
        throw new IllegalArgumentException(
            "a 1-D convolution, needs a signal of one row, but "
                + input
                + " reaches it; write \"conv\" for images");
      }
      return Convolutional.convolved(this, read(input), "1-D convolution");
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      int channels = read(input).channels();
      int fanIn = channels * kernel;
      List<Integer> shape = List.of(filters, channels, kernel);
      return Parameters.withBias(
          List.of(Parameters.weights("weights", shape, fanIn, filters * kernel)),
          bias,
          filters,
          fanIn);
    }

    @Override
    public Convolution1d widened(int factor) {
      return new Convolution1d(kernel, filters * factor, bias, stride, padding);
    }
  }
}
