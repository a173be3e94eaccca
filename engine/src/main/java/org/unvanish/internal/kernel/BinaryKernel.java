package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.unvanish.loss.TargetTable;

/**
 * Binary cross-entropy of a block on logits z, and its gradient: with e = e^(−|z|), the loss is
 * max(z, 0) − y·z + log(1 + e).
 *
 * <p>The gradient 1/(1 + e⁻ᶻ) − y is ((1 − y) − y·e)/(1 + e) for z ≥ 0 and ((1 − y)·e − y)/(1 + e)
 * below, in which nothing cancels where y is 0 or 1: it stays exact where the logistic function
 * saturates.
 */
public final class BinaryKernel implements LossKernel {

  private final int outputs;
  private final TargetTable targets;
  private final float[] logits;
  private final float[] numbers;
  private final float[] powers;
  private final float[] logarithms;
  private final double[] losses = new double[COUNT];
  private final double[] sums = new double[2];

  /**
   * @param targets of all samples that it will see, one number in [0, 1] for each output
   */
  public BinaryKernel(int outputs, TargetTable targets) {
    this.outputs = outputs;
    this.targets = targets;
    this.logits = new float[outputs * COUNT];
    this.numbers = new float[outputs * COUNT];
    this.powers = new float[outputs * COUNT];
    this.logarithms = new float[outputs * COUNT];
  }

  @Override
  public void clear() {
    Arrays.fill(sums, 0);
  }

  /** The sum of the losses, and of the shares of correct labels. */
  @Override
  public double[] sums() {
    return sums;
  }

  @Override
  public void forward(LaneTensor output, int[] order, int from, int samples) {
    int correct = 0;
    for (int i = 0; i < outputs; i++) {
      int at = i * COUNT;
      System.arraycopy(output.values, output.index(i), logits, at, COUNT);
      for (int lane = 0; lane < samples; lane++) {
        numbers[at + lane] = (float) targets.value(order[from + lane], i);
        correct += logits[at + lane] > 0 == numbers[at + lane] > 0.5f ? 1 : 0;
      }
    }
    powers(logits, powers);
    logarithms(powers, logarithms);
    Arrays.fill(losses, 0);
    for (int i = 0; i < outputs * COUNT; i += COUNT) {
      for (int lane = 0; lane < samples; lane++) {
        double z = logits[i + lane];
        losses[lane] += Math.max(z, 0) - numbers[i + lane] * z + logarithms[i + lane];
      }
    }
    sums[0] += Lanes.sum(losses) / outputs;
    sums[1] += (double) correct / outputs;
  }

  private static void powers(float[] logits, float[] powers) {
    for (int i = 0; i < logits.length; i += LENGTH) {
      VectorMath.expOfMinusMagnitude(FloatVector.fromArray(SPECIES, logits, i))
          .intoArray(powers, i);
    }
  }

  private static void logarithms(float[] powers, float[] logarithms) {
    for (int i = 0; i < powers.length; i += LENGTH) {
      VectorMath.log1p(FloatVector.fromArray(SPECIES, powers, i)).intoArray(logarithms, i);
    }
  }

  @Override
  public void gradient(int samples, int batch, LaneTensor gradient) {
    float factor = (float) (1 / ((double) outputs * batch));
    for (int i = 0; i < outputs; i++) {
      int to = gradient.index(i);
      int at = i * COUNT;
      for (int lane = 0; lane < COUNT; lane++) {
        gradient.values[to + lane] = lane < samples ? slope(at + lane) * factor : 0;
      }
    }
  }

  private float slope(int i) {
    float y = numbers[i];
    float e = powers[i];
    return (logits[i] < 0 ? (1 - y) * e - y : (1 - y) - y * e) / (1 + e);
  }
}
