package org.unvanish.meanfield;

import java.util.Arrays;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * The logarithm of what one layer with few units multiplies the energy of the gradient by, S: its
 * mean and variance over networks.
 *
 * <p>The mean of ln S is below the logarithm of the mean, χ, and rules what a typical network does:
 * a product of many such factors can explode in the mean and vanish typically.
 *
 * @param mean E ln S, of S above 0
 * @param variance Var ln S, of S above 0
 * @param dead the probability of S = 0, that all units are where f′ is 0, as relu's are with 2⁻ⁿ
 * @since 0.1
 */
public record TypicalFactor(double mean, double variance, double dead) {

  private static final double EULER = 0.5772156649015329;

  /** Step and ends of the trapezium rule, which is exact to 10⁻¹⁵: the integrand is analytic. */
  private static final double STEP = 0.25;

  private static final int FIRST = -64;
  private static final int LAST = 230;

  /** Where the rest of an integral has no effect. */
  private static final double END = 1e-18;

  /** A node with less weight is left out. */
  private static final double NEGLIGIBLE = 1e-20;

  /** A squared slope below that is 0, as a share of the mean: the integral does not reach it. */
  private static final double FLAT = 1e-290;

  /** Panels in pre-activations: what is asked of a sum of units is where ln f′² passes a place. */
  private static final double WIDEST = 8;

  /** But not more than 416 panels; no slope is told from 0 in most of them. */
  private static final double NARROWEST = 1.0 / 32;

  /**
   * A layer of n independent units, S = (σ_w²/n)·Σ f_α′(√q·zᵢ)²·gᵢ² with independent standard
   * normal z and g, exactly.
   *
   * <p>With T exponential of mean 1 and Y = ln T − ln S, P(Y &gt; y) = φ(eʸ)ⁿ with φ(t) = E(1 +
   * 2t·(σ_w²/n)·f_α′(√q·Z)²)^(−½). So E ln S = −γ − E Y and Var ln S = Var Y − π²/6.
   *
   * @param sigmaW σ_w ≥ 0; with 0 nothing passes
   * @param q the variance of the pre-activations, from 0 to +∞
   * @param n the number of units, above 0; that of independent directions where they are not; of
   *     infinitely many, ln S is ln χ
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static TypicalFactor of(Activation activation, double sigmaW, double q, double n) {
    requireUnits(n);
    Point.requireFinite("sigmaW", sigmaW);
    ActivationFunction function = activation.function();
    double inner = activation.inner();
    double base = Shape.tractable(function, inner * inner * q);
    Slopes slopes = Slopes.of(function, base);
    double dead = slopes.flat == 1 || sigmaW == 0 ? 1 : StrictMath.pow(slopes.flat, n);
    if (dead == 1) {
      return new TypicalFactor(Double.NEGATIVE_INFINITY, 0, 1);
    }
    double outer = activation.outer();
    double chi = sigmaW * sigmaW * outer * outer * inner * inner * slopes.mean;
    if (Double.isInfinite(n)) {
      return new TypicalFactor(StrictMath.log(chi), 0, 0);
    }
    // The moments of Y less those of ln T alone; both integrands vanish on either side.
    double first = 0;
    double second = 0;
    for (int i = FIRST; i <= LAST; i++) {
      double x = STEP * i;
      // A long way to the right, where saturated units lie, in long steps.
      double y = x + x * x * x / 300;
      double width = STEP * (1 + x * x / 100);
      double t = StrictMath.exp(y);
      double all = StrictMath.exp(n * StrictMath.log1p(-slopes.loss(2 * t / n)));
      double beyond = (all - dead) / (1 - dead);
      double difference = beyond - StrictMath.exp(-t);
      first += width * difference;
      second += width * y * difference;
      if (i > 0 && Math.abs(difference) < END) {
        break;
      }
    }
    // Of very many units rounding alone is left of the variance.
    double variance = Math.max(0, 2 * second + 2 * EULER * first - first * first);
    return new TypicalFactor(StrictMath.log(chi) - first, variance, dead);
  }

  /**
   * Weights alone, without their σ_w²: E ln S = ψ(n/2) − ln(n/2), Var ln S = ψ′(n/2).
   *
   * @param n the number of units that are read, or of independent directions of the signals, above
   *     0; of infinitely many, S is 1
   * @throws IllegalArgumentException if n is not above 0
   */
  public static TypicalFactor linear(double n) {
    requireUnits(n);
    if (Double.isInfinite(n)) {
      return new TypicalFactor(0, 0, 0);
    }
    return new TypicalFactor(Polygamma.digammaLessLog(n / 2), Polygamma.trigamma(n / 2), 0);
  }

  /**
   * σ_c(n) = √(n/2)·e^(−ψ(n/2)/2): by what a narrow layer's weights must be greater, so that the
   * typical gradient stays as it is; 1.0673 for 8 units.
   *
   * @param n as in {@link #linear}
   * @throws IllegalArgumentException if n is not above 0
   */
  public static double criticalGain(double n) {
    return StrictMath.exp(-linear(n).mean / 2);
  }

  private static void requireUnits(double n) {
    if (!(n > 0)) {
      throw new IllegalArgumentException("the number of units must be above 0, but is " + n);
    }
  }

  /** The distribution of f′² by its mean, on some points. */
  private static final class Slopes {

    final double mean;

    /** The probability of 0. */
    final double flat;

    private final double[] squares;
    private final double[] weights;

    private Slopes(double mean, double flat, double[] squares, double[] weights) {
      this.mean = mean;
      this.flat = flat;
      this.squares = squares;
      this.weights = weights;
    }

    static Slopes of(ActivationFunction function, double q) {
      double widest = Math.max(WIDEST / Math.sqrt(q), NARROWEST);
      GaussianNodes nodes =
          GaussianNodes.of(q, Shape.kinks(function), widest, GaussLegendre.COARSE);
      double mean = 0;
      double[] all = new double[2 * nodes.u.length];
      for (int i = 0; i < all.length; i++) {
        double u = nodes.u[i / 2];
        double slope = function.derivative(i % 2 == 0 ? u : -u);
        all[i] = slope * slope;
        mean += nodes.weight[i / 2] * all[i];
      }
      double flat = 0;
      double[] squares = new double[all.length];
      double[] weights = new double[all.length];
      int size = 0;
      for (int i = 0; i < all.length; i++) {
        double weight = nodes.weight[i / 2];
        if (all[i] <= FLAT * mean) {
          flat += weight;
        } else if (size > 0 && squares[size - 1] == all[i] / mean) {
          weights[size - 1] += weight;
        } else if (weight > NEGLIGIBLE) {
          squares[size] = all[i] / mean;
          weights[size++] = weight;
        }
      }
      return new Slopes(
          mean, size == 0 ? 1 : flat, Arrays.copyOf(squares, size), Arrays.copyOf(weights, size));
    }

    /** 1 − E(1 + s·f′²/E f′²)^(−½). */
    double loss(double s) {
      double sum = 0;
      for (int i = 0; i < squares.length; i++) {
        double x = s * squares[i];
        double root = Math.sqrt(1 + x);
        sum += weights[i] * x / (root * (1 + root));
      }
      return Math.min(sum, 1 - flat);
    }
  }
}
