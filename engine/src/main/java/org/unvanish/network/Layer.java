package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
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
public sealed interface Layer permits Convolutional, Pooling, Dense, Activated {

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

  /** Whether it has no place after a dense layer, which leaves one row and one column. */
  boolean needsRowsAndColumns();

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
   */
  record Parameters(String name, Kind kind, List<Integer> shape, int fanIn, int fanOut) {
    /** Copies the shape. */
    public Parameters {
      shape = List.copyOf(shape);
    }

    static Parameters weights(String name, List<Integer> shape, int fanIn, int fanOut) {
      return new Parameters(name, Kind.WEIGHTS, shape, fanIn, fanOut);
    }

    static List<Parameters> withBias(List<Parameters> weights, boolean bias, int units, int fanIn) {
      List<Parameters> all = new ArrayList<>(weights);
      if (bias) {
        all.add(new Parameters("bias", Kind.BIAS, List.of(units), fanIn, units));
      }
      return all;
    }
  }
}
