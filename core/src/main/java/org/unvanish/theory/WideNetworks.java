package org.unvanish.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.unvanish.activation.ActivationFunction;

/**
 * Draws wide networks.
 *
 * @param gains how large σ_w·max|f′| is
 * @param biases whether there are any
 * @param layers the largest number of layers
 * @param cost how many of a chain's cases one of these takes as long as
 */
record WideNetworks(ActivationFunction function, Gains gains, Biases biases, int layers, int cost)
    implements Statement.Cases<FieldCase> {

  /** How large σ_w·max|f′| is: where f is linear and there are no biases, 1 is critical. */
  enum Gains {
    /** Below 1. */
    SMALL(-1.5, -0.05),
    /** 1. */
    ONE(0, 0),
    /** Above 1. */
    LARGE(0.05, 1.5),
    /** Below 1, 1 or above 1. */
    ANY(-1.5, 1.5);

    private final double least;
    private final double most;

    Gains(double least, double most) {
      this.least = least;
      this.most = most;
    }

    /** ANY keeps away from 1, but for 1 itself: near to it nothing changes within few layers. */
    private double draw(RandomGenerator random) {
      return switch (this) {
        case ONE -> 1;
        case SMALL, LARGE -> StrictMath.exp(random.nextDouble(least, most));
        case ANY -> (new Gains[] {SMALL, ONE, LARGE})[random.nextInt(3)].draw(random);
      };
    }

    private boolean includes(double gain) {
      double log = StrictMath.log(gain);
      return least <= log && log <= most;
    }
  }

  /** Whether there are biases. */
  enum Biases {
    /** σ_b = 0. */
    NONE,
    /** σ_b > 0. */
    SOME,
    /** Both. */
    ANY
  }

  @Override
  public List<FieldCase> grid() {
    List<FieldCase> cases = new ArrayList<>();
    for (double gain : new double[] {0.8, 1, 1.5, 4}) {
      for (double sigmaB : new double[] {0, 0.3}) {
        boolean isWanted = biases == Biases.ANY || (sigmaB > 0) == (biases == Biases.SOME);
        if (isWanted && gains.includes(gain)) {
          double sigmaW = gain / function.steepest();
          cases.add(new FieldCase(function, 2, sigmaW, sigmaB, 1, Math.min(layers, 3), 8));
        }
      }
    }
    return cases;
  }

  @Override
  public FieldCase draw(RandomGenerator random) {
    boolean isBiased = biases == Biases.SOME || (biases == Biases.ANY && random.nextBoolean());
    return new FieldCase(
        function,
        StrictMath.exp(random.nextDouble(0.1, 4)),
        gains.draw(random) / function.steepest(),
        isBiased ? StrictMath.exp(random.nextDouble(-4, 1)) : 0,
        StrictMath.exp(random.nextDouble(-6, 6)),
        random.nextInt(2, Math.max(3, layers + 1)),
        random.nextInt(1, 201));
  }
}
