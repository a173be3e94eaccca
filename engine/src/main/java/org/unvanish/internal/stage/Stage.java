package org.unvanish.internal.stage;

/**
 * One step of a network's work on a block of 16 samples: a layer, or half of a separable one.
 *
 * <p>The life of a stage in each training step: {@link #setParameters} and {@link #gatherIn}, then
 * for each block of one batch {@link #forward} and {@link #addParameterGradients} and {@link
 * #inputGradient}, then {@link #collect}. Its tensors are given when it is made. A {@link
 * BatchStage} lets all blocks come to it first.
 */
public abstract class Stage {

  /** Takes over parameters and forgets the gradients gathered so far. */
  public void setParameters(float[] parameters) {}

  /**
   * Says where {@link #collect} will write after the batch that comes: gradients may be gathered
   * there.
   */
  public void gatherIn(float[] gradient) {}

  /** Computes the output of a block. */
  public abstract void forward();

  /** Adds the block's parameter gradients. */
  public void addParameterGradients() {}

  /** Turns the gradient with respect to the output into that with respect to the input. */
  public abstract void inputGradient();

  /** Has the parameter gradients of all blocks since {@link #setParameters} written. */
  public void collect(float[] gradient) {}
}
