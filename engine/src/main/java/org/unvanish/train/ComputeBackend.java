package org.unvanish.train;

import java.util.List;
import org.unvanish.loss.Scores;

/**
 * Computes the numbers of one run: losses, gradients and the optimizer's steps. A {@link Trainer}
 * says on which samples, records what comes out and decides when a run has diverged, so that all
 * this is the same whatever computes.
 *
 * <p>An arithmetic is made for one network, its settings and its data, and belongs to one run: it
 * is used by one thread.
 */
public interface ComputeBackend {

  /**
   * Begins with these parameters, and with an optimizer that has taken no step.
   *
   * @param parameters in the network's order; copied
   * @param seed of the run: what layers draw at random in a step follows from it and the step's
   *     number
   */
  void start(float[] parameters, long seed);

  /**
   * After {@link #start}: goes on from where another arithmetic of the same network, settings and
   * data stood.
   *
   * @throws IllegalArgumentException if the checkpoint comes from a run with other parameters or
   *     another kind of optimizer
   */
  void restore(Checkpoint checkpoint);

  /**
   * Computes loss and gradients of a batch at the parameters as they stand.
   *
   * @param order numbers of training samples
   * @param from the place in the order of the batch's first sample
   * @param samples in the batch, at least 1
   * @return valid until the next call of any method
   */
  BatchGradients gradients(int[] order, int from, int samples);

  /** Takes the optimizer's step along the total gradient of the last batch. */
  void update();

  /** The parameters as they stand, in the network's order: not to be changed, and soon outdated. */
  float[] parameters();

  /** The scores over all test samples, with the parameters as they stand. */
  Scores test();

  /**
   * After each {@link #test}: how large the layers' outputs were for its first samples, by {@link
   * OutputSizes}. None where that is not measured.
   */
  default List<ValueSize> outputSizes() {
    return List.of();
  }

  /**
   * Where the run stands, in arrays of its own.
   *
   * @param epoch epochs that are done
   */
  Checkpoint checkpoint(int epoch);
}
