package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;

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
import org.unvanish.theory.chain.WideNumber;

/** What the paper says of scaling and of initial weights, in wide networks. */
final class WhatRemains {

  private static final String SCALING = "section 2.3";
  private static final String INITIALIZATION = "section 2.2";
  private static final int RECURSIONS = 800;
  private static final int FIXED_POINTS = 400;

  /** As good as no biases, and as good as no saturation. */
  private static final double LARGE_ALPHA = 1e6;

  /** χ₁ of the logistic function is 1 at this σ_w, without biases. */
  static final double LOGISTIC_GAIN = 10.1492637100;

  private WhatRemains() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    List<Statement<FieldCase>> statements = new ArrayList<>();
    if (WideFunctions.SATURATING.contains(f)) {
      statements.addAll(
          List.of(therefore(f), avoided(f), notExploding(f), naiveExplodes(f), naiveIsCritical(f)));
    }
    if (WideFunctions.ODD.contains(f)) {
      statements.addAll(List.of(sufficient(f), justified(f), linear(f), unitVariance(f)));
    }
    return statements;
  }

  private static Statement<FieldCase> therefore(ActivationFunction f) {
    return statement(
        f,
        "“(f_α)′ > f′ … and, therefore, avoid”: α makes χ₁ larger",
        SCALING,
        "χ₁ for α = 1",
        "χ₁",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.ANY, Biases.ANY, 2, FIXED_POINTS),
        c ->
            Sides.strict(
                WideNumber.of(c.withAlpha(1).fixedFactor()), WideNumber.of(c.fixedFactor())),
        Condition.that("σ_b > 0", c -> c.sigmaB() > 0),
        "Pre-activations grow with α until f_α′ is what f′ was, unless biases, which do not grow, keep them"
            + " small against α.");
  }

  private static Statement<FieldCase> avoided(ActivationFunction f) {
    boolean isLogistic = f == LOGISTIC;
    return statement(
        f,
        "“avoid … in the many-layers regime”: a large α makes χ₁ ≥ 1",
        SCALING,
        "1",
        "χ₁ for α = 10⁶",
        Set.of("σ_w", "σ_b"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, FIXED_POINTS),
        c -> Sides.of(1, c.withAlpha(LARGE_ALPHA).fixedFactor()),
        isLogistic
            ? Condition.that("σ_w > 10.15", c -> c.sigmaW() > LOGISTIC_GAIN)
            : Condition.that("σ_w·f′(0) > 1", c -> c.gain() > 1),
        isLogistic
            ? "The biases that come with the function (proposition 6) do not shrink with α."
            : "χ₁ < σ_w²·f′(0)² for every α: where the weights are too small, α cannot help.");
  }

  private static Statement<FieldCase> sufficient(ActivationFunction f) {
    return statement(
        f,
        "“α = 2 is sufficient”: ½ of the energy is kept, σ_w·f′(0) = q¹ = 1",
        SCALING,
        "½",
        "G for α = 2",
        Set.of("L"),
        new WideNetworks(f, Gains.ONE, Biases.NONE, 50, RECURSIONS),
        c -> new Sides(WideNumber.of(0.5), c.withAlpha(2).withVariance(1).energy()),
        f == SOFTSIGN ? null : Condition.that("L ≤ 3", c -> c.layers() <= 3),
        f == SOFTSIGN
            ? "G falls like 1/L² at the critical weights. α multiplies L in it by 1/α."
            : "G ≈ 1/(1 + 2q¹·(L − 1)/α²) at the critical weights: what α keeps is a matter of depth.");
  }

  private static Statement<FieldCase> notExploding(ActivationFunction f) {
    return statement(
        f,
        "“does not lead to exploding for any practical choice”: χ₁ ≤ 1",
        SCALING,
        "χ₁",
        "1",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, FIXED_POINTS),
        c -> Sides.of(c.fixedFactor(), 1),
        Condition.that("α ≤ α_c, where there is one", WhatRemains::isAtMostCritical),
        "Beyond α_c = σ_b/σ_b,crit(σ_w) the gradient explodes with depth (proposition 5).");
  }

  private static boolean isAtMostCritical(FieldCase c) {
    OptionalDouble critical = new CriticalLine(c.function()).alpha(c.sigmaW(), c.sigmaB());
    return critical.isEmpty() || c.alpha() <= critical.getAsDouble();
  }

  private static Statement<FieldCase> naiveExplodes(ActivationFunction f) {
    return statement(
        f,
        "“entails the risk of exploding”: χ₁ → ∞ for a naive factor → ∞",
        SCALING,
        "100·χ₁",
        "χ₁ with 10⁶ times the factor",
        Set.of("σ_w", "σ_b"),
        new WideNetworks(f, Gains.LARGE, Biases.SOME, 2, FIXED_POINTS),
        c ->
            Sides.of(
                100 * c.withAlpha(1).fixedFactor(),
                c.withAlpha(1).withGain(LARGE_ALPHA * c.sigmaW()).fixedFactor()),
        null,
        "The factor multiplies σ_w (proposition 1c), and χ₁ grows like it: q* like σ_w², and E f′² like 1/√q."
            + " In the chain, width 1, the gradient tends to 0 instead.");
  }

  private static Statement<FieldCase> naiveIsCritical(ActivationFunction f) {
    return statement(
        f,
        "a naive factor σ_w,crit(σ_b)/σ_w makes χ₁ = 1",
        SCALING,
        "|χ₁ − 1|",
        "10⁻⁶",
        Set.of("σ_w", "σ_b"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, FIXED_POINTS),
        c -> {
          double critical = new CriticalLine(f).sigmaW(c.sigmaB()).orElseThrow();
          return Sides.of(Math.abs(c.withAlpha(1).withGain(critical).fixedFactor() - 1), 1e-6);
        },
        null,
        "The factor is σ_w's. What the paper rejects moves every network to the critical line, with biases or"
            + " without.");
  }

  private static Statement<FieldCase> justified(ActivationFunction f) {
    return statement(
        f,
        "“not equipped with any mathematically justification”: |ln χ₁| ≥ 10⁻³",
        INITIALIZATION,
        "10⁻³",
        "|ln χ₁|",
        Set.of("σ_w"),
        new WideNetworks(f, Gains.ANY, Biases.NONE, 2, FIXED_POINTS),
        c -> Sides.of(1e-3, Math.abs(StrictMath.log(c.fixedFactor()))),
        Condition.that("σ_w·f′(0) ≠ 1", c -> c.gain() != 1),
        "Without biases σ_w·f′(0) = 1 is the critical point: below it the gradient vanishes exponentially"
            + " with depth, above it explodes. It is LeCun's and, for square layers, Glorot's choice.");
  }

  private static Statement<FieldCase> linear(ActivationFunction f) {
    return statement(
        f,
        "the “highly questionable” linear approximation gets exact with depth",
        INITIALIZATION,
        "1 − E f′²/f′(0)² at qᴸ",
        "3/L",
        Set.of("L", "q"),
        new WideNetworks(f, Gains.ONE, Biases.NONE, 100, RECURSIONS),
        c -> {
          double steepest = c.function().derivative(0);
          double share = c.withAlpha(1).map().derivativeMeanSquare(c.withAlpha(1).lastVariance());
          return Sides.of(1 - share / (steepest * steepest), 3.0 / c.layers());
        },
        null,
        "V(q) < q at σ_w·f′(0) = 1, so that qᴸ → 0, like 1/L (softsign: 1/L²). The deeper, the more linear.");
  }

  private static Statement<FieldCase> unitVariance(ActivationFunction f) {
    return statement(
        f,
        "“unit … variance is not suitable”: χ₁ > 1 at q* = 1",
        INITIALIZATION,
        "1",
        "χ₁",
        Set.of("q"),
        new WideNetworks(f, Gains.ONE, Biases.NONE, 2, RECURSIONS),
        c -> {
          FieldCase plain = c.withAlpha(1);
          double share = plain.map().derivativeMeanSquare(1) / plain.map().meanSquare(1);
          return Sides.strict(WideNumber.ONE, WideNumber.of(share));
        },
        null,
        "V(1) = 1 without biases is σ_w² = 1/E f², and χ₁ = R(1) > 1 (proposition 3): the gradient"
            + " explodes. tanh: σ_w = 1.5925, χ₁ = 1.1778.");
  }

  private static Statement<FieldCase> statement(
      ActivationFunction f,
      String text,
      String source,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<FieldCase> cases,
      Function<FieldCase, Sides> sides,
      @Nullable Condition<FieldCase> condition,
      String reason) {
    return new Statement<>(
        Topic.PAPER, f, false, text, source, left, right, shown, cases, sides, condition, reason);
  }
}
