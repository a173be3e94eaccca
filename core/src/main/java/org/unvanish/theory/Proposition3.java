package org.unvanish.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.WideNetworks.Biases;
import org.unvanish.theory.WideNetworks.Gains;
import org.unvanish.theory.chain.WideNumber;

/** In a wide network the gradient vanishes only where the signal does. */
final class Proposition3 {

  private static final int MAPS = 200;
  private static final int RECURSIONS = 800;
  private static final int FIXED_POINTS = 400;
  private static final int LAYERS = 12;

  private Proposition3() {}

  static List<Statement<FieldCase>> of(ActivationFunction f) {
    List<Statement<FieldCase>> statements = new ArrayList<>(List.of(inequality(f), stack(f)));
    if (WideFunctions.ODD.contains(f)) {
      statements.add(aboveOne(f));
    }
    if (WideFunctions.SATURATING.contains(f)) {
      statements.add(correlation(f));
    }
    return statements;
  }

  private static Statement<FieldCase> inequality(ActivationFunction f) {
    return statement(
        f,
        "q·χ(q) ≥ V(q) − σ_b² − σ_w²·(E f)²",
        "V(q) − σ_b² − σ_w²·(E f)²",
        "q·χ(q)",
        Set.of("σ_w", "σ_b", "q", "α"),
        new WideNetworks(f, Gains.ANY, Biases.ANY, 2, MAPS),
        c -> {
          VarianceMap map = c.map();
          double mean = c.sigmaW() * map.mean(c.q());
          double biases = c.sigmaB() * c.sigmaB();
          return Sides.of(map.variance(c.q()) - biases - mean * mean, c.q() * map.factor(c.q()));
        },
        "Poincaré's inequality: in Hermite polynomials E f² = Σ f_k² and q·E f′² = Σ k·f_k², so that"
            + " only k = 0, the mean, can make E f² the larger.");
  }

  private static Statement<FieldCase> stack(ActivationFunction f) {
    boolean isCentred = f.value(0) == 0;
    return statement(
        f,
        "without biases G ≥ qᴸ/q¹",
        "qᴸ/q¹",
        "G",
        Set.of("L", "σ_w", "q", "α"),
        new WideNetworks(f, Gains.ANY, Biases.NONE, LAYERS, RECURSIONS),
        c -> new Sides(WideNumber.of(c.lastVariance()).dividedBy(WideNumber.of(c.q())), c.energy()),
        isCentred
            ? "χ(qˡ) ≥ qˡ⁺¹/qˡ in each layer: for odd f by the inequality above, for relu and the"
                + " identity as an equality. The gradient vanishes only with the signal."
            : "E f ≠ 0: a signal that is the same for all inputs is kept while the gradient vanishes.");
  }

  private static Statement<FieldCase> aboveOne(ActivationFunction f) {
    return statement(
        f,
        "without biases χ₁ > 1 at every q* > 0",
        "1",
        "χ₁",
        Set.of("σ_w", "α"),
        new WideNetworks(f, Gains.LARGE, Biases.NONE, 2, FIXED_POINTS),
        c -> Sides.strict(WideNumber.ONE, WideNumber.of(c.fixedFactor())),
        "At V(q*) = q* the inequality says χ₁ ≥ 1, with equality for linear f alone. Large weights make"
            + " the gradient of a wide network explode.");
  }

  private static Statement<FieldCase> correlation(ActivationFunction f) {
    return statement(
        f,
        "χ₁ ≥ 1 − C(0)",
        "1 − C(0)",
        "χ₁",
        Set.of("σ_w", "σ_b", "α"),
        new WideNetworks(f, Gains.ANY, Biases.SOME, 2, FIXED_POINTS),
        c -> {
          VarianceMap map = c.map();
          double q = map.fixedVariance();
          return Sides.of(1 - map.correlation(q, 0), map.factor(q));
        },
        "The inequality at q*, divided by q*: what is the same for all inputs is q*·C(0) = σ_b² +"
            + " σ_w²·(E f)².");
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
        Topic.PROPOSITION3,
        f,
        false,
        text,
        "proposition 3",
        left,
        right,
        shown,
        cases,
        sides,
        null,
        reason);
  }
}
