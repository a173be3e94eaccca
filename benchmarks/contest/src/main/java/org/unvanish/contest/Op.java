package org.unvanish.contest;

/**
 * One operation of a network, with the shapes around it. A depthwise-separable convolution is two:
 * DEPTHWISE, and a CONVOLUTION of size 1.
 *
 * @param kind what it does
 * @param size rows (= columns) of a convolution's or a pooling's window; 1 for the others
 * @param in what it reads
 * @param out what it makes
 * @param offset of its parameters among all parameters
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
    /**
     * A dense layer without bias; weights [unit, input], inputs in the order channel, row, column.
     */
    DENSE
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

  /** The number of parameters. */
  public int parameters() {
    return switch (kind) {
      case CONVOLUTION -> out.channels() * in.channels() * size * size;
      case DEPTHWISE -> in.channels() * size * size;
      case BIAS -> in.channels();
      case DENSE -> out.size() * in.size();
      case TANH, MAX_POOLING -> 0;
    };
  }
}
