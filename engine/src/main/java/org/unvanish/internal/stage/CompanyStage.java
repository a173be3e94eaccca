package org.unvanish.internal.stage;

/**
 * A stage that takes less time for several blocks at once than for one after the other.
 *
 * <p>In training blocks come together where they are kept. All else stays block by block.
 */
abstract class CompanyStage extends Stage {

  /** Whether blocks may come together to this one. */
  abstract boolean takesCompany();

  /**
   * Computes the outputs of blocks.
   *
   * @param first the place of the first of them in tensors; the others follow it
   * @param count how many
   */
  abstract void forward(int first, int count);

  /** Adds the parameter gradients of blocks. */
  abstract void addParameterGradients(int first, int count);

  /** Turns the gradients with respect to the outputs of blocks into those of the inputs. */
  abstract void inputGradient(int first, int count);
}
