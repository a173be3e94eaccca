package org.unvanish.internal.kernel;

import java.util.Arrays;
import org.unvanish.data.Targets;
import org.unvanish.loss.ClassSums;
import org.unvanish.loss.OneHot;

/** A loss on numbers for classes, with the sums of the classes' scores. */
public final class OneHotKernel implements LossKernel {

  private final LossKernel ofNumbers;
  private final int classes;
  private final float threshold;
  private final int outputs;
  private final Targets.Labels targets;
  private final ClassSums classSums;
  private final double[] sums;

  /**
   * @param ofNumbers the kernel of the loss on numbers, made for {@link OneHot#numbers}
   */
  public OneHotKernel(OneHot loss, LossKernel ofNumbers, int outputs, Targets.Labels targets) {
    this.ofNumbers = ofNumbers;
    this.classes = loss.classes();
    this.threshold = (float) loss.threshold();
    this.outputs = outputs;
    this.targets = targets;
    this.classSums = new ClassSums(loss.classes(), loss.isRanked());
    this.sums = new double[classSums.length()];
  }

  @Override
  public void clear() {
    ofNumbers.clear();
    Arrays.fill(sums, 0);
  }

  @Override
  public double[] sums() {
    return sums;
  }

  @Override
  public void forward(LaneTensor output, int[] order, int from, int samples) {
    ofNumbers.forward(output, order, from, samples);
    sums[0] = ofNumbers.sums()[0];
    for (int lane = 0; lane < samples; lane++) {
      float first = output.value(0, lane);
      float rank = outputs == 1 ? first : output.value(outputs - 1, lane) - first;
      classSums.add(sums, targets.label(order[from + lane]), predicted(output, lane), rank);
    }
  }

  private int predicted(LaneTensor output, int lane) {
    if (outputs == 1) {
      return output.value(0, lane) > threshold ? 1 : 0;
    }
    int largest = 0;
    for (int i = 1; i < outputs; i++) {
      if (output.value(i, lane) > output.value(largest, lane)) {
        largest = i;
      }
    }
    return largest;
  }

  @Override
  public void gradient(int samples, int batch, LaneTensor gradient) {
    ofNumbers.gradient(samples, batch, gradient);
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void addPredicted(LaneTensor output, int samples, int[] counts) {
    for (int lane = 0; lane < samples; lane++) {
      counts[predicted(output, lane)]++;
    }
  }
}
