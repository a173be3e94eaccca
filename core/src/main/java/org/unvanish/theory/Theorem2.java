package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.TheoremBounds;
import org.unvanish.theory.chain.WideNumber;

/** What theorem 2 and its proof say: |x| = |θ¹| = … = |θˡ| = 1.5. */
final class Theorem2 {

  private static final String SOURCE = "theorem 2";
  private static final String PROOF = "proof of theorem 2";
  private static final Set<String> SHOWN = Set.of("l", "k", "x", "θ");

  /** Far out, so that what is left to the limit is below rounding for every f, softsign too. */
  private static final double LIMIT_ALPHA = 1e25;

  private Theorem2() {}

  static List<Statement<ChainCase>> of(ActivationFunction f) {
    List<Statement<ChainCase>> statements =
        new ArrayList<>(List.of(bound(f), limit(f), OneNeuron.steeper(f)));
    if (f == TANH) {
      statements.add(limitByFormula());
      statements.add(avoided());
      statements.add(
          step(
              "|fᵏ⁻¹| ≤ 1",
              "|fᵏ⁻¹|",
              "1",
              c -> new Sides(c.pass().signal(c.k - 1).abs(), WideNumber.ONE),
              Condition.that("k ≥ 2", c -> c.k >= 2),
              "For k = 1 the factor is x = 1.5, not f⁰ := 1. The last step makes up for it."));
      statements.add(
          step(
              "|fⁱ| ≥ tanh 1.3 for all i",
              "tanh 1.3",
              "|fᵏ|",
              c -> new Sides(WideNumber.of(StrictMath.tanh(1.3)), c.pass().signal(c.k).abs()),
              Condition.that("i ≤ 4", c -> c.k <= 4),
              "|fⁱ| sinks towards 0.8586, the root of a = tanh(1.5·a), which is below tanh 1.3 ="
                  + " 0.8617. The proof needs less: see the next step."));
      statements.add(
          step(
              "|1 − (fⁱ)²| ≤ 1/(2·1.5)",
              "|1 − (fᵏ)²|",
              "1/3",
              c -> new Sides(c.pass().slope(c.k), WideNumber.of(1 / 3.0)),
              null,
              "|fⁱ| ≥ 0.8586 by induction, and 1 − 0.8586² = 0.2628. This closes the gap in the step before, and"
                  + " with |x| = 1.5 also the factor f⁰ := 1."));
    }
    return statements;
  }

  private static Statement<ChainCase> bound(ActivationFunction f) {
    return new Statement<>(
        Topic.THEOREM2,
        f,
        false,
        "the bound: |∂h/∂θᵏ| ≤ |d|/2^(l−k+1) for α = 1",
        SOURCE,
        "|∂g/∂θᵏ|",
        "1/2^(l−k+1)",
        SHOWN,
        new ManyLayers(f, 1),
        c -> new Sides(c.pass().derivative(c.k).abs(), TheoremBounds.manyLayers(c.length(), c.k)),
        null,
        switch (f) {
          case TANH ->
              "Each factor 1.5·(1 − (fⁱ)²) is at most 1.5·0.2628 = 0.394 (see the proof's steps).";
          case LOGISTIC -> "f′ ≤ ¼ makes each factor at most 1.5/4 = 0.375.";
          case ARCTAN ->
              "|fⁱ| sinks towards 0.9674, the root of a = arctan(1.5·a), where the factor is 0.483.";
          case SOFTSIGN ->
              "|fⁱ| sinks towards ⅓, where the factor is 1.5/(1 + ½)² = ⅔ > ½: gradients vanish more"
                  + " slowly than the bound says.";
          default -> "f has slopes of nearly 1.";
        });
  }

