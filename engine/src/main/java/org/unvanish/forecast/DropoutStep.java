package org.unvanish.forecast;

import java.util.Arrays;

/** Dropout: some values become 0, and all others grow, so that the mean stays and squares grow. */
final class DropoutStep extends Step {

  private final double growth;

  private DropoutStep(Values output, double growth) {
    super(output);
    this.growth = growth;
  }

  static DropoutStep of(Values input, double rate) {
    double growth = 1 / (1 - rate);
    Values output =
        new Values(
            input.shape(),
            Arrays.stream(input.squares()).map(s -> s * growth).toArray(),
            input.mean(),
            input.products(),
            rate == 0 ? input.law() : null,
            input.names());
    return new DropoutStep(output, growth);
  }

  @Override
  double[] back(double[] energies) {
    return Arrays.stream(energies).map(e -> e * growth).toArray();
  }
}
