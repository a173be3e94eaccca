package org.unvanish.network;

import java.util.List;
import org.unvanish.penalty.Penalty;

/**
 * A named slice of a run's parameters, which all lie in one {@code float[]}.
 *
 * @param name unique in its network: {@code conv1/weights}, {@code dense2/bias}, …
 * @param kind what it is to initialization, penalties and the optimiser
 * @param shape of convolution weights [filter, channel, row, column], of depthwise weights
 *     [channel, row, column], of pointwise weights [filter, channel], of dense weights [unit,
 *     input] with the inputs in the order channel, row, column; of biases [filter] or [unit]; of a
 *     scale []; values lie in row-major order
 * @param offset of its first value
 * @param fanIn inputs that reach one output
 * @param fanOut outputs that one input reaches
 * @since 0.1
 */
public record ParameterTensor(
    String name, Kind kind, List<Integer> shape, int offset, int fanIn, int fanOut) {

  /** What a parameter tensor is to initialization, penalties and the optimiser. */
  public enum Kind {
    /** Weights of a convolution or a dense layer. */
    WEIGHTS,
    /** Biases. */
    BIAS,
    /** The learned α of an activation. */
    SCALE;

    /** Whether a penalty acts on such a tensor: on scales never, on biases by its scope. */
    public boolean isCoveredBy(Penalty penalty) {
      return switch (this) {
        case WEIGHTS -> !penalty.isNone();
        case BIAS -> !penalty.isNone() && penalty.scope() == Penalty.Scope.ALL;
        case SCALE -> false;
      };
    }

    /** Whether the optimiser moves such a tensor. */
    public boolean isTrained() {
      return switch (this) {
        case WEIGHTS, BIAS, SCALE -> true;
      };
    }
  }

  /** Copies the shape. */
  public ParameterTensor {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  public int size() {
    // No stream: training asks for it in every step.
    int size = 1;
    for (int i = 0; i < shape.size(); i++) {
      size = Math.multiplyExact(size, shape.get(i));
    }
    return size;
  }

  /** The offset just after the last value. */
  public int end() {
    return offset + size();
  }
}
