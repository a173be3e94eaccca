package org.unvanish.djl;

import org.jspecify.annotations.Nullable;

/**
 * The signal's way through one mini-batch.
 *
 * @param real the way of the real signal
 * @param tested the way of a test signal from where the real one ends; null if it does not
 * @param end where the real one ends, or −1
 * @param first the first link with weights
 * @param samples in the mini-batch
 */
record ProbedBatch(Trace real, @Nullable Trace tested, int end, int first, int samples) {

  /** What a link does to the signal on its way from output to input, in decades. */
  double step(int link) {
    Trace before = tested != null && link <= end ? tested : real;
    Trace after = tested != null && link - 1 < end ? tested : real;
    return after.arriving(link - 1) - before.sent(link);
  }

  /** What all links do that have weights before them. */
  double decades() {
    double sum = 0;
    for (int i = first + 1; i < real.links(); i++) {
      sum += step(i);
    }
    return sum;
  }

  /** The data gradient of a parameter of the batch's mean loss. */
  double gradientLog10(String parameter) {
    return real.gradient(parameter) - StrictMath.log10(samples);
  }
}
