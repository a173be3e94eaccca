package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;

/**
 * What holds for narrow layers and not for wide ones: the paper's chain is a network of width 1.
 */
final class Widths {

  private static final int TYPICAL = 400;

  private Widths() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    return f == TANH ? List.of(jensen(f), chain(), largeParameters()) : of(f, jensen(f));
  }

  private static List<Statement<FieldCase>> of(ActivationFunction f, Statement<FieldCase> only) {
    return WideFunctions.SATURATING.contains(f) ? List.of(only) : List.of();
  }

  private static Statement<FieldCase> jensen(ActivationFunction f) {
    return statement(
        f,
        "a layer's typical factor is below its mean one: E ln S ≤ ln χ",
        "width",
        "e^(E ln S)",
        "χ(q)",
        Set.of("n", "σ_w", "q", "α"),
        new WideNetworks(f, Gains.ANY, Biases.NONE, 2, TYPICAL),
        c -> Sides.of(typical(c), c.map().factor(c.q())),
        null,
        "Jensen's inequality, as E S = χ. The difference is about 1/n and more where f′ varies.");
  }

  private static Statement<FieldCase> chain() {
    return statement(
        TANH,
        "with σ_w = 1.5 the gradient typically vanishes, as in theorem 2",
        "section 2.3",
        "e^(E ln S) at q*",
        "1",
        Set.of("n", "σ_w"),
        byWidth(n -> gain(n, 1.5, 1)),
        c -> {
          double q = c.map().fixedVariance();
          return Sides.of(typical(c.withVariance(q)), 1);
        },
        Condition.that("n ≤ 13", c -> c.units() <= 13),
        "χ₁ = 1.1393 in wide layers; a chain, n = 1, has no other neurons to make up for one that is"
            + " saturated.");
  }

  private static Statement<FieldCase> largeParameters() {
    return statement(
        TANH,
        "large parameters (uniform ±10) typically make it vanish",
        "section 2.1",
        "e^(E ln S) at q*",
        "1",
        Set.of("n", "σ_w"),
        byWidth(n -> gain(n, 10 * Math.sqrt(n / 3.0), 1)),
        c -> {
          double q = c.map().fixedVariance();
          return Sides.of(typical(c.withVariance(q)), 1);
        },
        Condition.that("n ≤ 34", c -> c.units() <= 34),
        "σ_w = 10·√(n/3). Among many units some are not saturated, and their large weights carry the gradient:"
            + " it explodes.");
  }

  private static double typical(FieldCase c) {
    TypicalFactor factor =
        TypicalFactor.of(Activation.scaled(c.function(), c.alpha()), c.sigmaW(), c.q(), c.units());
    return StrictMath.exp(factor.mean());
  }

  private static FieldCase gain(int units, double sigmaW, double q) {
    return new FieldCase(TANH, 1, sigmaW, 0, q, 2, units);
  }

  /** Widths up to 200; the grid has those at which something changes. */
  private static Statement.Cases<FieldCase> byWidth(IntFunction<FieldCase> of) {
    return new Statement.Cases<>() {
      @Override
      public List<FieldCase> grid() {
        List<FieldCase> cases = new ArrayList<>();
        for (int n : new int[] {1, 2, 4, 8, 13, 14, 15, 16, 24, 32, 33, 34, 35, 36, 64, 128}) {
          cases.add(of.apply(n));
        }
        return cases;
      }

      @Override
      public FieldCase draw(RandomGenerator random) {
        return of.apply(random.nextInt(1, 201));
      }

      @Override
      public int cost() {
        return TYPICAL;
      }
    };
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
        Topic.WIDTH, f, false, text, source, left, right, shown, cases, sides, condition, reason);
  }
}
