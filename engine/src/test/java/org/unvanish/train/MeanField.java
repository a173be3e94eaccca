package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.Moments;
import org.unvanish.meanfield.VarianceMap;

/**
 * What theory expects of a network with independent random weights, knowing nothing of the probe:
 * the mean-field recursion of Poole et al. (2016) and Schoenholz et al. (2017).
 *
 * <p>Arguments of a layer are taken as normal with mean square q. A layer with gain g (standard
 * deviation of the weights times √fanIn) turns the mean square m of its input into q = g²·m, then m
 * into E f(√q·z)², and multiplies the signal's energy by g²·E f′(√q·z)². Two corrections: zeros
 * around an image take the share of taps away that {@link Step#taps} says, and the logarithm of a
 * random product of few units is smaller than that of its mean.
 */
final class MeanField {

  /**
   * One layer of weights and what follows it.
   *
   * @param gain standard deviation of the weights times √fanIn
   * @param taps share of a convolution's taps that lie inside the image, 1 for a dense layer
   * @param width units or channels that the layer reads
   * @param activation null for the last layer
   * @param averaged how often average pooling of 2×2 follows
   */
  record Step(double gain, double taps, int width, Activation activation, int averaged) {}

  /** Decades of energy that each layer passes on: its f′, and the weights of the layer after it. */
  final List<Double> decades = new ArrayList<>();

  /** Share of arguments beyond the knee, of each layer with an activation. */
  final List<Double> saturated = new ArrayList<>();

  MeanField(List<Step> steps, double inputMeanSquare) {
    double m = inputMeanSquare;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      double q = step.gain() * step.gain() * step.taps() * m;
      if (i > 0) {
        int last = decades.size() - 1;
        decades.set(
            last,
            decades.get(last)
                + Math.log10(step.gain() * step.gain() * step.taps()) / 2
                + narrow(steps.get(i - 1).activation(), step.width()));
      }
      if (step.activation() != null) {
        Moments moments = Moments.of(step.activation(), q);
        decades.add(
            Math.log10(moments.derivativeMeanSquare()) / 2 + step.averaged() * Math.log10(0.5));
        saturated.add(new VarianceMap(step.activation(), 1, 0).saturatedShare(q));
        m = moments.meanSquare();
      }
    }
  }

  double sum(int from) {
    return decades.subList(from, decades.size()).stream().mapToDouble(d -> d).sum();
  }

  /** E ½·log₁₀(χ²(n)/n), and for relu, with half of the units off, five times that (Hanin 2018). */
  private static double narrow(Activation activation, int n) {
    double loss = (1.0 / n + 1.0 / (3.0 * n * n)) / 2 / Math.log(10);
    return activation.function() == ActivationFunction.RELU ? -2.5 * loss : -loss;
  }
}
