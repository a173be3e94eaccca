package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;

import java.util.Arrays;
import org.unvanish.loss.NumberSums;
import org.unvanish.loss.TargetTable;

/**
 * A loss on the differences of outputs from numbers. The differences are in single precision, as
 * the gradient is; their sums are in double precision.
 */
public abstract class NumberKernel implements LossKernel {

  private final int outputs;
  private final TargetTable targets;
  private final float[] differences;
  private final double[] sums;

  private final double[] losses = new double[COUNT];
  private final double[] squares = new double[COUNT];
  private final double[] sizes = new double[COUNT];
  private final double[] numbers = new double[COUNT];

  /** Of the targets from the first one: so what they have in common does not cancel. */
  private final double[] offsets = new double[COUNT];

  private final double[] squaredOffsets = new double[COUNT];

  /**
   * @param targets of all samples that it will see, one number for each output
   */
  NumberKernel(int outputs, TargetTable targets) {
    this.outputs = outputs;
    this.targets = targets;
    this.differences = new float[outputs * COUNT];
    this.sums = new double[NumberSums.length(outputs)];
  }

  /**
   * Adds the distances of one output in all lanes.
   *
   * @param differences from where on the lanes' differences stand
   * @param losses one for each lane
   */
  abstract void addDistances(float[] differences, int at, double[] losses);

  /**
   * Writes the derivatives of the distances of one output in all lanes, multiplied by a factor; of
   * a difference of 0 that is 0.
   */
  abstract void slopes(float[] differences, int at, float factor, float[] gradient, int to);

  @Override
  public void clear() {
    Arrays.fill(sums, 0);
  }

  @Override
  public double[] sums() {
    return sums;
  }

  @Override
  public void forward(LaneTensor output, int[] order, int from, int samples) {
    Arrays.fill(losses, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(sizes, 0);
    Arrays.fill(differences, 0);
    for (int i = 0; i < outputs; i++) {
      int at = i * COUNT;
      int place = output.index(i);
      for (int lane = 0; lane < samples; lane++) {
        float number = (float) targets.value(order[from + lane], i);
        numbers[lane] = number;
        differences[at + lane] = output.values[place + lane] - number;
      }
      Arrays.fill(numbers, samples, COUNT, numbers[0]);
      measure(at);
      addDistances(differences, at, losses);
      addTargets(i, samples);
    }
    sums[0] += Lanes.sum(losses) / outputs;
    sums[NumberSums.SQUARES] += Lanes.sum(squares);
    sums[NumberSums.SIZES] += Lanes.sum(sizes);
    sums[NumberSums.SAMPLES] += samples;
  }

  private void measure(int at) {
    for (int lane = 0; lane < COUNT; lane++) {
      double difference = differences[at + lane];
      squares[lane] += difference * difference;
      sizes[lane] += Math.abs(difference);
      double offset = numbers[lane] - numbers[0];
      offsets[lane] = offset;
      squaredOffsets[lane] = offset * offset;
    }
  }

  private void addTargets(int output, int samples) {
    double sum = Lanes.sum(offsets);
    double spread = Lanes.sum(squaredOffsets) - sum * (sum / samples);
    NumberSums.addTargets(sums, output, samples, numbers[0] + sum / samples, Math.max(0, spread));
  }

  @Override
  public void gradient(int samples, int batch, LaneTensor gradient) {
    float factor = (float) (1 / ((double) outputs * batch));
    for (int i = 0; i < outputs; i++) {
      slopes(differences, i * COUNT, factor, gradient.values, gradient.index(i));
    }
  }
}
