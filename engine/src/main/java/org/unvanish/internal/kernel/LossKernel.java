package org.unvanish.internal.kernel;

/**
 * A loss over blocks of samples: the sums for its scores, and its gradient with respect to the
 * outputs. It knows the targets of the samples that it is made for.
 *
 * <p>Call {@link #forward} for a block, and then what else is wanted of this block.
 */
public interface LossKernel {

  /** Forgets the sums gathered so far. */
  void clear();

  /**
   * Adds a block to the sums.
   *
   * @param outputs of the network, each sample in a lane, without a halo
   * @param order sample numbers
   * @param from the place in the order of the block's first sample
   * @param samples lanes in use, 1 to 16: the first ones
   */
  void forward(LaneTensor outputs, int[] order, int from, int samples);

  /**
   * Writes the gradient of the batch's mean loss with respect to the block's outputs.
   *
   * @param samples lanes in use; the others get 0
   * @param batch samples in the batch, over which the mean is taken
   * @param gradient receives it
   */
  void gradient(int samples, int batch, LaneTensor gradient);

  /**
   * The sums over the samples since {@link #clear}, from which the loss's scores come: the kernel's
   * own array, not to be changed.
   */
  double[] sums();

  /** How many classes it tells apart; 0 where there are none. */
  default int classes() {
    return 0;
  }

  /**
   * Counts the predicted classes of the block; where there are no classes, nothing.
   *
   * @param outputs of the network
   * @param samples lanes in use: the first ones
   * @param counts one for each class, to which is added
   */
  default void addPredicted(LaneTensor outputs, int samples, int[] counts) {}
}
