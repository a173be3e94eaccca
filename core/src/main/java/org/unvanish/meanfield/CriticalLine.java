package org.unvanish.meanfield;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * Where gradients neither vanish nor explode with depth: χ₁ = 1, in the {@link Point plane} of gain
 * and bias of a base function.
 *
 * <p>The line is a curve in q: the fixed point is q and critical where σ_w² = 1/E f′² and σ_b² = q
 * − E f²/E f′². For odd functions it begins at (1/f′(0), 0). The logistic function begins at σ_w =
 * 10.149. Log-sigmoid has no critical point at a finite q; its line would be σ_w = √2. Of relu,
 * leaky-relu and the identity χ is free of q, so that their line is straight up.
 *
 * @since 0.1
 */
public final class CriticalLine {

  /** The variances between which points of the line are looked for, as powers of 2. */
  private static final int LEAST = -60;

  private static final int GREATEST = 40;

  /** What rounding makes of σ_b² = 0, as a share of q. */
  private static final double ROUNDING = 1e-14;

  private final ActivationFunction function;
  private final Activation activation;

  /** The line of a base function. */
  public CriticalLine(ActivationFunction function) {
    this.function = function;
    this.activation = Activation.of(function);
  }

  /**
   * The point of the line with the fixed point q; none where σ_b² would have to be negative.
   *
   * @param q from 0 to +∞
   * @throws IllegalArgumentException if q is below 0 or NaN
   */
  public Optional<Point> at(double q) {
    Moments moments = Moments.of(activation, q);
    double square = biasSquare(moments);
    return square >= 0 && gain(moments) < Double.POSITIVE_INFINITY
        ? Optional.of(new Point(gain(moments), Math.sqrt(square)))
        : Optional.empty();
  }

  /**
   * The critical gain with given biases; none where no finite q is critical.
   *
   * @param sigmaB σ_b ≥ 0 of the base function: σ_b/α of f_α
   * @throws IllegalArgumentException if σ_b is below 0 or not finite
   */
  public OptionalDouble sigmaW(double sigmaB) {
    Point.requireFinite("sigmaB", sigmaB);
    if (function.isHomogeneous() || (sigmaB == 0 && function.value(0) == 0)) {
      return OptionalDouble.of(gain(Moments.of(activation, 0)));
    }
    double q = crossing(x -> biasSquare(Moments.of(activation, x)) - sigmaB * sigmaB, x -> true);
    return Double.isNaN(q)
        ? OptionalDouble.empty()
        : OptionalDouble.of(gain(Moments.of(activation, q)));
  }

  /**
   * The critical σ_b with a given gain: the network is chaotic with smaller biases, ordered with
   * greater ones. None where no bias is critical.
   *
   * @param sigmaW σ_w ≥ 0 of the base function
   * @throws IllegalArgumentException if σ_w is below 0 or not finite
   */
  public OptionalDouble sigmaB(double sigmaW) {
    Point.requireFinite("sigmaW", sigmaW);
    double q =
        crossing(
            x -> 1 - sigmaW * sigmaW * Moments.of(activation, x).derivativeMeanSquare(),
            x -> at(x).isPresent());
    return Double.isNaN(q)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(biasSquare(Moments.of(activation, q))));
  }

  /**
   * α_c = σ_b/σ_b,crit(σ_w): with this scale f_α is critical; a smaller one is ordered, a greater
   * one chaotic. None without biases, where no scale changes the phase, and where the gain is too
   * small.
   *
   * @param sigmaW σ_w ≥ 0
   * @param sigmaB σ_b ≥ 0
   * @throws IllegalArgumentException if a number is below 0 or not finite
   */
  public OptionalDouble alpha(double sigmaW, double sigmaB) {
    Point.requireFinite("sigmaB", sigmaB);
    OptionalDouble critical = sigmaB(sigmaW);
    return sigmaB > 0 && critical.isPresent() && critical.getAsDouble() > 0
        ? OptionalDouble.of(sigmaB / critical.getAsDouble())
        : OptionalDouble.empty();
  }

  private static double biasSquare(Moments moments) {
    double q = moments.q();
    double square = q - moments.meanSquare() / moments.derivativeMeanSquare();
    return Math.abs(square) < ROUNDING * q ? 0 : square;
  }

  private static double gain(Moments moments) {
    return 1 / Math.sqrt(moments.derivativeMeanSquare());
  }

  /** The least q where f goes from below 0 to above and that is wanted; NaN if there is none. */
  private static double crossing(DoubleUnaryOperator f, DoublePredicate wanted) {
    boolean below = false;
    for (int power = LEAST; power <= GREATEST; power++) {
      double q = Math.scalb(1.0, power);
      boolean now = f.applyAsDouble(q) < 0;
      if (below && !now) {
        double zero = Bisection.zero(f, q / 2, q);
        if (wanted.test(zero)) {
          return zero;
        }
      }
      below = now;
    }
    return Double.NaN;
  }
}
