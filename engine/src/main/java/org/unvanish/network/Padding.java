package org.unvanish.network;

/**
 * What a convolution reads beyond the edges of its input.
 *
 * @since 0.1
 */
public enum Padding {
  /**
   * (k − 1)/2 zeros on every side, as PyTorch has it: n rows become ⌈n/stride⌉, and kernels are
   * odd.
   *
   * <p>With stride 1 this is TensorFlow's {@code same}. With a larger stride TensorFlow puts only
   * as many zeros around as the last step needs, and the odd one at the end: where n is even, a 3×3
   * kernel with stride 2 reads one place further right and down there.
   */
  SAME,
  /** Nothing: n rows become ⌊(n − k)/stride⌋ + 1. */
  VALID;

  /** Zeros on either side of n values. */
  public int zeros(int kernel) {
    return this == SAME ? (kernel - 1) / 2 : 0;
  }

  /** How many values a kernel makes of n; at least 1 where n is at least the kernel. */
  int steps(int n, int kernel, int stride) {
    return Math.floorDiv(n + 2 * zeros(kernel) - kernel, stride) + 1;
  }
}
