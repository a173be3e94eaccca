package org.unvanish.meanfield;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.unvanish.activation.ActivationFunction;

/**
 * Points z &gt; 0 with weights w, so that E g(Z) = Σ w·(g(z) + g(−z)) for a standard normal Z and a
 * g that depends on √q·z.
 *
 * <p>Gauss–Legendre rules on panels that double from 0 on, as g varies on the scale of √q·z and the
 * normal density on that of z: the first is ½ wide in √q·z, none is wider than 1 in z. They double
 * from each kink on, too, where g or one of its derivatives jumps. A Gauss–Hermite rule would be
 * wrong by 15 % for tanh′² at q = 10.
 */
final class GaussianNodes {

  /** The density is 8e-38 there. */
  private static final double REACH = 13;

  private static final double FIRST = 0.5;
  private static final double ROOT_TWO_PI = 2.5066282746310007;

  final double[] z;

  /** The pre-activations √q·z. */
  final double[] u;

  final double[] weight;

  private GaussianNodes(double[] z, double[] u, double[] weight) {
    this.z = z;
    this.u = u;
    this.weight = weight;
  }

  /** For a base function, in its own pre-activations. */
  static GaussianNodes of(ActivationFunction function, double q, double widestZ) {
    double widest = Math.min(widestZ, Shape.widest(function) / Math.sqrt(q));
    return of(q, Shape.kinks(function), widest, GaussLegendre.FINE);
  }

  /**
   * @param q the variance, from 0 to +∞
   * @param kinks magnitudes of √q·z where something jumps, on both sides
   * @param widest the widest panel, in z, above 0
   */
  static GaussianNodes of(double q, double[] kinks, double widest, GaussLegendre rule) {
    if (!(q >= 0)) {
      throw new IllegalArgumentException("the variance must be at least 0, but is " + q);
    }
    double scale = Math.sqrt(q);
    if (scale == 0 || Double.isInfinite(scale)) {
      double limit = scale == 0 ? Double.MIN_VALUE : scale;
      return new GaussianNodes(new double[] {1}, new double[] {limit}, new double[] {0.5});
    }
    double[] breaks = breaks(scale, kinks, widest);
    int order = rule.order();
    double[] z = new double[(breaks.length - 1) * order];
    double[] u = new double[z.length];
    double[] weight = new double[z.length];
    for (int panel = 0; panel + 1 < breaks.length; panel++) {
      double half = (breaks[panel + 1] - breaks[panel]) / 2;
      double middle = breaks[panel] + half;
      for (int i = 0; i < order; i++) {
        int at = panel * order + i;
        z[at] = middle + half * rule.node(i);
        u[at] = scale * z[at];
        weight[at] = rule.weight(i) * half * StrictMath.exp(-z[at] * z[at] / 2) / ROOT_TWO_PI;
      }
    }
    return new GaussianNodes(z, u, weight);
  }

  /** Ends of panels from 0 to the reach: they double away from 0 and from each kink. */
  private static double[] breaks(double scale, double[] kinks, double widest) {
    double most = Math.min(1, widest);
    double first = Math.min(FIRST / scale, most);
    double[] centres =
        DoubleStream.concat(
                DoubleStream.of(0, REACH), Arrays.stream(kinks).map(k -> Math.abs(k) / scale))
            .filter(z -> z <= REACH)
            .sorted()
            .distinct()
            .toArray();
    DoubleStream.Builder breaks = DoubleStream.builder();
    for (int i = 0; i + 1 < centres.length; i++) {
      double from = centres[i];
      double to = centres[i + 1];
      boolean mirrored = to < REACH;
      double end = mirrored ? from + (to - from) / 2 : to;
      breaks.add(from).add(end);
      double width = first;
      for (double at = from + width; at < end; at += width) {
        breaks.add(at);
        if (mirrored) {
          breaks.add(to - (at - from));
        }
        width = Math.min(2 * width, most);
      }
    }
    return breaks.add(REACH).build().sorted().distinct().toArray();
  }
}
