package org.unvanish.theory.network;

/**
 * How one kind of parameters is trained.
 *
 * @param rate η
 * @param epsilon Adam's ε, added to √v
 * @param penalty r of (r/2)·θ²
 */
public record UpdateRule(double rate, double epsilon, double penalty) {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  /** What computes steps from gradients. */
  public enum Method {
    /** θ − η·g. */
    SGD,
    /** Adam (Kingma &amp; Ba 2015) with β₁ = 0.9 and β₂ = 0.999. */
    ADAM
  }

  /**
   * One parameter after one step.
   *
   * @param moments m and v at 2·parameter, which the step changes
   * @param step counted from 1
   */
  double step(
      Method method, double theta, double dataGradient, double[] moments, int at, int step) {
    double gradient = dataGradient + penalty * theta;
    if (method == Method.SGD) {
      return theta - rate * gradient;
    }
    double m = BETA1 * moments[at] + (1 - BETA1) * gradient;
    double v = BETA2 * moments[at + 1] + (1 - BETA2) * gradient * gradient;
    moments[at] = m;
    moments[at + 1] = v;
    double mean = m / (1 - StrictMath.pow(BETA1, step));
    double square = v / (1 - StrictMath.pow(BETA2, step));
    return theta - rate * (mean / (Math.sqrt(square) + epsilon));
  }
}
