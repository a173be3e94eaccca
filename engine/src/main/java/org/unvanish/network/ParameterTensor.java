package org.unvanish.network;

import java.util.List;
import org.unvanish.penalty.Penalty;

/**
 * A named slice of a run's parameters, which are all in one {@code float[]}.
 *
 * @param name unique in its network: {@code conv1/weights}, {@code dense2/bias}, …
 * @param kind what it is to initialization and penalties
 * @param shape of convolution weights [filter, channel, row, column], in one dimension [filter,
 *     channel, column], of depthwise weights [channel, row, column], of pointwise weights [filter,
 *     channel], of dense weights [unit, input] with the inputs in the order channel, row, column;
 *     of an embedding [category, value]; of recurrent layers {@link Recurrent}; of biases [filter]
 *     or [unit]; of a scale []; of a normalization [channel], but of layer normalization [channel,
 *     row, column] where there are rows or columns; values lie in row-major order
 * @param offset of its first value
 * @param fanIn inputs that reach one output
 * @param fanOut outputs that one input reaches
 * @param start where all its values begin; of weights and biases, which are drawn, it says nothing
 * @since 0.1
 */
public record ParameterTensor(
    String name, Kind kind, List<Integer> shape, int offset, int fanIn, int fanOut, double start) {

  /** The name of the one learned α that activations of a network share. */
  public static final String SHARED_ALPHA = "activations/alpha";

  /** What a parameter tensor is to initialization, penalties and optimizers. */
  public enum Kind {
    /** Weights by which a layer multiplies what it reads. */
    WEIGHTS,
    /** Weights of a recurrent layer by which a state acts on the next one. */
    RECURRENT,
    /** Biases. */
    BIAS,
    /** The learned α of an activation. */
    SCALE,
    /** The factors γ and shifts β of a normalization. */
    NORMALIZATION,
    /**
     * Running means and variances. They follow the batches and no gradient: optimizers, penalties
     * and gradient statistics leave them out.
     */
    STATISTIC;

    /** Whether an optimizer moves such a tensor along its gradient. */
    public boolean isTrained() {
      return this != STATISTIC;
    }

    /**
     * Whether a penalty acts on such a tensor: on weights, recurrent ones too, and on biases by its
     * scope.
     */
    public boolean isCoveredBy(Penalty penalty) {
      return switch (this) {
        case WEIGHTS, RECURRENT -> !penalty.isNone();
        case BIAS -> !penalty.isNone() && penalty.scope() == Penalty.Scope.ALL;
        case SCALE, NORMALIZATION, STATISTIC -> false;
      };
    }
  }

  /** Copies the shape. */
  public ParameterTensor {
    shape = List.copyOf(shape);
  }

  /** Whether several layers have it in common. */
  public boolean isShared() {
    return name.equals(SHARED_ALPHA);
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

  /**
   * How many weights lead from one channel to one output: those of a kernel, 1 in dense layers. Of
   * depthwise weights, each output has a channel of its own.
   */
  public int kernelArea() {
    int area = 1;
    for (int side : kernel()) {
      area *= side;
    }
    return area;
  }

  /**
   * Which of them is the middle one, counted row by row from 0. Of an even number of rows or
   * columns it is the first of the second half.
   */
  public int kernelMiddle() {
    int middle = 0;
    for (int side : kernel()) {
      middle = middle * side + side / 2;
    }
    return middle;
  }

  private List<Integer> kernel() {
    boolean depthwise = name.endsWith("/depthwise");
    return shape.subList(Math.min(depthwise ? 1 : 2, shape.size()), shape.size());
  }

  /** The offset just after the last value. */
  public int end() {
    return offset + size();
  }
}
