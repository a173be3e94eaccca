package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * y = γ·(x − mean)/√(variance + ε) + β, with a learned factor γ and shift β. The kinds differ in
 * the values over which mean and variance are taken.
 *
 * @since 0.1
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
  private static List<Parameters> factorsAndShifts(List<Integer> shape) {
    return List.of(
        new Parameters("gamma", Kind.NORMALIZATION, shape, 1, 1, 1),
        new Parameters("beta", Kind.NORMALIZATION, shape, 1, 1, 0));
  }

  /** The shape of what is normalized together; errors call the layer by the kind's name. */
  private static Shape requireSeveral(int values, Shape input, String kind) {
    if (values < 2) {
      throw new IllegalArgumentException(
          kind
              + ", has one value to normalize, where "
              + input
              + " reaches it; it needs 2, or the layer is to be left out");
    }
    return input;
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
      List<Parameters> own = new ArrayList<>(Normalization.factorsAndShifts(channels));
      own.add(new Parameters("mean", Kind.STATISTIC, channels, 1, 1, 0));
      own.add(new Parameters("variance", Kind.STATISTIC, channels, 1, 1, 1));
      return own;
    }
  }

  /**
   * Layer normalization (Ba, Kiros &amp; Hinton 2016): mean and variance over all values of each
   * sample. Each value has a factor and a shift of its own, as in PyTorch.
   *
   * @param epsilon above 0
   * @since 0.1
   */
  record LayerNormalization(double epsilon) implements Normalization {
    /** PyTorch's: ε 10⁻⁵. */
    public static final LayerNormalization DEFAULT = new LayerNormalization(1e-5);

    /**
     * @throws IllegalArgumentException if epsilon is outside its range
     */
    public LayerNormalization {
      Normalization.requireEpsilon(epsilon);
    }

    @Override
    public String name() {
      return "layernorm";
    }

    @Override
    public Shape output(Shape input) {
      return Normalization.requireSeveral(input.size(), input, "layer normalization");
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      boolean flat = input.rows() == 1 && input.columns() == 1;
      return Normalization.factorsAndShifts(
          flat
              ? List.of(input.channels())
              : List.of(input.channels(), input.rows(), input.columns()));
    }
  }

  /**
   * Group normalization (Wu &amp; He 2018): mean and variance of each sample over groups of
   * channels with their rows and columns. Each channel has a factor and a shift.
   *
   * @param groups how many, at least 1; they must divide the channels
   * @param epsilon above 0
   * @since 0.1
   */
  record GroupNormalization(int groups, double epsilon) implements Normalization {
    /** PyTorch's ε. */
    public static final double USUAL_EPSILON = 1e-5;

    /**
     * @throws IllegalArgumentException if a number is outside its range
     */
    public GroupNormalization {
      Normalization.requireEpsilon(epsilon);
      if (groups < 1) {
        throw new IllegalArgumentException("groups must be at least 1, but are " + groups);
      }
    }

    @Override
    public String name() {
      return "groupnorm";
    }

    @Override
    public Shape output(Shape input) {
      if (input.channels() % groups != 0) {
        throw new IllegalArgumentException(
            "group normalization, needs channels that its "
                + groups
                + " groups divide, but "
                + input
                + " reaches it");
      }
      return Normalization.requireSeveral(input.size() / groups, input, "group normalization");
    }

    @Override
    public List<Parameters> parameters(Shape input) {
      return Normalization.factorsAndShifts(List.of(input.channels()));
    }
  }
}
