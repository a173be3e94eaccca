package org.unvanish.theory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.network.ScaledNetwork;
import org.unvanish.theory.network.SmallNetwork;
import org.unvanish.theory.network.UpdateRule;

/**
 * Draws small networks: their shape, weights, factors and samples. Half of the factors are powers
 * of two, with which nothing is rounded.
 *
 * @param shape draws what the network is made of
 * @param factors how the factors of its places are drawn
 * @param steps how many samples there are, one for each step of a training
 * @param cost how many of a chain's cases one of these takes as long as
 */
record SmallNetworks(
    ActivationFunction function,
    Function<RandomGenerator, SmallNetwork> shape,
    Factors factors,
    int steps,
    int cost)
    implements Statement.Cases<NetworkCase> {

  /** What the activations' factors are. */
  enum Factors {
    /** outer = α and inner = 1/α, with one α for all places. */
    ONE_ALPHA,
    /** outer = α and inner = 1/α, with an α of its own at each place. */
    ALPHA_BY_PLACE,
    /** Any outer and inner, the same for all places. */
    OUTER_AND_INNER
  }

  private static final int GRID = 12;
  private static final int SEEDS = 60;

  /** The smallest of some draws whose factors are powers of two, with round numbers. */
  @Override
  public List<NetworkCase> grid() {
    return IntStream.range(0, SEEDS)
        .mapToObj(n -> draw(new SplittableRandom(n)))
        .filter(NetworkCase::isExact)
        .sorted(Comparator.comparingInt(c -> c.network().parameters().length))
        .limit(GRID)
        .map(NetworkCase::rounded)
        .toList();
  }

  @Override
  public NetworkCase draw(RandomGenerator random) {
    SmallNetwork network = shape.apply(random);
    boolean isExact = random.nextBoolean();
    double[] outer = new double[network.places()];
    double[] inner = new double[network.places()];
    double alpha = factor(isExact, random);
    double second = factor(isExact, random);
    for (int p = 0; p < outer.length; p++) {
      boolean isNew = factors == Factors.ALPHA_BY_PLACE && p > 0;
      outer[p] = isNew ? factor(isExact, random) : alpha;
      inner[p] = factors == Factors.OUTER_AND_INNER ? second : 1 / outer[p];
    }
    double penalty = random.nextBoolean() ? 0 : StrictMath.exp(random.nextDouble(-7, -1));
    // Steps so small that no training diverges, which would blow rounding up.
    double rate = StrictMath.exp(random.nextDouble(-6, -2)) / (1 + alpha * alpha);
    UpdateRule rule = new UpdateRule(rate, 0x1p-10, penalty);
    double[] parameters = vector(network.parameterCount(), size(random), random);
    double inputs = size(random);
    double[][] x = new double[steps][];
    double[][] y = new double[steps][];
    ScaledNetwork scaled =
        new ScaledNetwork(network, function, outer, inner, 1, 1, parameters, rule, rule);
    for (int n = 0; n < steps; n++) {
      x[n] = vector(network.inputs(), inputs, random);
      y[n] = vector(scaled.output(x[n]).length, inputs, random);
    }
    return new NetworkCase(scaled, alpha, x, y);
  }

  @Override
  public int cost() {
    return cost;
  }

  private static double factor(boolean isExact, RandomGenerator random) {
    return isExact
        ? Math.scalb(1.0, random.nextInt(-4, 7))
        : StrictMath.exp(random.nextDouble(-3, 4));
  }

  private double size(RandomGenerator random) {
    return StrictMath.exp(random.nextDouble(-2, steps > 1 ? 0 : 2));
  }

  private static double[] vector(int length, double size, RandomGenerator random) {
    double[] vector = new double[length];
    Arrays.setAll(vector, i -> size * random.nextDouble(-1, 1));
    return vector;
  }
}
