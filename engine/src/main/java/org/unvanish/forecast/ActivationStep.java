package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.meanfield.Moments;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.meanfield.VarianceMap;

/** An activation function, value by value. */
final class ActivationStep extends Step {

  private final Values input;
  private final Activation activation;
  private final double[] slopes;

  /**
   * @param slopes mean square of the derivatives at each place that the gradient passes
   */
  private ActivationStep(Values input, Activation activation, Values output, double[] slopes) {
    super(output);
    this.input = input;
    this.activation = activation;
    this.slopes = slopes;
  }

  /**
   * @param pooled how many values a tile of the max pooling behind has, of which only the largest
   *     gets a gradient; 1 where there is none
   */
  static ActivationStep of(Values input, Activation activation, int pooled) {
    ArgumentLaw law = input.law();
    if (law == null) {
      return withoutLaw(input, activation);
    }
    double[] squares = law.atPlaces(q -> law.meanSquare(activation, q));
    double[] means = law.atPlaces(q -> law.mean(activation, q));
    double square = Arrays.stream(squares).average().orElse(0);
    double mean = Arrays.stream(means).average().orElse(0);
    Values output =
        new Values(
            input.shape(),
            squares,
            mean,
            input.products().map(p -> product(law, activation, p, square, mean)),
            law.then(activation),
            0);
    ArgumentLaw passing = pooled == 1 ? law : law.largestOf(pooled);
    double[] slopes =
        passing == null
            ? filled(input.places(), Double.NaN)
            : passing.atPlaces(q -> passing.derivativeMeanSquare(activation, q));
    return new ActivationStep(input, activation, output, slopes);
  }

  /** Exact for a straight line; no other function of unknown arguments is forecast. */
  private static ActivationStep withoutLaw(Values input, Activation activation) {
    Shape shape = input.shape();
    if (activation.function() != ActivationFunction.IDENTITY) {
      return new ActivationStep(
          input, activation, Values.unknown(shape), filled(input.places(), Double.NaN));
    }
    double slope = activation.derivative(0);
    double factor = slope * slope;
    Values output =
        new Values(
            shape,
            Arrays.stream(input.squares()).map(s -> s * factor).toArray(),
            input.mean() * slope,
            input.products().map(p -> p * factor),
            null,
            input.names());
    return new ActivationStep(input, activation, output, filled(input.places(), factor));
  }

  private static double[] filled(int size, double value) {
    double[] array = new double[size];
    Arrays.fill(array, value);
    return array;
  }

  /** Two values' mean product, from that of their arguments. */
  private static double product(
      ArgumentLaw law, Activation activation, double arguments, double square, double mean) {
    if (Double.isNaN(arguments)) {
      return Double.NaN;
    }
    double likeness = law.likeness(arguments);
    if (!law.isNormal()) {
      return mean * mean + likeness * (square - mean * mean);
    }
    double variance = Arrays.stream(law.variances()).average().orElse(0);
    // Arguments that are all 0 have one value, and those beyond all bounds no correlation.
    if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
      return square;
    }
    return square * new VarianceMap(activation, 1, 0).correlation(variance, likeness);
  }

  Activation activation() {
    return activation;
  }

  /** Share of its arguments beyond the saturation point; NaN where it is not known. */
  double saturatedShare() {
    @Nullable ArgumentLaw law = input.law();
    return law == null
        ? Double.NaN
        : Arrays.stream(law.atPlaces(q -> law.saturatedShare(activation, q))).average().orElse(0);
  }

  @Override
  double[] back(double[] energies) {
    double[] passed = energies.clone();
    for (int i = 0; i < passed.length; i++) {
      passed[i] *= slopes[i];
    }
    return passed;
  }

  /** What f′ adds to the fluctuation of as many normal numbers. */
  @Override
  TypicalFactor typical(double independent) {
    double variance = input.meanSquare();
    double factor = Arrays.stream(slopes).average().orElse(0);
    if (!(variance > 0 && factor > 0) || activation.function() == ActivationFunction.IDENTITY) {
      return STEADY;
    }
    TypicalFactor whole = TypicalFactor.of(activation, 1, variance, independent);
    TypicalFactor linear = TypicalFactor.linear(independent);
    double mean = Moments.of(activation, variance).derivativeMeanSquare();
    return new TypicalFactor(
        whole.mean() - StrictMath.log(mean) - linear.mean(),
        Math.max(0, whole.variance() - linear.variance()),
        whole.dead());
  }

  @Override
  List<String> notForecast() {
    return Double.isNaN(slopes[0])
        ? List.of(
            "The pre-activations of %s do not come from random weights, so their distribution is not known."
                .formatted(activation))
        : List.of();
  }
}
