package org.unvanish.theory;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.FixedPoint;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;

/** What α is to a wide network: a factor of q, and a divisor of σ_b. */
final class Proposition2 {

  private static final int MAPS = 200;
  private static final int FACTORS = 4000;
  private static final int FIXED_POINTS = 1000;

  private Proposition2() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    return WideFunctions.SATURATING.contains(f)
        ? List.of(maps(f), fixedPoint(f), withoutBiases(f))
        : List.of(maps(f));
  }

  private static Statement<FieldCase> maps(ActivationFunction f) {
    return statement(
        f,
        "V_α(q; σ_w, σ_b) = α²·V₁(q/α²; σ_w, σ_b/α), χ_α(q) = χ₁(q/α²)",
        "the largest relative difference",
        Set.of("σ_w", "σ_b", "q", "α"),
        new WideNetworks(f, Gains.ANY, Biases.ANY, 2, MAPS),
        c -> {
          double square = c.alpha() * c.alpha();
          double base = c.q() / square;
          VarianceMap scaled = c.map();
          VarianceMap plain = unscaled(c);
          return Sides.of(
              largest(
                  difference(scaled.variance(c.q()), square * plain.variance(base)),
                  difference(scaled.factor(c.q()), plain.factor(base))),
              1e-9);
        },
        null,
        "f_α(√q·Z) = α·f(√(q/α²)·Z), and f_α′(√q·Z) = f′(√(q/α²)·Z).");
  }

  private static Statement<FieldCase> fixedPoint(ActivationFunction f) {
    return statement(
        f,
        "q* is α² times that of α = 1 at (σ_w, σ_b/α); χ₁, V′, c*, C′ are equal",
        "the largest relative difference",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.LARGE, Biases.SOME, 2, FIXED_POINTS),
        c -> {
          FixedPoint scaled = FixedPoint.of(c.map());
          FixedPoint plain = FixedPoint.of(unscaled(c));
          return Sides.of(
              largest(
                  difference(scaled.q(), c.alpha() * c.alpha() * plain.q()),
                  difference(scaled.factor(), plain.factor()),
                  difference(scaled.slope(), plain.slope()),
                  difference(scaled.correlation(), plain.correlation()),
                  difference(scaled.correlationSlope(), plain.correlationSlope())),
              1e-7);
        },
        null,
        "V_α is V₁ in units of α². What has no unit is left as it is: χ₁, c* and all depth scales.");
  }

  private static Statement<FieldCase> withoutBiases(ActivationFunction f) {
    return statement(
        f,
        "no depth scale depends on α",
        "|χ₁ − χ₁ of α = 1|",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.LARGE, Biases.ANY, 2, FACTORS),
        c -> Sides.of(Math.abs(c.fixedFactor() - c.withAlpha(1).fixedFactor()), 1e-9),
        Condition.that("σ_b = 0", c -> c.sigmaB() == 0),
        "σ_b/α is 0 for every α where σ_b is. Else α moves the network towards smaller biases.");
  }

  /** With α = 1 and σ_b/α. */
  private static VarianceMap unscaled(FieldCase c) {
    return new VarianceMap(Activation.of(c.function()), c.sigmaW(), c.sigmaB() / c.alpha());
  }

  static double difference(double one, double other) {
    return one == other ? 0 : Math.abs(one - other) / Math.max(Math.abs(one), Math.abs(other));
  }

  static double largest(double... differences) {
    double largest = 0;
    for (double difference : differences) {
      largest = Math.max(largest, difference);
    }
    return largest;
  }

  private static Statement<FieldCase> statement(
      ActivationFunction f,
      String text,
      String left,
      Set<String> shown,
      Statement.Cases<FieldCase> cases,
      Function<FieldCase, Sides> sides,
      @Nullable Condition<FieldCase> condition,
      String reason) {
    return new Statement<>(
        Topic.PROPOSITION2,
        f,
        false,
        text,
        "proposition 2",
        left,
        "what rounding may add",
        shown,
        cases,
        sides,
        condition,
        reason);
  }
}
