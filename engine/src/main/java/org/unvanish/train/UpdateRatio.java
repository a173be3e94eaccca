package org.unvanish.train;

import org.unvanish.network.ParameterTensor;

/**
 * By how much the optimizer's steps of one epoch moved a parameter tensor, relative to its size:
 * the mean of rms(Δθ)/rms(θ) over the measured steps, where θ is the tensor before a step and Δθ
 * what the step added. About 10⁻³ is usual; a tensor below 10⁻⁵ hardly moves, and above 10⁻¹ most
 * of what it had learned is lost in a few steps.
 *
 * @param parameter the tensor's name
 * @param value at least 0; NaN where the tensor was zero before each measured step
 * @since 0.1
 */
public record UpdateRatio(String parameter, double value) {

  /**
   * rms(Δθ)/rms(θ) of one step.
   *
   * @param before all parameters before the step
   * @param after all parameters after it
   * @param tensor the slice of both that counts
   * @return at least 0; NaN where the tensor was zero
   */
  public static double of(float[] before, float[] after, ParameterTensor tensor) {
    return of(before, after, tensor.offset(), tensor.end());
  }

  static double of(float[] before, float[] after, int from, int to) {
    // Two sums of each, as one would wait for itself at every addition.
    double moved1 = 0;
    double moved2 = 0;
    double size1 = 0;
    double size2 = 0;
    int i = from;
    for (; i <= to - 2; i += 2) {
      double move1 = (double) after[i] - before[i];
      double move2 = (double) after[i + 1] - before[i + 1];
      moved1 += move1 * move1;
      moved2 += move2 * move2;
      size1 += (double) before[i] * before[i];
      size2 += (double) before[i + 1] * before[i + 1];
    }
    if (i < to) {
      double move = (double) after[i] - before[i];
      moved1 += move * move;
      size1 += (double) before[i] * before[i];
    }
    double size = size1 + size2;
    return size == 0 ? Double.NaN : Math.sqrt((moved1 + moved2) / size);
  }
}
