package org.unvanish.internal.stage;

/**
 * A stage that looks at all samples of a batch before it puts out the first.
 *
 * <p>In training, all blocks of a batch come to {@link #observe} before the first goes {@link
 * #forward}, and on the way back all come to {@link #addParameterGradients} before the first one's
 * {@link #inputGradient}. Otherwise it puts out block by block, by what it knows of earlier
 * batches.
 */
abstract class BatchStage extends Stage {

  /** Looks at a block of a training batch. */
  abstract void observe();

  /** All blocks were looked at: what follows is about them. */
  abstract void observed();

  /** Writes what it now knows of the batches that it has seen in training. */
  abstract void writeStatistics(float[] parameters);
}
