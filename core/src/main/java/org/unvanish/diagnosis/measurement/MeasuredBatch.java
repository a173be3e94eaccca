package org.unvanish.diagnosis.measurement;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The backward pass of one mini-batch, with a test gradient from where the real one ends. */
final class MeasuredBatch {

  private final BackwardPass real;
  private final @Nullable BackwardPass tested;
  private final int end;
  private final int samples;
  private final double allLog10;

  /**
   * @param real the pass of the real gradient
   * @param tested the pass of the test gradient; null if the real one reaches the first layer
   * @param samples in the mini-batch
   * @param first the first layer with weights
   * @param layers number of layers
   */
  MeasuredBatch(
      BackwardPass real, @Nullable BackwardPass tested, int samples, int first, int layers) {
    this.real = real;
    this.tested = tested;
    this.end = real.end();
    this.samples = samples;
    double sum = 0;
    for (int i = first + 1; i < layers; i++) {
      sum += stepLog10(i);
    }
    this.allLog10 = sum;
  }

  int samples() {
    return samples;
  }

  /** What a layer does to the gradient on its way from output to input, in orders of magnitude. */
  double stepLog10(int layer) {
    return after(layer).arriving(layer - 1).rmsLog10() - before(layer).sent(layer).rmsLog10();
  }

  private BackwardPass before(int layer) {
    return tested != null && layer <= end ? tested : real;
  }

  private BackwardPass after(int layer) {
    return tested != null && layer - 1 < end ? tested : real;
  }

  /**
   * What several layers do to the energy of each sample's gradient, in orders of magnitude; only
   * those samples are in it whose gradient comes to the last of them.
   *
   * @param leaving the layer at whose output they end
   * @param entering the layer at whose output they begin, not before the other
   */
  DoubleStream samplesLog10(int leaving, int entering) {
    return IntStream.range(0, real.arrivingSizes(entering).count())
        .mapToDouble(sample -> sampleLog10(leaving, entering, sample))
        .filter(log10 -> !Double.isNaN(log10));
  }

  private double sampleLog10(int leaving, int entering, int sample) {
    double sum = 0;
    for (int i = entering; i > leaving && sum > Double.NEGATIVE_INFINITY; i--) {
      double sent = before(i).sentSizes(i).log10(sample);
      sum +=
          sent == Double.NEGATIVE_INFINITY
              ? Double.NaN
              : after(i).arrivingSizes(i - 1).log10(sample) - sent;
    }
    return sum;
  }

  /** The ways through a layer's steps, by direction. */
  List<TimePass> times(int layer) {
    return before(layer).times(layer);
  }

  /**
   * Root mean square of the real gradient with respect to a recurrent layer's state, as log₁₀.
   *
   * @param back steps from the last state
   */
  double stateLog10(int layer, int direction, int back) {
    return real.times(layer).get(direction).stateLog10(back)
        + real.exponent(layer) * ScaledSum.LOG10_OF_2;
  }

  /** What all layers do. */
  double allLog10() {
    return allLog10;
  }

  /** How many values a layer puts out for the mini-batch. */
  long size(int layer) {
    return real.arriving(layer).count();
  }

  /** The real gradient at a layer's output; −∞ where it does not arrive. */
  double gradientLog10(int layer) {
    return real.arriving(layer).rmsLog10();
  }

  /** The data gradient of a parameter tensor, of the batch's mean loss. */
  double parameterGradientLog10(int layer, int tensor) {
    return real.parameterGradientLog10(layer, tensor) - StrictMath.log10(samples);
  }
}
