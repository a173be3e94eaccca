package org.unvanish.theory;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Lowers t from one violation of a statement of theorem 1's kind to others, by small changes.
 *
 * <p>A violation just above the largest t for which the statement holds has no room left: t alone
 * would stay where it is. So changes of the chain are taken where they make the violation larger,
 * among them further neurons, and t is lowered by what that gains.
 */
final class Descent {

  private static final int STEPS = 8000;
  private static final int LONGEST = 200;

  private final Statement<ChainCase> statement;
  private final RandomGenerator random;
  private Place best;
  private double excess;

  Descent(Statement<ChainCase> statement, ChainCase start, RandomGenerator random) {
    this.statement = statement;
    this.random = random;
    best = Place.of(start);
    excess = excess(best);
  }

  /** The smallest t reached. */
  double smallestT() {
    for (int n = 0; n < STEPS; n++) {
      double size = StrictMath.pow(10, -1 - n % 7);
      if (n % 4 == 0) {
        lowerT(size);
      } else if (n % 4 == 1 && best.multiples.length < LONGEST) {
        tryOut(best.longer(random));
      } else if (n % 4 == 2) {
        tryOut(best.withX(best.x * (1 + size * random.nextDouble(-1, 1))));
      } else {
        tryOut(best.withOtherParameter(size, random));
      }
    }
    return best.t;
  }

  private void lowerT(double size) {
    Place lower = best.withT(best.t * (1 - size * random.nextDouble()));
    if (statement.sides().apply(lower.chain()).isViolated()) {
      best = lower;
      excess = excess(lower);
    }
  }

  private void tryOut(Place other) {
    double otherExcess = excess(other);
    if (otherExcess > excess) {
      best = other;
      excess = otherExcess;
    }
  }

  /** By how much the left side exceeds the right one, as a logarithm of their ratio. */
  private double excess(Place place) {
    Statement.Sides sides = statement.sides().apply(place.chain());
    return sides.left().log() - sides.right().log();
  }

  /**
   * A chain by its parameters' multiples of the smallest that theorem 1 allows, so that it stays
   * within the hypotheses when t or x change.
   */
  private record Place(ChainCase origin, double t, double x, double[] multiples, int k) {

    static Place of(ChainCase c) {
      double bound = ChainCase.theorem1Bound(c.x, c.t);
      double[] multiples = Arrays.stream(c.theta).map(theta -> allowed(theta / bound)).toArray();
      return new Place(c, c.t, c.x, multiples, c.k);
    }

    ChainCase chain() {
      double bound = ChainCase.theorem1Bound(x, t);
      double[] theta = Arrays.stream(multiples).map(multiple -> multiple * bound).toArray();
      ChainCase plain = new ChainCase(origin.function, 1, x, theta, k, t, origin.y, 0);
      return origin.r > 0 ? plain.withPenalty(plain.loss().d().abs().toDouble()) : plain;
    }

    Place withT(double other) {
      return new Place(origin, other, x, multiples, k);
    }

    Place withX(double other) {
      return new Place(origin, t, other, multiples, k);
    }

    /** One parameter somewhat larger or smaller, or the smallest that is allowed. */
    Place withOtherParameter(double size, RandomGenerator random) {
      double[] others = multiples.clone();
      int i = random.nextInt(others.length);
      double factor = random.nextBoolean() ? 0 : 1 + size * random.nextDouble(-1, 1);
      others[i] = allowed(others[i] * factor);
      return new Place(origin, t, x, others, k);
    }

    /** One more neuron, with the smallest parameter that is allowed, before or behind the kth. */
    Place longer(RandomGenerator random) {
      int at = random.nextInt(multiples.length + 1);
      double[] others = Arrays.copyOf(multiples, multiples.length + 1);
      System.arraycopy(multiples, at, others, at + 1, multiples.length - at);
      others[at] = 1;
      return new Place(origin, t, x, others, at < k ? k + 1 : k);
    }

    private static double allowed(double multiple) {
      return Math.copySign(Math.max(1, Math.abs(multiple)), multiple);
    }
  }
}
