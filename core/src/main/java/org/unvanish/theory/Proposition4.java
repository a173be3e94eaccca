package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.LOG_SIGMOID;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;
import org.unvanish.theory.chain.WideNumber;

/**
 * What α can gain in a wide network without biases: at most α in amplitude, at any depth. Its
 * hypotheses on f are statements of their own.
 */
final class Proposition4 {

  private static final int MAPS = 200;
  private static final int RECURSIONS = 800;
  private static final int LAYERS = 12;

  /** From one q to a larger one. */
  private static final double STEP = 1.1;

  private Proposition4() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    return List.of(
        rising(
            f,
            "hypothesis: |f′(z)| falls with |z|",
            "|f′(1.1·√q)|, on either side of 0",
            "|f′(√q)|",
            Proposition4::slopesFall,
            f == LOG_SIGMOID
                ? "f′ rises towards 1 for z → −∞."
                : "f is concave above 0, and f′ is even."),
        rising(
            f,
            "hypothesis: E f(√q·Z)² rises with q",
            "E f² at q",
            "E f² at 1.1·q",
            c -> grows(c, q -> plain(c).meanSquare(q)),
            "f(z)² + f(−z)² rises with |z|."),
        rising(
            f,
            "hypothesis: R(q) = q·E f′²/E f² does not fall",
            "R(q)",
            "R(1.1·q)",
            c -> grows(c, q -> q * plain(c).derivativeMeanSquare(q) / plain(c).meanSquare(q)),
            f == ActivationFunction.ERF
                ? "R = tan θ/θ with θ = arcsin(2q/(1 + 2q)) rises."
                : "R is the mean degree of f in Hermite polynomials. Seen, not proved, for q from"
                    + " 2.5e-3 to 403."),
        gain(
            f,
            "α ≥ 1 makes no gradient smaller: G_α ≥ G₁",
            "G₁",
            "G_α",
            c -> new Sides(c.withAlpha(1).energy(), c.energy()),
            f == LOG_SIGMOID
                ? "E f′² rises with q, and α makes q/α² smaller."
                : "α is α = 1 with q¹/α² (proposition 2), and χ falls with q."),
        gain(
            f,
            "α gains at most itself: G_α ≤ α²·G₁",
            "G_α",
            "α²·G₁",
            c -> new Sides(c.energy(), c.withAlpha(1).energy().times(c.alpha()).times(c.alpha())),
            f == LOG_SIGMOID
                ? "Seen, not proved: the hypotheses fail."
                : "R not falling bounds −d ln G/d ln q¹ by Σ(1 − φ_l)·Π_(k<l) φ_k = 1 − Π φ ≤ 1, with"
                    + " φ = d ln V/d ln q."),
        gain(
            f,
            "α gains at most what f′ takes: G_α ≤ (σ_w·max|f′|)^(2(L−1))",
            "G_α",
            "(σ_w·max|f′|)^(2(L−1))",
            c -> {
              double most = c.sigmaW() * f.steepest();
              WideNumber bound = WideNumber.exp(2 * (c.layers() - 1) * StrictMath.log(most));
              return new Sides(c.energy(), bound);
            },
            "χ ≤ σ_w²·max f′² in every layer."));
  }

  private static Sides slopesFall(FieldCase c) {
    double z = Math.sqrt(c.q());
    ActivationFunction f = c.function();
    double positive = f.derivative(STEP * z) / f.derivative(z);
    double negative = f.derivative(-STEP * z) / f.derivative(-z);
    return Sides.of(Math.max(positive, negative) * f.derivative(z), f.derivative(z));
  }

  private static Sides grows(FieldCase c, ToDoubleFunction<Double> of) {
    return Sides.of(of.applyAsDouble(c.q()), of.applyAsDouble(STEP * c.q()));
  }

  private static VarianceMap plain(FieldCase c) {
    return c.withAlpha(1).map();
  }

  private static Statement<FieldCase> rising(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Function<FieldCase, Sides> sides,
      String reason) {
    return statement(
        f,
        text,
        left,
        right,
        Set.of("q"),
        new WideNetworks(f, Gains.ONE, Biases.NONE, 2, MAPS),
        sides,
        reason);
  }

  private static Statement<FieldCase> gain(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Function<FieldCase, Sides> sides,
      String reason) {
    return statement(
        f,
        text,
        left,
        right,
        Set.of("L", "σ_w", "q", "α"),
        new WideNetworks(f, Gains.ANY, Biases.NONE, LAYERS, RECURSIONS),
        sides,
        reason);
  }

  private static Statement<FieldCase> statement(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<FieldCase> cases,
      Function<FieldCase, Sides> sides,
      String reason) {
    return new Statement<>(
        Topic.PROPOSITION4,
        f,
        false,
        text,
        "proposition 4",
        left,
        right,
        shown,
        cases,
        sides,
        null,
        reason);
  }
}
