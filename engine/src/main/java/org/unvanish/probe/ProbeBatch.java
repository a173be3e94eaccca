package org.unvanish.probe;

import org.jspecify.annotations.Nullable;

/** The signal's way through one mini-batch. */
final class ProbeBatch {

  private final SignalTrace real;
  private final @Nullable SignalTrace tested;
  private final int end;
  private final double[] gradients;
  private final double decades;

  /**
   * @param real the way of the real signal
   * @param tested the way of a test signal from where the real one ends; null if it does not
   * @param gradients decimal logarithms, one for each parameter tensor
   * @param first the first layer with weights
   * @param layers number of layers
   */
  ProbeBatch(
      SignalTrace real, @Nullable SignalTrace tested, double[] gradients, int first, int layers) {
    this.real = real;
    this.tested = tested;
    this.end = real.end();
    this.gradients = gradients;
    double sum = 0;
    for (int i = first + 1; i < layers; i++) {
      sum += step(i);
    }
    this.decades = sum;
  }

  /** What a layer does to the signal on its way from output to input, in decades. */
  double step(int layer) {
    SignalTrace before = tested != null && layer <= end ? tested : real;
    SignalTrace after = tested != null && layer - 1 < end ? tested : real;
    return after.arriving(layer - 1).rmsLog10() - before.sent(layer).rmsLog10();
  }

  /** What all layers do. */
  double decades() {
    return decades;
  }

  /** The real signal at a layer's output; −∞ where it does not arrive. */
  double signalLog10(int layer) {
    return real.arriving(layer).rmsLog10();
  }

  /** The data gradient of a parameter tensor, by its number in the network. */
  double gradientLog10(int tensor) {
    return gradients[tensor];
  }
}
