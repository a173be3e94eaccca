package org.unvanish.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Sides;

/**
 * The four properties of section 2.2. The limits among them are tried in the form of a rate that
 * implies them: no finite number of cases could try a limit itself.
 */
final class Properties {

  private static final String SOURCE = "section 2.2";

  private Properties() {}

  static List<Statement<ChainCase>> of(ActivationFunction f) {
    return List.of(
        property(
            f,
            "1, boundedness: |f(z)| ≤ 1",
            "|f(z)|",
            "1",
            Set.of("z"),
            new Arguments(f, false),
            c -> Sides.of(Math.abs(f.value(c.x)), 1),
            switch (f) {
              case TANH, LOGISTIC, SOFTSIGN -> "By definition.";
              case ARCTAN -> "It is bounded by π/2.";
              default -> "It is unbounded.";
            }),
        property(
            f,
            "2, rapidly vanishing derivatives: f′(z)·z → 0 for z → ±∞",
            "z²·f′(z), |z| ≥ 10",
            "1",
            Set.of("z"),
            new Arguments(f, true),
            c -> Sides.of(c.x * c.x * f.derivative(c.x), 1),
            switch (f) {
              case TANH, LOGISTIC -> "f′ falls exponentially.";
              case ARCTAN, SOFTSIGN ->
                  "f′(z) ≤ 1/z²; that is rapid enough here, not for theorem 1.";
              case LOG_SIGMOID -> "f′ → 1 for z → −∞.";
              default -> "f′ = 1 for z > 0.";
            }),
        property(
            f,
            "3, strictly positive limit: lim f(z) > 0 for z → ∞",
            "½",
            "f(z), z ≥ 10",
            Set.of("z"),
            new Arguments(f, true),
            c -> Sides.of(0.5, f.value(Math.abs(c.x))),
            switch (f) {
              case TANH, LOGISTIC, SOFTSIGN -> "The limit is 1.";
              case ARCTAN -> "The limit is π/2.";
              case LOG_SIGMOID -> "The limit is 0.";
              default -> "The limit is ∞.";
            }),
        property(
            f,
            "4, linearity at the origin: α·f(z/α) → a·z for α → ∞, a > 0",
            "|α·f(z/α) − f′(0)·z|",
            "2z²/α",
            Set.of("z", "α"),
            new Arguments(f, false),
            c -> {
              double scaled = c.alpha * f.value(c.x / c.alpha);
              return Sides.of(Math.abs(scaled - f.derivative(0) * c.x), 2 * c.x * c.x / c.alpha);
            },
            switch (f) {
              case TANH, ARCTAN, SOFTSIGN -> "|f(u) − u| ≤ u², so that a = 1.";
              case IDENTITY -> "It is linear.";
              case LOGISTIC -> "f(0) = ½: α·f(z/α) grows like α/2.";
              case LOG_SIGMOID -> "f(0) = −log 2: α·f(z/α) falls like −α·log 2.";
              case RELU -> "α·f(z/α) = max(z, 0), which is not linear.";
              default -> throw new IllegalArgumentException("the theory says nothing of " + f);
            }));
  }

  private static Statement<ChainCase> property(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<ChainCase> cases,
      Function<ChainCase, Sides> sides,
      String reason) {
    return new Statement<>(
        Topic.PROPERTIES,
        f,
        false,
        "property " + text,
        SOURCE,
        left,
        right,
        shown,
        cases,
        sides,
        null,
        reason);
  }

  /** Arguments z with a scale, all or only those far out. */
  private record Arguments(ActivationFunction function, boolean isFarOut)
      implements Statement.Cases<ChainCase> {

    @Override
    public List<ChainCase> grid() {
      List<ChainCase> cases = new ArrayList<>();
      double[] magnitudes =
          isFarOut ? new double[] {10, 100, 1e4} : new double[] {0.5, 1, 2, 5, 20};
      for (double magnitude : magnitudes) {
        for (double z : new double[] {magnitude, -magnitude}) {
          for (double alpha : new double[] {1, 10, 100, 1000}) {
            cases.add(of(z, alpha));
          }
        }
      }
      return cases;
    }

    @Override
    public ChainCase draw(RandomGenerator random) {
      double magnitude =
          isFarOut
              ? StrictMath.exp(random.nextDouble(2.303, 25))
              : StrictMath.exp(random.nextDouble(-5, 6));
      return of(
          random.nextBoolean() ? magnitude : -magnitude, StrictMath.exp(random.nextDouble(0, 14)));
    }

    private ChainCase of(double z, double alpha) {
      return new ChainCase(function, alpha, z, new double[] {1}, 1, 0.5, 0, 0);
    }
  }
}
