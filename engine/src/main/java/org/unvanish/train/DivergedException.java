package org.unvanish.train;

/**
 * Loss or parameters of a training became NaN or infinite.
 *
 * @since 0.1
 */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int epoch;
  private final int step;

  DivergedException(int epoch, int step) {
    super(
        ("the training diverged in epoch %d at step %d: a number is no longer finite. Try a lower"
                + " learning rate")
            .formatted(epoch, step));
    this.epoch = epoch;
    this.step = step;
  }

  /** The epoch in which it happened, from 1. */
  public int epoch() {
    return epoch;
  }

  /** The step within the epoch, from 1. */
  public int step() {
    return step;
  }
}
