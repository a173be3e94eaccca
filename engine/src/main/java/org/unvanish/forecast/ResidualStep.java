package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.meanfield.TypicalFactor;

/**
 * A residual block: the energies of its two ways add up, forward and backward, for the weights of
 * one way know nothing of those of the other.
 */
final class ResidualStep extends Step {

  private final StepRow branch;
  private final Optional<WeightsStep> projection;
  private final int size;
  private final boolean sumIsNormal;

  private ResidualStep(
      Values output,
      StepRow branch,
      Optional<WeightsStep> projection,
      int size,
      boolean sumIsNormal) {
    super(output);
    this.branch = branch;
    this.projection = projection;
    this.size = size;
    this.sumIsNormal = sumIsNormal;
  }

  static ResidualStep of(Values input, StepRow branch, Optional<WeightsStep> projection) {
    Values skip = projection.map(Step::output).orElse(input);
    Values made = branch.output();
    boolean normal = isNormal(skip) && isNormal(made);
    double both = skip.mean() == 0 || made.mean() == 0 ? 0 : skip.mean() * made.mean();
    double[] squares = new double[made.places()];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = skip.squares()[i] + made.squares()[i] + 2 * both;
    }
    MeanProducts products = skip.products().plus(made.products(), 2 * both);
    double mean = normal ? 0 : skip.mean() + made.mean();
    // Data have a mean that is not known; it is small against what depth adds.
    double known = Double.isNaN(mean) ? 0 : mean;
    double[] variances = Arrays.stream(squares).map(s -> s - known * known).toArray();
    Values output =
        new Values(
            made.shape(),
            squares,
            mean,
            products,
            ArgumentLaw.normal(variances, known, products),
            0);
    return new ResidualStep(output, branch, projection, input.shape().size(), normal);
  }

  private static boolean isNormal(Values values) {
    @Nullable ArgumentLaw law = values.law();
    return law != null && law.isNormal();
  }

  StepRow branch() {
    return branch;
  }

  private double[] skip(double[] energies) {
    return projection.map(way -> way.back(energies)).orElse(energies);
  }

  @Override
  double[] back(double[] energies) {
    double[] sum = skip(energies).clone();
    double[] other = branch.back(energies);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }

  /**
   * Of the sum of two energies, as for small fluctuations: each takes part with its share, and the
   * product of the two gradients, which has the mean 0, with twice the root of the product.
   */
  @Override
  TypicalFactor typical(double independent) {
    double[] flat = new double[output().places()];
    Arrays.fill(flat, 1);
    double skipped = Arrays.stream(skip(flat)).sum();
    double made = Arrays.stream(branch.back(flat)).sum();
    double all = skipped + made;
    double share = made / all;
    double variance =
        share * share * branch.typical().variance()
            + 4 * share * (1 - share) / size
            + (1 - share)
                * (1 - share)
                * projection.map(way -> way.typical(size).variance()).orElse(0.0);
    return variance > 0 ? new TypicalFactor(-variance / 2, variance, 0) : STEADY;
  }

  @Override
  List<String> notForecast() {
    return branch.notForecast();
  }

  @Override
  List<String> approximated() {
    return sumIsNormal
        ? List.of()
        : List.of("The sum of both paths of a residual block is treated as normally distributed.");
  }
}