  private static Statement<ChainCase> limit(ActivationFunction f) {
    return new Statement<>(
        Topic.THEOREM2,
        f,
        false,
        "the limit: |∂h/∂θᵏ| → |d|·1.5^(l−1)·|x| for α → ∞",
        SOURCE,
        "| |∂g/∂θᵏ| − 1.5^l | at α = 1e25",
        "10⁻⁹·1.5^l",
        SHOWN,
        new ManyLayers(f, LIMIT_ALPHA),
        c -> distance(c, c.pass().derivative(c.k)),
        null,
        f.value(0) == 0
            ? "f(0) = 0 and f′(0) = 1: f_α(z) → z and f_α′(z) → 1. The d on the right is the limit's,"
                + " h′(y − θ¹⋯θˡ·x), not that of α = 1."
            : "f(0) ≠ 0: f_α(0) = α·f(0) grows with α instead of vanishing, and f′(0) is ¼ or ½"
                + " instead of 1.");
  }

  private static Statement<ChainCase> limitByFormula() {
    return new Statement<>(
        Topic.THEOREM2,
        TANH,
        false,
        "the limit of the printed derivative (f⁰_α := 1)",
        "section 2.3",
        "| |printed ∂g/∂θᵏ| − 1.5^l | at α = 1e25",
        "10⁻⁹·1.5^l",
        SHOWN,
        new ManyLayers(TANH, LIMIT_ALPHA),
        c -> distance(c, c.pass().paperDerivative(c.k)),
        Condition.that("k ≥ 2", c -> c.k >= 2),
        "For k = 1 the printed factor is α·f⁰_α = α, which has no limit; it should be α·(x/α) = x.");
  }

  private static Statement<ChainCase> avoided() {
    return new Statement<>(
        Topic.THEOREM2,
        TANH,
        false,
        "“this behavior is avoided with larger α”: above the bound for α = 2",
        "section 2.3",
        "1/2^(l−k+1)",
        "|∂g/∂θᵏ| for α = 2",
        SHOWN,
        new ManyLayers(TANH, 2),
        c -> new Sides(TheoremBounds.manyLayers(c.length(), c.k), c.pass().derivative(c.k).abs()),
        null,
        "fⁱ_α obeys the same recursion a = tanh(1.5·a) for every α and sinks to the same 0.8586, so"
            + " that far from the input each factor is 0.394 again: a fixed α delays vanishing by"
            + " some log(α)/log(1.5) neurons, and depth wins.");
  }

  private static Sides distance(ChainCase c, WideNumber derivative) {
    WideNumber limit = WideNumber.of(StrictMath.pow(1.5, c.length()));
    return new Sides(derivative.abs().minus(limit).abs(), limit.times(1e-9));
  }

  private static Statement<ChainCase> step(
      String text,
      String left,
      String right,
      Function<ChainCase, Sides> sides,
      @Nullable Condition<ChainCase> condition,
      String reason) {
    return new Statement<>(
        Topic.THEOREM2,
        TANH,
        true,
        text,
        PROOF,
        left,
        right,
        SHOWN,
        new ManyLayers(TANH, 1),
        sides,
        condition,
        reason);
  }

  /** Chains of up to 40 neurons, on the grid with positive signs. */
  private record ManyLayers(ActivationFunction function, double alpha)
      implements Statement.Cases<ChainCase> {

    private static final int LONGEST = 40;

    @Override
    public List<ChainCase> grid() {
      List<ChainCase> cases = new ArrayList<>();
      for (int length = 1; length <= LONGEST; length++) {
        double[] theta = new double[length];
        Arrays.fill(theta, 1.5);
        for (int k = 1; k <= length; k++) {
          cases.add(new ChainCase(function, alpha, 1.5, theta, k, 0.5, 0, 0));
        }
      }
      return cases;
    }

    @Override
    public ChainCase draw(RandomGenerator random) {
      double[] theta = new double[1 + (int) (LONGEST * random.nextDouble() * random.nextDouble())];
      Arrays.setAll(theta, i -> random.nextBoolean() ? 1.5 : -1.5);
      double x = random.nextBoolean() ? 1.5 : -1.5;
      return new ChainCase(
          function, alpha, x, theta, random.nextInt(1, theta.length + 1), 0.5, 0, 0);
    }
  }
}
