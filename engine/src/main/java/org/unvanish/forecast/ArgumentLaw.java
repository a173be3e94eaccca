package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.meanfield.GaussianMean;
import org.unvanish.meanfield.Moments;
import org.unvanish.meanfield.VarianceMap;

/**
 * How values are distributed: functions of a normal number, or of the largest of some.
 *
 * @param variances of the normal numbers, at each place
 * @param mean of the normal numbers
 * @param products of two of the normal numbers
 * @param largest of how many such numbers; null if each value comes of one
 * @param applied to them, first to last
 */
// Identity is enough: nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record ArgumentLaw(
    double[] variances,
    double mean,
    MeanProducts products,
    @Nullable Largest largest,
    List<Activation> applied) {

  /** No function falls so steeply and is still taken as one that rises: gelu falls by 0.13. */
  private static final double STEEPEST_FALL = -0.2;

  private static final double FALL_RANGE = 16;

  /** Beside 0: those of hard-tanh at ±1 and of hard-sigmoid at ±3. */
  private static final List<Double> KINKS = List.of(1.0, 3.0);

  /** Of the 52 bits of a variance. */
  private static final int DROPPED_BITS = 42;

  static ArgumentLaw normal(double[] variances, double mean, MeanProducts products) {
    return new ArgumentLaw(variances, mean, products, null, List.of());
  }

  /** Whether they are normal numbers with mean 0, as theory has it for one layer after another. */
  boolean isNormal() {
    return mean == 0 && largest == null && applied.isEmpty();
  }

  /** With a function applied. */
  ArgumentLaw then(Activation activation) {
    List<Activation> all = new ArrayList<>(applied);
    all.add(activation);
    return new ArgumentLaw(variances, mean, products, largest, List.copyOf(all));
  }

  /**
   * The same places with the largest value of a tile in each of them. A function that rises has it
   * where its argument is largest.
   *
   * @param count numbers in a tile
   * @return null where it is not known
   */
  @Nullable ArgumentLaw largestOf(int count) {
    boolean rises = applied.stream().allMatch(a -> rises(a.function()));
    return largest == null && rises
        ? new ArgumentLaw(
            variances, mean, products, Largest.of(count, likeness(products.neighbours())), applied)
        : null;
  }

  /** The correlation of two normal numbers with a mean product; 1 where that is not known. */
  double likeness(double product) {
    double variance = Arrays.stream(variances).sum() / variances.length;
    double correlation = (product - mean * mean) / variance;
    return Double.isNaN(correlation) ? 1 : Math.max(-1, Math.min(1, correlation));
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
   * A number for each place that depends on the variance there alone.
   *
   * <p>Variances that differ by less than a thousandth of their size count as equal, for at the
   * edges of an image hardly two are the same.
   */
  double[] atPlaces(DoubleUnaryOperator ofVariance) {
    Map<Long, Double> known = new HashMap<>();
    double[] places = new double[variances.length];
    for (int i = 0; i < places.length; i++) {
      double variance = variances[i];
      long key = Double.doubleToLongBits(variance) >> DROPPED_BITS;
      places[i] =
          known.computeIfAbsent(
              key, k -> variance >= 0 ? ofVariance.applyAsDouble(variance) : Double.NaN);
    }
    return places;
  }

  /** With other variances, at the places of another shape. */
  ArgumentLaw at(double[] others) {
    return new ArgumentLaw(others, mean, products, largest, applied);
  }

  /** Mean of the values. */
  double value(double variance) {
    return mean(value -> value, variance);
  }

  /** Mean square of the values. */
  double valueSquare(double variance) {
    return mean(value -> value * value, variance);
  }

  /** Mean of an activation's values. */
  double mean(Activation activation, double variance) {
    return isNormal()
        ? Moments.of(activation, variance).mean()
        : mean(activation::value, variance, kinks(activation));
  }

  /** Mean square of an activation's values. */
  double meanSquare(Activation activation, double variance) {
    return isNormal()
        ? Moments.of(activation, variance).meanSquare()
        : mean(z -> activation.value(z) * activation.value(z), variance, kinks(activation));
  }

  /** Mean square of its derivatives. */
  double derivativeMeanSquare(Activation activation, double variance) {
    return isNormal()
        ? Moments.of(activation, variance).derivativeMeanSquare()
        : mean(
            z -> activation.derivative(z) * activation.derivative(z), variance, kinks(activation));
  }

  /** Share of the arguments beyond the saturation point. */
  double saturatedShare(Activation activation, double variance) {
    if (isNormal()) {
      return new VarianceMap(activation, 1, 0).saturatedShare(variance);
    }
    SaturationPoint point = SaturationPoint.of(activation.function());
    return mean(
        z -> point.distance(activation.inner() * z) >= 1 ? 1 : 0,
        variance,
        point.below() / activation.inner(),
        point.above() / activation.inner());
  }

  /** Where functions have corners, as the arguments see them. */
  private static double[] kinks(Activation activation) {
    return KINKS.stream().mapToDouble(kink -> kink / activation.inner()).toArray();
  }

  /**
   * @param kinks of g beside 0, without their signs
   */
  private double mean(DoubleUnaryOperator g, double variance, double... kinks) {
    double deviation = Math.sqrt(variance);
    DoubleUnaryOperator whole =
        u -> {
          double value = u + mean;
          for (Activation activation : applied) {
            value = activation.value(value);
          }
          double density =
              largest == null ? 1 : largest.density(deviation == 0 ? 0 : u / deviation);
          return density * g.applyAsDouble(value);
        };
    // Each moves with the mean, and what is applied before has its own at 0.
    double[] moved =
        applied.isEmpty()
            ? Arrays.stream(kinks)
                .filter(Double::isFinite)
                .flatMap(kink -> DoubleStream.of(Math.abs(kink - mean), kink + Math.abs(mean)))
                .toArray()
            : new double[0];
    double[] all = Arrays.copyOf(moved, moved.length + 1);
    all[moved.length] = Math.abs(mean);
    return GaussianMean.of(
            whole, variance, Arrays.stream(all).filter(kink -> kink > 0).distinct().toArray())
        .value();
  }
}
