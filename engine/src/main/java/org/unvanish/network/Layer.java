package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * One layer of a {@link Network}: what it makes of a shape, and which parameters it has. A dense
 * layer flattens what it reads: no layer does so alone.
 *
 * <p>The permitted records are the table of kinds. A test walks it and fails for a kind that the
 * engine, the specs or another part that needs to know all kinds does not know.
 *
 * @since 0.1
 */
public sealed interface Layer {

  /** What a layer is to those who look at a network layer by layer. */
  enum Role {
    /** It multiplies by weights. */
    WEIGHTS,
    /** It has no parameters and makes a sample smaller. */
    POOLING,
    /** It applies a function value by value. */
    ACTIVATION
  }

  /** What it is to those who look at a network layer by layer. */
  Role role();

  /** What its parameter tensors are called, before their number: {@code conv}. */
  String name();

  /** The name with which it is numbered: layers of equal ones have one count. */
  default String countedAs() {
    return name();
  }

  /**
   * The shape of its output.
   *
   * @param input what reaches it
   * @throws IllegalArgumentException if that does not fit; the message begins with the kind
   */
  Shape output(Shape input);

  /**
   * Its parameter tensors, in their order.
   *
   * @param input what reaches it; it fits
   */
  default List<Parameters> parameters(Shape input) {
    return List.of();
  }

  /**
   * A parameter tensor before it has its place in a network.
   *
   * @param name within the layer: {@code weights}
   * @param kind what it is to initial values and penalties
   * @param shape as in {@link ParameterTensor}
   * @param fanIn inputs that reach one output
   * @param fanOut outputs that one input reaches
   */
  record Parameters(String name, Kind kind, List<Integer> shape, int fanIn, int fanOut) {
    /** Copies the shape. */
    public Parameters {
      shape = List.copyOf(shape);
    }

    private static Parameters weights(String name, List<Integer> shape, int fanIn, int fanOut) {
      return new Parameters(name, Kind.WEIGHTS, shape, fanIn, fanOut);
    }

    private static List<Parameters> withBias(
        List<Parameters> weights, boolean bias, int units, int fanIn) {
      List<Parameters> all = new ArrayList<>(weights);
      if (bias) {
        all.add(new Parameters("bias", Kind.BIAS, List.of(units), fanIn, units));
      }
      return all;
    }
  }

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

    @Override
    public Role role() {
      return Role.WEIGHTS;
    }

    @Override
    public String name() {
      return "conv";
    }

    @Override
    public Shape output(Shape input) {
      requireSpatial(input, "convolution", kernel);
      return new Shape(filters, input.rows(), input.columns());
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      int area = kernel * kernel;
      int fanIn = input.channels() * area;
      return Parameters.withBias(
          List.of(
              Parameters.weights(
                  "weights",
                  List.of(filters, input.channels(), kernel, kernel),
                  fanIn,
                  filters * area)),
          bias,
          filters,
          fanIn);
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

    @Override
    public Role role() {
      return Role.WEIGHTS;
    }

    @Override
    public String name() {
      return "sepconv";
    }

    @Override
    public String countedAs() {
      return "conv";
    }

    @Override
    public Shape output(Shape input) {
      requireSpatial(input, "separable convolution", kernel);
      return new Shape(filters, input.rows(), input.columns());
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

    @Override
    public Role role() {
      return Role.POOLING;
    }

    @Override
    public String name() {
      return "maxpool";
    }

    @Override
    public Shape output(Shape input) {
      return pooled(input, size, "max pooling");
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

    @Override
    public Role role() {
      return Role.POOLING;
    }

    @Override
    public String name() {
      return "avgpool";
    }

    @Override
    public Shape output(Shape input) {
      return pooled(input, size, "average pooling");
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

    @Override
    public Role role() {
      return Role.WEIGHTS;
    }

    @Override
    public String name() {
      return "dense";
    }

    @Override
    public Shape output(Shape input) {
      return Shape.flat(units);
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      int inputs = input.size();
      return Parameters.withBias(
          List.of(Parameters.weights("weights", List.of(units, inputs), inputs, units)),
          bias,
          units,
          inputs);
    }
  }

  /**
   * An activation function, value by value.
   *
   * @param activation what is applied
   */
  record Activated(Activation activation) implements Layer {
    @Override
    public Role role() {
      return Role.ACTIVATION;
    }

    @Override
    public String name() {
      return "activation";
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      return activation.isLearned()
          ? List.of(new Parameters("alpha", Kind.SCALE, List.of(), 1, 1))
          : List.of();
    }
  }

  private static void requireSpatial(Shape input, String kind, int kernel) {
    if (kernel > 1 && input.rows() == 1 && input.columns() == 1) {
      throw new IllegalArgumentException(
          "a "
              + kind
              + ", needs an image, but "
              + input
              + " reaches it; put it before the first dense layer");
    }
  }

  private static Shape pooled(Shape input, int size, String kind) {
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
