package org.unvanish.contest;

import java.util.List;

/**
 * One operation of a network, with the shapes around it. A depthwise-separable convolution is two:
 * DEPTHWISE, and a CONVOLUTION of size 1.
 *
 * @param kind what it does
 * @param size rows (= columns) of a convolution's or a pooling's window; 1 for the others
 * @param in what it reads
 * @param out what it makes
 * @param offset of its first parameter among all parameters; the others follow
 */
public record Op(Kind kind, int size, Dimensions in, Dimensions out, int offset) {

  /** What an operation does. */
  public enum Kind {
    /**
     * A convolution with stride 1, same padding and no bias; weights [filter, channel, row,
     * column].
     */
    CONVOLUTION,
    /**
     * One filter for each channel, with stride 1 and same padding; weights [channel, row, column].
     */
    DEPTHWISE,
    /** Adds a parameter to each channel. */
    BIAS,
    /** The hyperbolic tangent of each value. */
    TANH,
    /** The maximum of each size×size tile. */
    MAX_POOLING,
    /** The mean of each channel. */
    MEAN,
    /** Passes its input on, and keeps it for the SUM that belongs to it. */
    KEEP,
    /** Adds what the last KEEP has kept that no SUM has had: they nest like brackets. */
    SUM,
    /**
     * A dense layer without bias; weights [unit, input], inputs in the order channel, row, column.
     */
    DENSE,
    /**
     * Reads a sequence, a channel for each feature and a row for each step, and puts out the last
     * state h, which starts with zeros: h ← tanh(U·x + R·h + b). Parameters U [unit, feature], R
     * [unit, unit], b.
     */
    RECURRENT,
    /**
     * Long short-term memory, else as RECURRENT: with the sums i, f, g, o of a step, one above the
     * other in U, R and b, c ← σ(f)·c + σ(i)·tanh(g) and h ← σ(o)·tanh(c).
     */
    LSTM
  }

  /**
   * Parameters that belong together.
   *
   * @param offset of the first one among all parameters
   * @param shape the axes, the last one changing fastest
   */
  public record Tensor(int offset, List<Integer> shape) {
    /** Copies the shape. */
    public Tensor {
      shape = List.copyOf(shape);
    }

    /** The number of parameters. */
    public int size() {
      return shape.stream().reduce(1, (a, b) -> a * b);
    }
  }

  /**
   * The shape of a sample's values.
   *
   * @param channels or units of a dense layer
   * @param rows 1 after a dense layer
   * @param columns 1 after a dense layer
   */
  public record Dimensions(int channels, int rows, int columns) {
    /** The number of values. */
    public int size() {
      return channels * rows * columns;
    }
  }

  /** Whether it reads a sequence. */
  public boolean isRecurrent() {
    return kind == Kind.RECURRENT || kind == Kind.LSTM;
  }

  /** Its parameters in their order; none where it has none. */
  public List<Tensor> tensors() {
    return switch (kind) {
      case CONVOLUTION -> List.of(first(out.channels(), in.channels(), size, size));
      case DEPTHWISE -> List.of(first(in.channels(), 1, size, size));
      case BIAS -> List.of(first(in.channels()));
      case DENSE -> List.of(first(out.size(), in.size()));
      case RECURRENT -> ofSums(out.channels());
      case LSTM -> ofSums(4 * out.channels());
      case TANH, MAX_POOLING, MEAN, KEEP, SUM -> List.of();
    };
  }

  private List<Tensor> ofSums(int sums) {
    Tensor input = first(sums, in.channels());
    Tensor state = new Tensor(offset + input.size(), List.of(sums, out.channels()));
    return List.of(input, state, new Tensor(state.offset() + state.size(), List.of(sums)));
  }

  private Tensor first(Integer... shape) {
    return new Tensor(offset, List.of(shape));
  }

  /** The number of parameters. */
  public int parameters() {
    return tensors().stream().mapToInt(Tensor::size).sum();
  }
}
