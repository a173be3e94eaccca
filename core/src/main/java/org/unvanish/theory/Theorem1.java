package org.unvanish.theory;

import static org.unvanish.activation.ActivationFunction.ARCTAN;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.Bracket;
import org.unvanish.theory.chain.Enclosure;
import org.unvanish.theory.chain.TheoremBounds;
import org.unvanish.theory.chain.TheoremThresholds;
import org.unvanish.theory.chain.WideNumber;

/** What theorem 1 and its proof say. Everywhere L = log(1/t), and |θⁱ| ≥ L/min(|x|, ½). */
final class Theorem1 {

  private static final String SOURCE = "theorem 1";
  private static final String PROOF = "proof of theorem 1";
  private static final Set<String> CLAIM = Set.of("l", "k", "x", "θ", "t", "y");
  private static final Set<String> CHAIN = Set.of("l", "k", "x", "θ", "t");

  /** Odd functions with f concave on the positive numbers: |θᵏ·∂g/∂θᵏ| ≤ max w·f′(w). */
  private static final String BOUND =
      "θᵏ·∂g/∂θᵏ = f(zˡ)·∏ zⁱf′(zⁱ)/f(zⁱ) (i = k … l) has no factor above 1, and so is at most M ="
          + " max w·f′(w) = ";

  private Theorem1() {}

  static List<Statement<ChainCase>> of(ActivationFunction f) {
    List<Statement<ChainCase>> statements = new ArrayList<>(List.of(claim1(f), claim2(f)));
    if (f == TANH) {
      statements.add(magnitude());
      statements.add(sign());
      statements.add(claim1ByFormula());
      statements.add(OneNeuron.shrinking());
      statements.addAll(steps());
    }
    return statements;
  }

  private static Statement<ChainCase> claim1(ActivationFunction f) {
    return new Statement<>(
        Topic.THEOREM1,
        f,
        false,
        "claim 1: |∂h/∂θᵏ| ≤ |d|·t",
        SOURCE,
        "|∂h/∂θᵏ|",
        "|d|·t",
        CLAIM,
        new LargeParameters(f, LargeParameters.Penalty.NONE),
        c -> new Sides(c.loss().dataGradient(c.k).abs(), c.loss().d().abs().times(c.t)),
        f == TANH
            ? new Condition<>(
                "t ≤ the larger root of t·log(1/t) = M/2, or |x| ≤ t·log(1/t)/M",
                TheoremThresholds.claim1(),
                c -> TheoremBounds.isClaim1True(c.x, c.t))
            : null,
        switch (f) {
          case TANH ->
              BOUND
                  + "0.4477. With |θᵏ| ≥ 2L that proves the claim where t·L ≥ M/2, which is from t ="
                  + " 0.0952 on; below it, |zⁱ| ≥ L and ½·sech²(L) ≤ t prove it. For larger t, l = 1"
                  + " with θ = 2L and θx = 0.7717 violates it.";
          case ARCTAN, SOFTSIGN ->
              "f′ falls like a power of z, and t = e^(−L) exponentially in |θ|: l = 1, x = ½, θ = 2L"
                  + " violates it for every small t.";
          default ->
              "f does not keep away from 0: θ¹x far below 0 makes f(θ¹x) tiny, and θ² can undo that;"
                  + " violated for every t.";
        });
  }

  private static Statement<ChainCase> claim2(ActivationFunction f) {
    Enclosure peak =
        switch (f) {
          case TANH -> TheoremThresholds.peak();
          case ARCTAN -> Enclosure.of(0.5);
          default -> Enclosure.of(0.25);
        };
    boolean concave = f == TANH || f == ARCTAN || f == SOFTSIGN;
    return new Statement<>(
        Topic.THEOREM1,
        f,
        false,
        "claim 2: |∂(h + penalty)/∂θᵏ| ≥ |d|·log(1/t)",
        SOURCE,
        "|d|·log(1/t)",
        "|∂(h + penalty)/∂θᵏ|",
        Set.of("l", "k", "x", "θ", "t", "y", "r"),
        new LargeParameters(f, LargeParameters.Penalty.SUFFICIENT),
        c -> new Sides(c.loss().d().abs().times(c.logT()), c.loss().totalGradient(c.k).abs()),
        concave ? claim2Condition(f, TheoremThresholds.claim2(peak)) : null,
        concave
            ? BOUND
                + String.format(Locale.ROOT, "%.4f", peak.low())
                + ". So the total gradient is at least |d|·(|θᵏ| − M/|θᵏ|) ≥ |d|·(2L − M/(2L)),"
                + " which is |d|·L or more just where L ≥ √(M/2). For larger t, l = 1 with θ = 2L"
                + " and z = θx where w·f′(w) is largest violates it."
            : "∂g/∂θᵏ is not bounded by |θᵏ| (see claim 1), and where the data gradient and the"
                + " penalty gradient have opposite signs they can cancel for every t.");
  }

