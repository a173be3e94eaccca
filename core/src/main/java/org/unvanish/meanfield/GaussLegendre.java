package org.unvanish.meanfield;

/** Points and weights of Gauss and Legendre on [−1, 1], exact for polynomials of degree 2n − 1. */
final class GaussLegendre {

  /** For values. */
  static final GaussLegendre FINE = new GaussLegendre(20);

  /** For estimates of their errors. */
  static final GaussLegendre COARSE = new GaussLegendre(12);

  private final double[] nodes;
  private final double[] weights;

  private GaussLegendre(int order) {
    nodes = new double[order];
    weights = new double[order];
    for (int i = 0; i < order; i++) {
      // Newton's method, from a start that leads to root i of the polynomial.
      double x = -StrictMath.cos(Math.PI * (i + 0.75) / (order + 0.5));
      double slope = 0;
      for (int iteration = 0; iteration < 10; iteration++) {
        double value = x;
        double before = 1;
        for (int k = 2; k <= order; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = order * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  int order() {
    return nodes.length;
  }

  double node(int i) {
    return nodes[i];
  }

  double weight(int i) {
    return weights[i];
  }
}
