package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * y = γ·(x − mean)/√(variance + ε) + β, with a learned factor γ and shift β. The kinds differ in
 * the values over which mean and variance are taken.
 */
public sealed interface Normalization extends Layer {

  /** What is added to the variance, above 0, so that equal values are no division by zero. */
  double epsilon();

  @Override
  default Role role() {
    return Role.NORMALIZATION;
  }

  @Override
  default boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  default Shape output(Shape input) {
    return input;
  }

  @Override
  default Layer widened(int factor) {
    return this;
  }

  private static void requireEpsilon(double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "epsilon must be a finite number above 0, but is " + epsilon);
    }
  }

  /** Factors that start at 1 and shifts that start at 0, so that a layer first only normalizes. */
  private static List<Parameters> factorsAndShifts(int count) {
    List<Integer> shape = List.of(count);
    return List.of(
        new Parameters("gamma", Kind.NORMALIZATION, shape, 1, 1, 1),
        new Parameters("beta", Kind.NORMALIZATION, shape, 1, 1, 0));
  }

  /**
   * Batch normalization (Ioffe &amp; Szegedy 2015): mean and variance of each channel over all
   * samples of the batch and all rows and columns. Testing and predicting take running ones, which
   * training gathers: running ← (1 − momentum)·running + momentum·batch, with the unbiased variance
   * there, as in PyTorch.
   *
   * @param epsilon above 0
   * @param momentum how far a batch moves the running mean and variance, above 0 and at most 1
   * @since 0.1
   */
  record BatchNormalization(double epsilon, double momentum) implements Normalization {
    /** PyTorch's: ε 10⁻⁵, momentum 0.1. */
    public static final BatchNormalization DEFAULT = new BatchNormalization(1e-5, 0.1);

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public BatchNormalization {
      Normalization.requireEpsilon(epsilon);
      if (!(momentum > 0 && momentum <= 1)) {
        throw new IllegalArgumentException(
            "momentum must be above 0 and at most 1, but is " + momentum);
      }
    }

    @Override
    public String name() {
      return "batchnorm";
    }

    @Override
    public boolean needsBatch() {
      return true;
    }

    /** One value has no variance. */
    @Override
    public int leastBatch(Shape input) {
      return input.rows() * input.columns() == 1 ? 2 : 1;
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      List<Integer> channels = List.of(input.channels());
      List<Parameters> own = new ArrayList<>(Normalization.factorsAndShifts(input.channels()));
      own.add(new Parameters("mean", Kind.STATISTIC, channels, 1, 1, 0));
      own.add(new Parameters("variance", Kind.STATISTIC, channels, 1, 1, 1));
      return own;
    }
  }
}