  private static Condition<ChainCase> claim2Condition(ActivationFunction f, Bracket bracket) {
    return f == TANH
        ? new Condition<>(
            "t ≤ exp(−√(M/2)), or log(1/t) ≥ m·√(M/(1 − m)) with m = min{|x|, ½}",
            bracket,
            c -> TheoremBounds.isClaim2True(c.x, c.t))
        : Condition.largestT("t ≤ exp(−√(M/2))", bracket);
  }

  private static Statement<ChainCase> magnitude() {
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        false,
        "the printed derivative has the right magnitude",
        "section 2.1",
        "|printed − true| of ∂g/∂θᵏ",
        "10⁻⁹·|true|",
        Set.of("l", "k", "x", "θ"),
        new LargeParameters(TANH, LargeParameters.Penalty.NONE),
        c -> {
          WideNumber exact = c.pass().derivative(c.k);
          return new Sides(
              c.pass().paperDerivative(c.k).minus(exact).abs(), exact.abs().times(1e-9));
        },
        Condition.that("k ≥ 2 or x = 1", c -> c.k >= 2 || c.x == 1),
        "The factor f⁰ := 1 should be x; theorem 2's own limit has x there.");
  }

  private static Statement<ChainCase> sign() {
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        false,
        "the printed derivative of h(y − g) has the right sign (k ≥ 2)",
        "section 2.1",
        "|printed − true| of ∂h/∂θᵏ",
        "10⁻⁹·|true|",
        Set.of("l", "k", "x", "θ", "y"),
        new LargeParameters(TANH, LargeParameters.Penalty.NONE),
        c -> {
          if (c.k == 1) {
            return new Sides(WideNumber.ZERO, WideNumber.ZERO);
          }
          WideNumber exact = c.loss().dataGradient(c.k);
          WideNumber printed = c.loss().d().times(c.pass().paperDerivative(c.k));
          return new Sides(printed.minus(exact).abs(), exact.abs().times(1e-9));
        },
        null,
        "∂h(y − g)/∂θᵏ = −d·∂g/∂θᵏ. It does not matter under |·| alone, and does in the sum with"
            + " the penalty gradient; theorem 1 is safe, since it covers both signs of d.");
  }

  private static Statement<ChainCase> claim1ByFormula() {
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        false,
        "claim 1 with the printed derivative (f⁰ := 1)",
        SOURCE,
        "|printed ∂g/∂θᵏ|",
        "t",
        CHAIN,
        new LargeParameters(TANH, LargeParameters.Penalty.NONE),
        c -> new Sides(c.pass().paperDerivative(c.k).abs(), WideNumber.of(c.t)),
        Condition.largestT("4t ≤ (1 + t²)²", TheoremThresholds.paperFormula()),
        "For l = 1 and |x| ≤ ½ it says sech²(L) ≤ t, and sech²(L) = 4t²/(1 + t²)².");
  }

  private static List<Statement<ChainCase>> steps() {
    return List.of(
        step(
            "|fᵏ⁻¹| ≤ 1",
            "|fᵏ⁻¹|",
            "1",
            c -> new Sides(c.pass().signal(c.k - 1).abs(), WideNumber.ONE),
            Condition.that("k ≥ 2 or |x| ≤ 1", c -> c.k >= 2 || Math.abs(c.x) <= 1),
            "For k = 1 the factor is x, not f⁰ := 1."),
        step(
            "|f¹| ≥ tanh 1",
            "tanh 1",
            "|f¹|",
            c -> new Sides(WideNumber.of(StrictMath.tanh(1)), c.pass().signal(1).abs()),
            Condition.largestT("t ≤ 1/e", TheoremThresholds.firstNeuron()),
            "The assumption gives |θ¹x| ≥ L, and L ≥ 1 needs t ≤ 1/e."),
        step(
            "|fⁱ| ≥ ½ for all i ≥ 1",
            "½",
            "|fᵏ|",
            c -> new Sides(WideNumber.of(0.5), c.pass().signal(c.k).abs()),
            Condition.largestT("t ≤ 1/√3", TheoremThresholds.allNeurons()),
            "By induction |zⁱ| ≥ L as long as tanh L ≥ ½. The paper's |θⁱ| ≥ 2 needs t ≤ 1/e."),
        step(
            "|θᵏ| ≥ log(1/t)/(2|fᵏ⁻¹|)",
            "log(1/t)/(2|fᵏ⁻¹|)",
            "|θᵏ|",
            c ->
                new Sides(
                    WideNumber.of(c.logT() / 2).dividedBy(c.pass().signal(c.k - 1).abs()),
                    WideNumber.of(Math.abs(c.theta[c.k - 1]))),
            Condition.largestT("t ≤ 3/5", TheoremThresholds.quarter()),
            "|θᵏ| ≥ 2L gives it where |fᵏ⁻¹| ≥ ¼, so ½ is more than it needs. In long chains |fⁱ| sinks"
                + " towards the root of a = tanh(2L·a), which is ¼ for t = 3/5."),
        OneNeuron.deduction(),
        step(
            "|1 − (fᵏ)²| ≤ t",
            "|1 − (fᵏ)²|",
            "t",
            c -> new Sides(c.pass().slope(c.k), WideNumber.of(c.t)),
            Condition.largestT("4t ≤ (1 + t²)²", TheoremThresholds.paperFormula()),
            "By |θᵏ| ≥ 2L. With |zᵏ| = L it is 4t²/(1 + t²)² ≤ t. The factor |x| ≤ ½ of the true derivative makes"
                + " up for it when |x| is small."),
        step(
            "log(1/t)/(2|fⁱ|²) ≥ 1/(4|fⁱ|²), “t < 1 by assumption”",
            "½",
            "log(1/t)",
            c -> Sides.of(0.5, c.logT()),
            Condition.largestT("t ≤ e^(−1/2)", TheoremThresholds.halfLog()),
            "It is L ≥ ½, which t < 1 does not give."),
        step(
            "|θⁱ|/log|θⁱ| ≥ √|θⁱ|",
            "√|θᵏ|",
            "|θᵏ|/log|θᵏ|",
            c -> {
              double theta = Math.abs(c.theta[c.k - 1]);
              return theta == 1
                  ? new Sides(WideNumber.ZERO, WideNumber.ZERO)
                  : Sides.of(Math.sqrt(theta), theta / StrictMath.log(theta));
            },
            Condition.that("|θⁱ| > 1", c -> Math.abs(c.theta[c.k - 1]) > 1),
            "Above 1 it holds, as √v > log v; below 1 the logarithm is negative. |θⁱ| > 1 follows"
                + " where t < e^(−1/2)."),
        step(
            "|(1 − (fⁱ)²)·θⁱ| ≤ 1 for i ≥ 2",
            "|(1 − (fᵏ)²)·θᵏ|",
            "1",
            c ->
                c.k == 1
                    ? new Sides(WideNumber.ZERO, WideNumber.ONE)
                    : new Sides(c.pass().slope(c.k).times(c.theta[c.k - 1]).abs(), WideNumber.ONE),
            Condition.largestT("t ≤ exp(−artanh(M)/(2M))", TheoremThresholds.factor()),
            "It is w·sech² w/|fⁱ⁻¹| with w = |zⁱ|, so it holds where |fⁱ⁻¹| ≥ M = 0.4477, the"
                + " maximum of w·sech² w; in long chains |fⁱ| sinks towards the root of a ="
                + " tanh(2L·a)."),
        step(
            "claim 2 “follows readily” from claim 1",
            "t",
            "log(1/t)",
            c -> Sides.of(c.t, c.logT()),
            Condition.largestT("t ≤ log(1/t)", TheoremThresholds.omega()),
            "The proof's bound r|θᵏ| − |d|·t ≥ |d|·(2L − t) is |d|·L only where L ≥ t. The claim itself"
                + " holds further: see claim 2."));
  }

  private static Statement<ChainCase> step(
      String text,
      String left,
      String right,
      Function<ChainCase, Sides> sides,
      Condition<ChainCase> condition,
      String reason) {
    return new Statement<>(
        Topic.THEOREM1,
        TANH,
        true,
        text,
        PROOF,
        left,
        right,
        CHAIN,
        new LargeParameters(TANH, LargeParameters.Penalty.NONE),
        sides,
        condition,
        reason);
  }
}
