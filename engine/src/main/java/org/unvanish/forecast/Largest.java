package org.unvanish.forecast;

import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.unvanish.activation.ActivationFunction;

/**
 * The largest of some standard normal numbers, any two of which have the same correlation: its
 * density as a multiple of the normal one.
 *
 * <p>The numbers are √c·W + √(1−c)·Vᵢ. Given that the first one is t, each other one is smaller
 * with the probability Φ(√(1−c)·t − √c·W), W normal; so the density is n·φ(t)·E Φ(…)ⁿ⁻¹.
 */
final class Largest {

  /** Beyond it the normal density is below 10⁻³⁶. */
  private static final int FAR = 13;

  /** Steps of the table for 1; between them it is as good as straight. */
  private static final int STEPS = 32;

  /** Values of W, a quarter apart: the integrand is smooth, so a sum is nearly exact. */
  private static final double[] OF_W =
      IntStream.rangeClosed(-32, 32).mapToDouble(i -> i / 4.0).toArray();

  private static final double[] WEIGHTS =
      DoubleStream.of(OF_W).map(w -> StrictMath.exp(-w * w / 2)).toArray();

  private final double[] table;

  private Largest(double[] table) {
    this.table = table;
  }

  /**
   * @param count at least 1
   * @param correlation is brought into [0, 1]
   */
  static Largest of(int count, double correlation) {
    double c = Math.min(1, Math.max(0, correlation));
    IntToDoubleFunction density = i -> density((double) i / STEPS - FAR, count, c);
    return new Largest(IntStream.rangeClosed(0, 2 * FAR * STEPS).mapToDouble(density).toArray());
  }

  private static double density(double t, int count, double c) {
    double sum = 0;
    for (int i = 0; i < OF_W.length; i++) {
      double smaller = normal(Math.sqrt(1 - c) * t - Math.sqrt(c) * OF_W[i]);
      sum += WEIGHTS[i] * StrictMath.pow(smaller, count - 1);
    }
    return count * sum / DoubleStream.of(WEIGHTS).sum();
  }

  /** Φ. */
  private static double normal(double z) {
    return (1 + ActivationFunction.ERF.value(z / Math.sqrt(2))) / 2;
  }

  /** The density at t as a multiple of the normal density. */
  double density(double t) {
    double at = Math.min(table.length - 1.0, Math.max(0, (t + FAR) * STEPS));
    int below = Math.min(table.length - 2, (int) at);
    return table[below] + (at - below) * (table[below + 1] - table[below]);
  }
}
