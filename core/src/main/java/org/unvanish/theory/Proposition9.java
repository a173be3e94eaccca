package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.LOGISTIC;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.WideNumber;

/**
 * In wide recurrent layers inputs act as biases do, at every step: α moves the layer towards the
 * critical line and beyond it, where σ_w·f′(0) > 1.
 */
final class Proposition9 {

  private static final int STEPS = 20;
  private static final int RECURSIONS = 800;

  private Proposition9() {}

  static List<Statement<DrivenCase>> of(ActivationFunction f) {
    List<Statement<DrivenCase>> statements = new ArrayList<>();
    if (WideFunctions.SATURATING.contains(f)) {
      statements.addAll(List.of(atLeast(f), atMost(f), apply(f), sufficient(f)));
    }
    if (WideFunctions.ODD.contains(f)) {
      statements.add(asWithoutBiases(f));
    }
    return statements;
  }

  private static Statement<DrivenCase> atLeast(ActivationFunction f) {
    return statement(
        f,
        "a step keeps χ₁ of the energy or more: G ≥ χ₁ᵀ",
        "proposition 9",
        "χ₁ᵀ",
        "G",
        Set.of("T", "σ_w", "σ_d", "α"),
        new DrivenLayers(f, STEPS, false, RECURSIONS),
        c -> new Sides(power(c.fixedFactor(), c.steps()), c.energy()),
        null,
        "From h₀ = 0 the variance rises to q*, and χ falls with it. So the first steps keep more, and long"
            + " sequences lose or gain χ₁ a step.");
  }

  private static Statement<DrivenCase> atMost(ActivationFunction f) {
    return statement(
        f,
        "a step keeps no more than (σ_w·f′(0))², whatever α is",
        "proposition 9",
        "G",
        "(σ_w·f′(0))²ᵀ",
        Set.of("T", "σ_w", "σ_d", "α"),
        new DrivenLayers(f, STEPS, false, RECURSIONS),
        c -> new Sides(c.energy(), power(c.gain() * c.gain(), c.steps())),
        null,
        "χ ≤ σ_w²·max f′². Where σ_w·f′(0) ≤ 1, no α keeps the gradient.");
  }

  private static Statement<DrivenCase> asWithoutBiases(ActivationFunction f) {
    return statement(
        f,
        "α gains at most itself in amplitude, as in networks without biases",
        "proposition 4",
        "G",
        "α²·G without α",
        Set.of("T", "σ_w", "σ_d", "driven at", "α"),
        new DrivenLayers(f, STEPS, true, RECURSIONS),
        c -> new Sides(c.energy(), c.withAlpha(1).energy().times(c.alpha() * c.alpha())),
        Condition.that("no drive after step 1", DrivenCase::isDrivenOnce),
        "Without drive it is proposition 4. A drive at every step acts as biases do: α divides it each time,"
            + " and gains a factor a step.");
  }

  private static Statement<DrivenCase> apply(ActivationFunction f) {
    boolean isLogistic = f == LOGISTIC;
    return statement(
        f,
        "“apply … to recurrent neural networks”: α_c, or 10⁶, keeps all of G",
        "section 4",
        "1",
        "G at α_c, or at 10⁶ where there is none",
        Set.of("T", "σ_w", "σ_d"),
        new DrivenLayers(f, STEPS, false, RECURSIONS),
        c -> {
          OptionalDouble critical = c.criticalAlpha();
          return new Sides(WideNumber.ONE, c.withAlpha(critical.orElse(1e6)).energy());
        },
        isLogistic
            ? Condition.that("σ_w > 10.15", c -> c.sigmaW() > WhatRemains.LOGISTIC_GAIN)
            : Condition.that("σ_w·f′(0) > 1", c -> c.gain() > 1),
        "With a drive at every step it is proposition 5: α_c = σ_d/σ_b,crit(σ_w) makes χ₁ = 1. A larger α"
            + " explodes, and weights that are too small no α helps.");
  }

  private static Statement<DrivenCase> sufficient(ActivationFunction f) {
    return statement(
        f,
        "“α = 2 is sufficient in practice”: half of the energy is kept",
        "section 2.3",
        "½",
        "G for α = 2",
        Set.of("T", "σ_w", "σ_d"),
        new DrivenLayers(f, STEPS, false, RECURSIONS),
        c -> new Sides(WideNumber.of(0.5), c.withAlpha(2).energy()),
        Condition.that("α_c ≤ 2", c -> c.criticalAlpha().orElse(Double.POSITIVE_INFINITY) <= 2),
        "Below α_c each step loses 1 − χ₁ in the end. tanh, σ_w = 1.2, σ_d = ½: α_c = 4.75, and α = 2 keeps"
            + " 10^−2.0 of the amplitude over 100 steps, α = 1 keeps 10^−6.2.");
  }

  private static WideNumber power(double base, int exponent) {
    WideNumber power = WideNumber.ONE;
    for (int n = 0; n < exponent; n++) {
      power = power.times(base);
    }
    return power;
  }

  private static Statement<DrivenCase> statement(
      ActivationFunction f,
      String text,
      String source,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<DrivenCase> cases,
      Function<DrivenCase, Sides> sides,
      @Nullable Condition<DrivenCase> condition,
      String reason) {
    return new Statement<>(
        Topic.RECURRENT,
        f,
        false,
        text,
        source,
        left,
        right,
        shown,
        cases,
        sides,
        condition,
        reason);
  }
}
