package org.unvanish.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;

/** With biases α acts at every layer, and where σ_w·f′(0) > 1 there is a critical one. */
final class Proposition5 {

  private static final int MAPS = 200;
  private static final int FIXED_POINTS = 400;

  /** From one q to a larger one. */
  private static final double STEP = 1.1;

  private Proposition5() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    if (!WideFunctions.SATURATING.contains(f)) {
      return List.of();
    }
    List<Statement<FieldCase>> statements = new ArrayList<>();
    boolean isOdd = WideFunctions.ODD.contains(f);
    if (isOdd) {
      statements.add(ordered(f));
    }
    statements.add(oneFixedPoint(f));
    statements.add(risingLine(f));
    statements.add(criticalAlpha(f));
    if (f == ActivationFunction.TANH || f == ActivationFunction.ARCTAN) {
      statements.add(nearZero(f));
    }
    return statements;
  }

  private static Statement<FieldCase> ordered(ActivationFunction f) {
    return statement(
        f,
        "χ₁ < 1 for every α",
        "χ₁",
        "1",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, FIXED_POINTS),
        c -> Sides.of(c.fixedFactor(), 1),
        Condition.that("σ_w·f′(0) ≤ 1", c -> c.gain() <= 1),
        "χ₁ < σ_w²·f′(0)², as q* > 0 and |f′| falls. Above 1, a large α makes χ₁ > 1: see α_c.");
  }

  private static Statement<FieldCase> oneFixedPoint(ActivationFunction f) {
    return statement(
        f,
        "V(q)/q falls, so that there is one fixed point q*",
        "V(1.1·q)/(1.1·q)",
        "V(q)/q",
        Set.of("σ_w", "σ_b", "q"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, MAPS),
        c ->
            Sides.of(
                c.map().variance(STEP * c.q()) / (STEP * c.q()), c.map().variance(c.q()) / c.q()),
        null,
        "V(q)/q = χ(q)/R(q) + σ_b²/q, where χ falls and R does not (proposition 4's hypotheses).");
  }

  private static Statement<FieldCase> risingLine(ActivationFunction f) {
    return statement(
        f,
        "the critical line rises: σ_b² = q − E f²/E f′² rises with q",
        "σ_b² at q",
        "σ_b² at 1.1·q",
        Set.of("q"),
        new WideNetworks(f, Gains.ONE, Biases.NONE, 2, MAPS),
        c -> Sides.of(squareOnLine(c, c.q()), squareOnLine(c, STEP * c.q())),
        WideFunctions.ODD.contains(f)
            ? null
            : Condition.that("σ_b² ≥ 0", c -> squareOnLine(c, c.q()) >= 0),
        "σ_b² = q·(1 − 1/R(q)): where R > 1 both factors rise; σ_w² = 1/E f′² rises, too. So each σ_w"
            + " has one critical σ_b at most.");
  }

  private static double squareOnLine(FieldCase c, double q) {
    FieldCase plain = c.withAlpha(1);
    return q - plain.map().meanSquare(q) / plain.map().derivativeMeanSquare(q);
  }

  private static Statement<FieldCase> criticalAlpha(ActivationFunction f) {
    return statement(
        f,
        "α_c = σ_b/σ_b,crit(σ_w): χ₁ < 1 for α < α_c, χ₁ > 1 for α > α_c",
        "the smaller of χ₁ and 1 that should be",
        "the larger",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.LARGE, Biases.SOME, 2, FIXED_POINTS),
        c -> {
          OptionalDouble critical = new CriticalLine(f).alpha(c.sigmaW(), c.sigmaB());
          double factor = c.fixedFactor();
          return critical.isEmpty() || c.alpha() < critical.getAsDouble()
              ? Sides.of(factor, 1)
              : Sides.of(1, factor);
        },
        null,
        "χ(q_c) = 1 at one q_c. V(q_c) − q_c = (σ_b/α)² − σ_b,crit² says on which side of it q* is, as V(q)/q"
            + " falls; and χ falls.");
  }

  private static Statement<FieldCase> nearZero(ActivationFunction f) {
    return statement(
        f,
        "near 0, σ_w,crit = 1 + p with p³ = 3σ_b²/(4α²), up to p²/3",
        "|σ_w,crit − 1 − p|",
        "p²/3",
        Set.of("σ_b"),
        new WideNetworks(f, Gains.ONE, Biases.SOME, 2, FIXED_POINTS),
        c -> {
          double sigmaB = Math.min(c.sigmaB(), 0.5) / c.alpha();
          double p = StrictMath.cbrt(0.75 * sigmaB * sigmaB);
          double critical = new CriticalLine(f).sigmaW(sigmaB).orElseThrow();
          return Sides.of(Math.abs(critical - 1 - p), p * p / 3);
        },
        null,
        "f = z − z³/3 + … gives σ_b² = 12a²q³ and σ_w = 1 − 3aq to leading order, with a = −⅓.");
  }

  private static Statement<FieldCase> statement(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<FieldCase> cases,
      Function<FieldCase, Sides> sides,
      @Nullable Condition<FieldCase> condition,
      String reason) {
    return new Statement<>(
        Topic.PROPOSITION5,
        f,
        false,
        text,
        "proposition 5",
        left,
        right,
        shown,
        cases,
        sides,
        condition,
        reason);
  }
}
