package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.GaussianMean;

/**
 * How values are distributed: functions of a normal number, or of the largest of some.
 *
 * @param variances of the normal numbers, at each place
 * @param mean of the normal numbers
 * @param largest of how many such numbers; null if each value comes of one
 * @param applied to them, first to last
 */
// Identity is enough: nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record ArgumentLaw(
    double[] variances, double mean, @Nullable Largest largest, List<Activation> applied) {

  /** No function falls so steeply and is still taken as one that rises: gelu falls by 0.13. */
  private static final double STEEPEST_FALL = -0.2;

  private static final double FALL_RANGE = 16;

  static ArgumentLaw normal(double[] variances, double mean) {
    return new ArgumentLaw(variances, mean, null, List.of());
  }

  /** Whether they are normal numbers with mean 0, as theory has it for one layer after another. */
  boolean isNormal() {
    return mean == 0 && largest == null && applied.isEmpty();
  }

  /** With a function applied. */
  ArgumentLaw then(Activation activation) {
    List<Activation> all = new ArrayList<>(applied);
    all.add(activation);
    return new ArgumentLaw(variances, mean, largest, List.copyOf(all));
  }

  /**
   * The largest of each tile. A function that rises has it where its argument is largest.
   *
   * @param variances of the tiles' numbers, at each place of the result
   * @param count numbers in a tile
   * @param correlation of two of them
   * @return null where it is not known
   */
  @Nullable ArgumentLaw largestOf(double[] variances, int count, double correlation) {
    boolean rises = applied.stream().allMatch(a -> rises(a.function()));
    return largest == null && rises
        ? new ArgumentLaw(variances, mean, Largest.of(count, correlation), applied)
        : null;
  }

  private static boolean rises(ActivationFunction function) {
    for (double z = -FALL_RANGE; z <= FALL_RANGE; z += 1.0 / 16) {
      if (function.derivative(z) < STEEPEST_FALL) {
        return false;
      }
    }
    return true;
  }

  /**
   * The mean of a function of the values at places of one variance.
   *
   * @param g of a value
   * @param kinks of g
   */
  double mean(DoubleUnaryOperator g, double variance, double... kinks) {
    double deviation = Math.sqrt(variance);
    DoubleUnaryOperator whole =
        u -> {
          double value = u + mean;
          for (Activation activation : applied) {
            value = activation.value(value);
          }
          double density = largest == null ? 1 : largest.density(deviation == 0 ? 0 : u / deviation);
          return density * g.applyAsDouble(value);
        };
    double[] places =
        applied.isEmpty()
            ? Arrays.stream(kinks).map(k -> k - mean).toArray()
            : new double[] {-mean};
    return GaussianMean.of(whole, variance, places).value();
  }
}
