package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.unvanish.activation.ActivationFunction;

/** Cases within the hypotheses of theorem 1. */
record LargeParameters(ActivationFunction function, Penalty penalty)
    implements Statement.Cases<ChainCase> {

  /** How large r is. */
  enum Penalty {
    /** r = 0. */
    NONE,
    /** r ≥ |d|, as claim 2 assumes. */
    SUFFICIENT
  }

  private static final int LONGEST = 10;
  private static final double[] GRID_X = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 5};
  private static final double[] FACTORS = {1, 1.25, 1.5, 2, 4, 16};

  @Override
  public List<ChainCase> grid() {
    List<ChainCase> cases = new ArrayList<>();
    for (int length = 1; length <= 3; length++) {
      for (int percent = 5; percent < 100; percent += 5) {
        for (double magnitude : GRID_X) {
          for (double first : FACTORS) {
            for (double others : length == 1 ? new double[] {1} : FACTORS) {
              for (int sign : new int[] {1, -1}) {
                double t = percent / 100.0;
                double x = magnitude;
                // Two decimals, rounded up: numbers to calculate with by hand.
                double bound = ChainCase.theorem1Bound(x, t);
                double[] theta = new double[length];
                Arrays.fill(theta, Math.ceil(100 * others * bound) / 100);
                theta[0] = sign * Math.ceil(100 * first * bound) / 100;
                for (int k = 1; k <= length; k++) {
                  cases.add(complete(x, theta, k, t, 2 * sign, 1));
                }
              }
            }
          }
        }
      }
    }
    return cases;
  }

  @Override
  public ChainCase draw(RandomGenerator random) {
    int length = 1 + (int) (LONGEST * random.nextDouble() * random.nextDouble());
    double t =
        random.nextInt(4) == 0
            ? StrictMath.exp(random.nextDouble(-30, 0))
            : random.nextDouble(1e-4, 0.9999);
    double x = sign(random) * StrictMath.exp(random.nextDouble(-3, 3));
    double bound = ChainCase.theorem1Bound(x, t);
    double[] theta = new double[length];
    for (int i = 0; i < length; i++) {
      theta[i] = sign(random) * bound * factor(random);
    }
    double more = random.nextBoolean() ? 1 : StrictMath.exp(random.nextDouble(0, 3));
    return complete(x, theta, random.nextInt(1, length + 1), t, random.nextDouble(-3, 3), more);
  }

  @Override
  public double smallestT(
      Statement<ChainCase> statement, ChainCase violation, RandomGenerator random) {
    return new Descent(statement, violation, random).smallestT();
  }

  private ChainCase complete(double x, double[] theta, int k, double t, double y, double more) {
    ChainCase plain = new ChainCase(function, 1, x, theta, k, t, y, 0);
    return penalty == Penalty.NONE
        ? plain
        : plain.withPenalty(more * plain.loss().d().abs().toDouble());
  }

  /** The bound itself, somewhat more, or much more. */
  private static double factor(RandomGenerator random) {
    switch (random.nextInt(5)) {
      case 0, 1:
        return 1;
      case 2, 3:
        return StrictMath.exp(random.nextDouble());
      default:
        return StrictMath.exp(random.nextDouble(0, 8));
    }
  }

  private static double sign(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
