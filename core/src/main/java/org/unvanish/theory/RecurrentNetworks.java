package org.unvanish.theory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.unvanish.activation.ActivationFunction;

/**
 * Simple recurrent networks with a sequence each.
 *
 * @param grid simple ones
 * @param random draws one
 * @param cost how many of a chain's cases one of these takes as long as
 */
record RecurrentNetworks(
    List<RecurrentCase> grid, Function<RandomGenerator, RecurrentCase> random, int cost)
    implements Statement.Cases<RecurrentCase> {

  private static final int MOST_UNITS = 4;
  private static final int MOST_FEATURES = 3;
  private static final int MOST_STEPS = 6;
  private static final int GRID = 12;
  private static final int SEEDS = 60;

  @Override
  public RecurrentCase draw(RandomGenerator generator) {
    return random.apply(generator);
  }

  /**
   * Any networks, on the grid the smallest of some draws, with round numbers.
   *
   * @param mostSize ln of the largest magnitude that a number has
   */
  static RecurrentNetworks any(ActivationFunction function, double mostSize, int cost) {
    List<RecurrentCase> grid =
        IntStream.range(0, SEEDS)
            .mapToObj(n -> any(function, mostSize, new SplittableRandom(n)))
            .filter(c -> Rounding.isPowerOfTwo(c.alpha()))
            .sorted(Comparator.comparingInt(RecurrentCase::size))
            .limit(GRID)
            .map(RecurrentCase::rounded)
            .toList();
    return new RecurrentNetworks(grid, random -> any(function, mostSize, random), cost);
  }

  /**
   * Any network. Half of them have an α that is a power of two, half have no negative number, half
   * have no drive after the first step.
   */
  private static RecurrentCase any(
      ActivationFunction function, double mostSize, RandomGenerator random) {
    int units = random.nextInt(1, MOST_UNITS + 1);
    int features = random.nextInt(1, MOST_FEATURES + 1);
    int steps = random.nextInt(1, MOST_STEPS + 1);
    double alpha =
        random.nextBoolean()
            ? Math.scalb(1.0, random.nextInt(-4, 7))
            : StrictMath.exp(random.nextDouble(-2, 4));
    double least = random.nextBoolean() ? 0 : -1;
    boolean isDriven = random.nextBoolean();
    double[][] x = matrix(steps, features, least, mostSize, random);
    for (int t = 1; t < steps && !isDriven; t++) {
      Arrays.fill(x[t], 0);
    }
    return RecurrentCase.of(
        function,
        alpha,
        matrix(units, units, least, mostSize, random),
        matrix(units, features, least, mostSize, random),
        isDriven ? vector(units, least, mostSize, random) : new double[units],
        vector(units, least, mostSize, random),
        x,
        random.nextInt(1, steps + 1));
  }

  private static double[][] matrix(
      int rows, int columns, double least, double mostSize, RandomGenerator random) {
    double size = StrictMath.exp(random.nextDouble(-2, mostSize));
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> size * random.nextDouble(least, 1));
    }
    return matrix;
  }

  private static double[] vector(
      int length, double least, double mostSize, RandomGenerator random) {
    return matrix(1, length, least, mostSize, random)[0];
  }
}
