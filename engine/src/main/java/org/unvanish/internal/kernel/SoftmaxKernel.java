package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.unvanish.data.Targets;
import org.unvanish.loss.ClassSums;
import org.unvanish.loss.SoftmaxCrossEntropy;

/**
 * Softmax cross-entropy of a block and its gradient with respect to the logits; correct
 * predictions, and the predicted classes.
 */
public final class SoftmaxKernel implements LossKernel {

  private static final int COUNT = Lanes.COUNT;
  private static final int LOSS = 0;
  private static final int CORRECT = 1;

  private final int classes;
  private final Targets.Labels targets;
  private final float[] weights;
  private final boolean weighted;
  private final ClassSums classSums;
  private final int[] labels = new int[COUNT];
  private final float[] max = new float[COUNT];
  private final float[] total = new float[COUNT];
  private final float[] probabilities;
  private final double[] sums;

  /**
   * @param loss fitted to training data
   * @param classes at least 2
   * @param targets of the samples
   */
  public SoftmaxKernel(SoftmaxCrossEntropy loss, int classes, Targets.Labels targets) {
    this.classes = classes;
    this.targets = targets;
    this.weights = new float[classes];
    for (int label = 0; label < classes; label++) {
      weights[label] = (float) loss.weights().of(label);
    }
    this.weighted = loss.isWeighted();
    this.classSums = new ClassSums(classes, false);
    this.sums = new double[loss.sums(classes)];
    this.probabilities = new float[classes * COUNT];
  }

  @Override
  public void clear() {
    Arrays.fill(sums, 0);
  }

  @Override
  public double[] sums() {
    return sums;
  }

  @Override
  public void forward(LaneTensor logits, int[] order, int from, int samples) {
    for (int lane = 0; lane < samples; lane++) {
      labels[lane] = targets.label(order[from + lane]);
    }
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      exponentials(logits.values, classes, lane, max, probabilities, total);
    }
    double loss = sums[LOSS];
    int correct = 0;
    for (int lane = 0; lane < samples; lane++) {
      int label = labels[lane];
      float own = logits.values[ORIGIN + label * COUNT + lane];
      // In double, once a sample: log Σ exp(z − max) − (z_label − max).
      loss += weights[label] * (StrictMath.log(total[lane]) - ((double) own - max[lane]));
      if (weighted) {
        classSums.add(sums, label, predicted(logits, lane), 0);
      } else {
        correct += isFirstMax(logits.values, label, lane) ? 1 : 0;
      }
    }
    sums[LOSS] = loss;
    sums[CORRECT] += correct;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Of each sample the class with the (first) largest logit; none if a logit is not a number. */
  @Override
  public void addPredicted(LaneTensor logits, int samples, int[] counts) {
    for (int lane = 0; lane < samples; lane++) {
      int predicted = predicted(logits, lane);
      if (predicted >= 0) {
        counts[predicted]++;
      }
    }
  }

  private int predicted(LaneTensor logits, int lane) {
    for (int i = 0; i < classes; i++) {
      if (isFirstMax(logits.values, i, lane)) {
        return i;
      }
    }
    return -1;
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

  @Override
  public void gradient(int samples, int batch, LaneTensor gradient) {
    for (int i = 0; i < classes; i++) {
      int at = gradient.index(i);
      for (int lane = 0; lane < COUNT; lane++) {
        float p = probabilities[i * COUNT + lane] / total[lane];
        float own = labels[lane] == i ? 1 : 0;
        gradient.values[at + lane] = lane < samples ? weights[labels[lane]] * (p - own) / batch : 0;
      }
    }
  }
}
