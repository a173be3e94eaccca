package org.unvanish.internal.stage;

import org.unvanish.internal.kernel.LaneTensor;

/**
 * Looks at the steps of a recurrent layer, of each block of a batch: forward from the first to the
 * last, backward from the last to the first, and in reverse directions the other way round.
 */
public interface StepVisitor {

  /**
   * The sums of the activation are there, in a layer with gates those of the candidate.
   *
   * @param direction its number, from 0
   * @param back of each lane the states that are still to come; below 0 where there is no step
   * @param sums a tensor without a halo
   * @param first the number of the first one in it; there are as many as units
   */
  void forward(int direction, int[] back, LaneTensor sums, int first);

  /**
   * A step has been gone through.
   *
   * @param direction its number, from 0
   * @param back of each lane the states behind that after the step; below 0 where there is no step,
   *     or where the way back has been cut before
   * @param sizes what it has done to the gradient
   */
  void backward(int direction, int[] back, StepSizes sizes);
}
