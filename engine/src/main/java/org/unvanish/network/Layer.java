package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * One layer of a {@link Network}: what it makes of a shape, and which parameters it has. A dense
 * layer flattens what it reads: no layer does so alone.
 *
 * <p>The permitted records are the table of kinds. Tests walk it and fail for a kind that the
 * engine, the specs, PyTorch or the documentation does not know.
 *
 * @since 0.1
 */
public sealed interface Layer
    permits Convolutional,
        Pooling,
        Dense,
        Embedding,
        Recurrent,
        Activated,
        Normalization,
        Dropout,
        Residual,
        Softmax {

  /** What a layer is to those who look at a network layer by layer. */
  enum Role {
    /** It multiplies by weights. */
    WEIGHTS,
    /** It has no parameters and makes a sample smaller. */
    POOLING,
    /** It applies a function without weights. */
    ACTIVATION,
    /** It brings values to mean 0 and variance 1, then to a learned mean and deviation. */
    NORMALIZATION,
    /** It changes values at random, in training only. */
    NOISE,
    /** It holds layers. */
    BLOCK
  }

  /** What it is to those who look at a network layer by layer. */
  Role role();

  /** What its parameter tensors are called, before their number: {@code conv}. */
  String name();

  /** The name with which it is numbered: layers of equal ones have one count. */
  default String countedAs() {
    return name();
  }

  /** Whether it has no place after a dense layer, which leaves one row and one column. */
  boolean needsRowsAndColumns();

  /** Whether it reads the data themselves, so that only such layers may stand before it. */
  default boolean readsData() {
    return false;
  }

  /** Whether it looks at all samples of a batch before it puts out the first. */
  default boolean needsBatch() {
    return false;
  }

  /**
   * The fewest samples that a batch of training may have: 1, but where a variance is taken.
   *
   * @param input what reaches it; it fits
   */
  default int leastBatch(Shape input) {
    return 1;
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
  List<Parameters> parameters(Shape input);

  /**
   * The multiplications, each with an addition, that its weights take to send one sample forward.
   *
   * @param input what reaches it; it fits
   */
  default long multiplyAdds(Shape input) {
    Shape output = output(input);
    long places = (long) output.rows() * output.columns();
    return parameters(input).stream()
        .filter(tensor -> tensor.kind() == Kind.WEIGHTS)
        .mapToLong(tensor -> places * tensor.size())
        .sum();
  }

  /** The layers that it holds, first to last: most hold none. */
  default List<Layer> layers() {
    return List.of();
  }

  /** Itself, or the layers that it holds, without blocks among them. */
  default Stream<Layer> flat() {
    return Stream.of(this);
  }

  /** What it applies that a network chooses: none, but of activations and recurrent layers. */
  default List<Activation> activations() {
    return List.of();
  }

  /**
   * It with a change of what it {@linkplain #activations applies}; itself where that is nothing.
   */
  default Layer withActivations(UnaryOperator<Activation> change) {
    return this;
  }

  /** It with a change; where it holds layers, with a change of each of those. */
  default Layer with(UnaryOperator<Layer> change) {
    return change.apply(this);
  }

  /**
   * The layer with more units or filters; itself where it has none.
   *
   * @param factor how many times as many, at least 1
   */
  Layer widened(int factor);

  /**
   * A parameter tensor before it has its place in a network.
   *
   * @param name within the layer: {@code weights}
   * @param kind what it is to initialization and penalties
   * @param shape as in {@link ParameterTensor}
   * @param fanIn inputs that reach one output
   * @param fanOut outputs that one input reaches
   * @param start where all its values begin; of weights and biases, which are drawn, it says
   *     nothing
   */
  record Parameters(
      String name, Kind kind, List<Integer> shape, int fanIn, int fanOut, double start) {
    /** Copies the shape. */
    public Parameters {
      shape = List.copyOf(shape);
    }

    /** The number of values. */
    long size() {
      return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * The same tensor of a layer under a longer name: {@code dense1/weights}. One that layers share
     * is none of theirs.
     */
    Parameters within(String layer) {
      return name.equals(ParameterTensor.SHARED_ALPHA)
          ? this
          : new Parameters(layer + name, kind, shape, fanIn, fanOut, start);
    }

    static Parameters weights(String name, List<Integer> shape, int fanIn, int fanOut) {
      return new Parameters(name, Kind.WEIGHTS, shape, fanIn, fanOut, 0);
    }

    static List<Parameters> withBias(List<Parameters> weights, boolean bias, int units, int fanIn) {
      List<Parameters> all = new ArrayList<>(weights);
      if (bias) {
        all.add(new Parameters("bias", Kind.BIAS, List.of(units), fanIn, units, 0));
      }
      return all;
    }
  }
}
