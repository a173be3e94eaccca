package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Softmax cross-entropy of a block, its gradient with respect to the logits, and the predicted
 * classes.
 */
public final class SoftmaxKernel {

  private static final int COUNT = Lanes.COUNT;

  private final int classes;
  private final float[] max = new float[COUNT];
  private final float[] total = new float[COUNT];
  private final float[] probabilities;
  private double loss;
  private int hits;

  /**
   * @param classes at least 2
   */
  public SoftmaxKernel(int classes) {
    this.classes = classes;
    this.probabilities = new float[classes * COUNT];
  }

  /** Forgets the loss and hits gathered so far. */
  public void clear() {
    loss = 0;
    hits = 0;
  }

  /** The sum of the samples' losses since {@link #clear}. */
  public double loss() {
    return loss;
  }

  /** How many samples since {@link #clear} had their label's logit as the (first) largest. */
  public int hits() {
    return hits;
  }

  /**
   * Adds a block's losses and hits.
   *
   * @param logits of the block
   * @param labels a class for each lane
   * @param samples lanes in use: the first ones
   */
  public void forward(LaneTensor logits, int[] labels, int samples) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      exponentials(logits.values, classes, lane, max, probabilities, total);
    }
    for (int lane = 0; lane < samples; lane++) {
      int label = labels[lane];
      float own = logits.values[ORIGIN + label * COUNT + lane];
      // In double, once a sample: log Σ exp(z − max) − (z_label − max).
      loss += StrictMath.log(total[lane]) - ((double) own - max[lane]);
      hits += isFirstMax(logits.values, label, lane) ? 1 : 0;
    }
  }

  /**
   * Counts the predicted classes of a block, after {@link #forward}: of each sample the one with
   * the (first) largest logit. A sample without one, because a logit is not a number, is not
   * counted.
   *
   * @param logits of the block
   * @param samples lanes in use: the first ones
   * @param counts one for each class, to which is added
   */
  public void addPredicted(LaneTensor logits, int samples, int[] counts) {
    for (int lane = 0; lane < samples; lane++) {
      for (int i = 0; i < classes; i++) {
        if (isFirstMax(logits.values, i, lane)) {
          counts[i]++;
          break;
        }
      }
    }
  }

  private boolean isFirstMax(float[] logits, int label, int lane) {
    float own = logits[ORIGIN + label * COUNT + lane];
    if (!(own >= max[lane])) {
      return false;
    }
    for (int before = 0; before < label; before++) {
      if (logits[ORIGIN + before * COUNT + lane] >= own) {
        return false;
      }
    }
    return true;
  }

  private static void exponentials(
      float[] logits, int classes, int lane, float[] max, float[] probabilities, float[] total) {
    FloatVector m = FloatVector.fromArray(SPECIES, logits, ORIGIN + lane);
    for (int i = 1; i < classes; i++) {
      m = m.max(FloatVector.fromArray(SPECIES, logits, ORIGIN + i * COUNT + lane));
    }
    m.intoArray(max, lane);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < classes; i++) {
      FloatVector e =
          VectorMath.exp(FloatVector.fromArray(SPECIES, logits, ORIGIN + i * COUNT + lane).sub(m));
      e.intoArray(probabilities, i * COUNT + lane);
      sum = sum.add(e);
    }
    sum.intoArray(total, lane);
  }

  /**
   * Writes the gradient of the batch's mean loss by the logits; call it after {@link #forward}.
   *
   * @param labels a class for each lane
   * @param samples lanes in use; the others get 0
   * @param batch samples in the batch, over which the mean is taken
   * @param gradient receives it
   */
  public void gradient(int[] labels, int samples, int batch, LaneTensor gradient) {
    for (int i = 0; i < classes; i++) {
      for (int lane = 0; lane < COUNT; lane++) {
        float p = probabilities[i * COUNT + lane] / total[lane];
        float own = labels[lane] == i ? 1 : 0;
        gradient.values[ORIGIN + i * COUNT + lane] = lane < samples ? (p - own) / batch : 0;
      }
    }
  }
}
