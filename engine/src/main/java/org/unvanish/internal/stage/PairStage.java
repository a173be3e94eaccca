package org.unvanish.internal.stage;

/**
 * A stage that takes less time for two blocks at once than for one after the other.
 *
 * <p>In training two blocks come together where both are kept. All else stays block by block.
 */
abstract class PairStage extends Stage {

  /**
   * Computes the outputs of two blocks.
   *
   * @param first the place of the first of them in tensors; the other one has the next
   */
  abstract void forward(int first);

  /** Turns the gradients with respect to the outputs of two blocks into those of the inputs. */
  abstract void inputGradient(int first);
}
