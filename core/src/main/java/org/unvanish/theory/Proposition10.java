package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.UpdateRule;
import org.unvanish.theory.network.UpdateRule.Method;

/**
 * What an ℓ₂ penalty does to a recurrent layer: it makes W smaller. That cures a gradient that
 * explodes, and, in one saturated unit, one that vanishes; in wide layers it never makes a gradient
 * larger.
 */
final class Proposition10 {

  private static final int MATRICES = 10;
  private static final int FIXED_POINTS = 800;

  /** What is left of a weight. */
  private static final double SHRUNK = 0.9;

  private static final double RATE = 0.5;
  private static final double PENALTY = 0.25;

  private Proposition10() {}

  static List<Statement<?>> of(ActivationFunction f) {
    List<Statement<?>> statements = new ArrayList<>();
    if (f == ActivationFunction.TANH) {
      statements.add(radius(Method.SGD));
      statements.add(radius(Method.ADAM));
    }
    if (WideFunctions.ODD.contains(f)) {
      statements.add(unit(f));
    }
    if (WideFunctions.SATURATING.contains(f)) {
      statements.add(avoids(f));
      statements.add(falls(f));
    }
    return statements;
  }

  /** Of W alone: the function plays no part. */
  static Statement<RecurrentCase> radius(Method method) {
    boolean isSgd = method == Method.SGD;
    RecurrentCase example = weights(new double[][] {{3, -4}, {1, -1}});
    return new Statement<>(
        Topic.RECURRENT,
        ActivationFunction.TANH,
        false,
        isSgd
            ? "a step of SGD on the penalty alone makes ρ(W) smaller, by 1 − ηr"
            : "a step of Adam on the penalty alone makes ρ(W) smaller",
        "proposition 10",
        isSgd ? "ρ(W) after a step" : "ρ(W) after the first step",
        isSgd ? "(1 − ηr)·ρ(W)" : "ρ(W)",
        Set.of("W"),
        new RecurrentNetworks(List.of(example), Proposition10::weights, MATRICES),
        c -> {
          double before = Matrices.spectralRadius(c.network().recurrent());
          double after = Matrices.spectralRadius(shrunk(c, method));
          return Sides.of(after, isSgd ? (1 - RATE * PENALTY) * before : before);
        },
        isSgd
            ? null
            : Condition.that("W ≥ 0", c -> RecurrentCase.isNonnegative(c.network().recurrent())),
        isSgd
            ? "W → (1 − ηr)·W: all eigenvalues and singular values get the factor, and (f′(0)·W)ᵏ gets its kth"
                + " power."
            : "Adam takes η of each weight, whatever its size. That changes W's directions: entries that"
                + " cancelled do so no more. Where none is negative, ρ is monotone (Perron and Frobenius).");
  }

  /** W after one step on a loss of 0 with a penalty; Adam's rate is half of the smallest weight. */
  private static double[][] shrunk(RecurrentCase c, Method method) {
    double[][] w = c.network().recurrent();
    double least = Arrays.stream(w).flatMapToDouble(Arrays::stream).map(Math::abs).min().orElse(0);
    UpdateRule rule = new UpdateRule(method == Method.SGD ? RATE : least / 2, 0, PENALTY);
    double[] none = new double[c.network().units()];
    return c.network().trained(method, rule, rule, c.initial(), c.x(), 0, none, 1).recurrent();
  }

  private static RecurrentCase weights(RandomGenerator random) {
    double least = random.nextBoolean() ? 0.01 : -1;
    double[][] w = new double[2][2];
    for (double[] row : w) {
      Arrays.setAll(row, i -> random.nextDouble(least, 1));
    }
    return weights(w);
  }

  private static RecurrentCase weights(double[][] w) {
    return RecurrentCase.of(
        ActivationFunction.TANH,
        1,
        w,
        new double[2][1],
        new double[2],
        new double[2],
        new double[1][1],
        1);
  }

  private static Statement<RecurrentCase> unit(ActivationFunction f) {
    return new Statement<>(
        Topic.RECURRENT,
        f,
        false,
        "“regularization can avoid …”: one unit keeps more a step with 0.9·w",
        "section 2.2",
        "w·f′ at the fixed point",
        "the same with 0.9·w",
        Set.of("W"),
        new RecurrentNetworks(
            List.of(
                RecurrentCase.unit(f, 1, 0.5 / f.steepest(), 0, 0),
                RecurrentCase.unit(f, 1, 2 / f.steepest(), 0, 0)),
            random ->
                RecurrentCase.unit(
                    f, 1, StrictMath.exp(random.nextDouble(-1.5, 2.5)) / f.steepest(), 0, 0),
            MATRICES),
        c -> {
          double w = c.network().recurrent()[0][0];
          return Sides.of(factor(f, w), factor(f, SHRUNK * w));
        },
        Condition.that(
            "0.9·w·f′(0) ≥ 1", c -> SHRUNK * c.network().recurrent()[0][0] * f.steepest() >= 1),
        "Without drive, for w·f′(0) > 1, u* = f(z*) with z* = w·u*, and w·f′(z*) = z*·f′(z*)/f(z*), which"
            + " falls with z* and so with w: to 1/f′(0) the penalty helps. Below, the factor is w·f′(0), and it harms.");
  }

  /** w·f′ where uₜ = f(w·uₜ₋₁) ends, from any u₀ > 0. */
  static double factor(ActivationFunction f, double w) {
    if (w * f.derivative(0) <= 1) {
      return w * f.derivative(0);
    }
    double low = 0;
    double high = w * f.value(Double.POSITIVE_INFINITY);
    for (double z = high / 2; z > low && z < high; z = (low + high) / 2) {
      if (w * f.value(z) > z) {
        low = z;
      } else {
        high = z;
      }
    }
    return w * f.derivative(high);
  }

  private static Statement<DrivenCase> avoids(ActivationFunction f) {
    return wide(
        f,
        "“regularization can avoid …”: a wide layer keeps more with 0.9·W",
        "section 2.2",
        "χ₁",
        "χ₁ with 0.9·σ_w",
        c -> Sides.of(c.fixedFactor(), c.times(SHRUNK, 1).fixedFactor()),
        "It keeps less in every case. Large weights make the gradient of a wide layer explode (proposition"
            + " 3), so that the penalty cures explosion, and makes vanishing worse.");
  }

  private static Statement<DrivenCase> falls(ActivationFunction f) {
    return wide(
        f,
        "χ₁ falls as W shrinks, whether the drive stays or shrinks as well",
        "proposition 10",
        "the larger χ₁ with 0.9·σ_w and σ_d or 0.9·σ_d",
        "χ₁",
        c ->
            Sides.of(
                Math.max(c.times(SHRUNK, 1).fixedFactor(), c.times(SHRUNK, SHRUNK).fixedFactor()),
                c.fixedFactor()),
        "d ln χ₁/d ln σ_w² ≥ (1 − a)/(1 − aφ) ≥ 0 with a = 1 − σ_d²/q* and φ = d ln E f²/d ln q; φ(1 − a)/(1 −"
            + " aφ) where both shrink. It needs R not to fall (proposition 4).");
  }

  private static Statement<DrivenCase> wide(
      ActivationFunction f,
      String text,
      String source,
      String left,
      String right,
      Function<DrivenCase, Sides> sides,
      String reason) {
    return new Statement<>(
        Topic.RECURRENT,
        f,
        false,
        text,
        source,
        left,
        right,
        Set.of("σ_w", "σ_d", "α"),
        new DrivenLayers(f, 2, false, FIXED_POINTS),
        sides,
        null,
        reason);
  }
}
