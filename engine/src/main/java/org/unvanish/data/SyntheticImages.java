package org.unvanish.data;

/** Ten classes of 32×32 colour images drawn by code: learnable, but not trivial. */
public final class SyntheticImages {
  /** Of {@code --data synthetic}. */
  public static final long DEFAULT_SEED = 1;

  /** Of {@code --data synthetic}. */
  public static final int DEFAULT_TRAIN = 10_000;

  /** Of {@code --data synthetic}. */
  public static final int DEFAULT_TEST = 2_000;

  private SyntheticImages() {}

  /** The data set as {@code --data synthetic} names it. */
  public static Dataset draw() {
    return draw(DEFAULT_SEED, DEFAULT_TRAIN, DEFAULT_TEST);
  }

  /**
   * Draws a data set. The first images of a larger one are those of a smaller one.
   *
   * @param seed of all that is random
   * @param train number of training images, at least 1
   * @param test number of test images, at least 1
   */
  public static Dataset draw(long seed, int train, int test) {
    throw new UnsupportedOperationException();
  }
}
