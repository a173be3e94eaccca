package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.LOG_SIGMOID;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.WideNumber;

/** What the paper says of a single neuron's derivative, on the way to the theorems. */
final class OneNeuron {

  private OneNeuron() {}

  /**
   * A limit, tried as the rate 1/√z. That is slower than the truth, so that it holds from 1/v⁴ on:
   * u²·sech² u ≤ 0.44 with u = v·z gives z·sech² u ≤ 0.44/(v²·z).
   */
  static Statement<ChainCase> shrinking() {
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        false,
        "(1 − f²(v·z))·z → 0 for z → ∞ and any fixed v",
        "section 2.1",
        "|(1 − f²(v·z))·z|",
        "1/√z",
        Set.of("z", "v"),
        cases(
            List.of(multiple(100, 0), multiple(100, 0.5), multiple(100, -1)),
            random -> {
              double v =
                  random.nextInt(8) == 0
                      ? 0
                      : sign(random) * StrictMath.exp(random.nextDouble(-5, 3));
              double from = v == 0 ? 1 : Math.max(1, 1 / (v * v * v * v));
              return multiple(from * StrictMath.exp(random.nextDouble(0, 8)), v);
            }),
        c -> new Sides(c.pass().slope(1).times(c.x), WideNumber.of(1 / Math.sqrt(Math.abs(c.x)))),
        Condition.that("v ≠ 0", c -> c.theta[0] != 0),
        "For v ≠ 0, f′ falls exponentially in |v·z|; what was tried is the slower rate 1/√z, for z ≥"
            + " max{1, 1/v⁴}. For v = 0, f′ is 1, and the product is z.");
  }

  /** Theorem 1's proof, from its bound on |θᵏ| to what it needs. */
  static Statement<ChainCase> deduction() {
    List<ChainCase> grid = new ArrayList<>();
    for (int percent = 50; percent > 0; percent -= 5) {
      grid.add(saturated(percent / 100.0, 1));
    }
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        true,
        "|1 − (fᵏ)²| ≤ t by |θᵏ| ≥ log(1/t)/(2|fᵏ⁻¹|) alone",
        "proof of theorem 1",
        "1 − f²(z), |z| ≥ log(1/t)/2",
        "t",
        Set.of("t", "z"),
        cases(
            grid,
            random ->
                saturated(
                    random.nextDouble(1e-4, 0.9999), StrictMath.exp(random.nextDouble(0, 2)))),
        c -> new Sides(c.pass().slope(1), WideNumber.of(c.t)),
        null,
        "That bound is the last line before the proof turns to 1 − (fᵏ)². It gives |zᵏ| ≥ L/2, and"
            + " sech²(L/2) = 4t/(1 + t)² is above t for every t < 1. The assumption |θᵏ| ≥ 2L gives"
            + " more: see the next step.");
  }

  static Statement<ChainCase> steeper(ActivationFunction f) {
    List<ChainCase> grid = new ArrayList<>();
    for (double z : new double[] {0, 0.5, -0.5, 1, -1, 2, -2}) {
      grid.add(scaled(f, z, 2));
    }
    boolean oneSided = f == LOG_SIGMOID;
    return new Statement<>(
        Topic.THEOREM2,
        f,
        false,
        "f_α′(z) > f′(z) for α > 1",
        "section 2.3",
        "f′(z)",
        "f_α′(z)",
        Set.of("z", "α"),
        cases(
            grid,
            random ->
                scaled(
                    f,
                    sign(random) * StrictMath.exp(random.nextDouble(-4, 4)),
                    1 + StrictMath.exp(random.nextDouble(-4, 8)))),
        c ->
            Sides.strict(
                new ChainNetwork(Activation.of(f), c.theta).at(c.x).slope(1), c.pass().slope(1)),
        Condition.that(oneSided ? "z > 0" : "z ≠ 0", c -> oneSided ? c.x > 0 : c.x != 0),
        oneSided
            ? "f_α′(z) = f′(z/α), and f′ falls from 1 to 0 as z grows: for z < 0 scaling makes it less."
            : "f_α′(z) = f′(z/α), and f′ falls with |z|. At z = 0 the two are equal.");
  }

  private static ChainCase multiple(double z, double v) {
    return new ChainCase(TANH, 1, z, new double[] {v}, 1, 0.5, 0, 0);
  }

  /** Just as far out as the bound says, or that many times. */
  private static ChainCase saturated(double t, double factor) {
    double bound = -StrictMath.log(t) / 2;
    // Two decimals, rounded up: numbers to calculate with by hand.
    double z = factor == 1 ? Math.ceil(100 * bound) / 100 : bound * factor;
    return new ChainCase(TANH, 1, z, new double[] {1}, 1, t, 0, 0);
  }

  private static ChainCase scaled(ActivationFunction f, double z, double alpha) {
    return new ChainCase(f, alpha, z, new double[] {1}, 1, 0.5, 0, 0);
  }

  private static double sign(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }

  private static Statement.Cases<ChainCase> cases(
      List<ChainCase> grid, Function<RandomGenerator, ChainCase> draw) {
    return new Statement.Cases<ChainCase>() {
      @Override
      public List<ChainCase> grid() {
        return grid;
      }

      @Override
      public ChainCase draw(RandomGenerator random) {
        return draw.apply(random);
      }
    };
  }
}
