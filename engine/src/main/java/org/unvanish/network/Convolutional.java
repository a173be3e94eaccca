package org.unvanish.network;

/** A k×k convolution of one kind or another, with stride 1 and same padding (zeros). */
public sealed interface Convolutional extends Layer permits Convolution, SeparableConvolution {

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
}
