package org.unvanish.meanfield;

import java.util.Collections;
import java.util.List;

/**
 * What theory expects of a stack of dense layers with independent random weights: of the variance
 * of pre-activations on the way forward, and of the energy of the gradient, its sum of squares, on
 * the way back.
 *
 * <p>The factor G of the energy from the last pre-activations back to those in front of a layer is
 * about log-normal. Its mean is that of infinitely wide layers; typical, the exponential of the
 * mean of ln G, is what most networks have. Layers count from 0.
 *
 * @since 0.1
 */
public final class DenseStack {

  private final List<DenseLayer> layers;

  /** qˡ in front of each layer, and behind the last one. */
  private final double[] variances;

  private final double[] lnFactors;
  private final TypicalFactor[] typical;

  /**
   * A_l = d ln G/dqˡ: what a larger variance in front of a layer does to all factors from it on.
   */
  private final double[] sensitivities;

  /** V′(qˡ). */
  private final double[] slopes;

  /** Var η: of the variance behind a layer, by chance of its weights' inputs. */
  private final double[] forward;

  /** Covariance of that and of ln S. */
  private final double[] covariances;

  private DenseStack(List<DenseLayer> layers, double firstVariance) {
    int depth = layers.size();
    this.layers = List.copyOf(layers);
    this.variances = new double[depth + 1];
    this.lnFactors = new double[depth];
    this.typical = new TypicalFactor[depth];
    this.sensitivities = new double[depth + 1];
    this.slopes = new double[depth];
    this.forward = new double[depth];
    this.covariances = new double[depth];
    double[] bends = new double[depth];
    variances[0] = firstVariance;
    for (int l = 0; l < depth; l++) {
      double q = variances[l];
      VarianceMap map = layers.get(l).map();
      double units = layers.get(l).units();
      double square = map.sigmaW() * map.sigmaW();
      Moments moments = map.moments(q);
      double ms = moments.meanSquare();
      double dms = moments.derivativeMeanSquare();
      variances[l + 1] = map.variance(moments);
      lnFactors[l] = StrictMath.log(map.factor(moments));
      slopes[l] = square * moments.meanSquareSlope();
      bends[l] = moments.derivativeMeanSquareSlope() / dms;
      forward[l] = square * square * (moments.meanFourth() - ms * ms) / units;
      covariances[l] = square * (moments.meanProduct() - ms * dms) / (units * dms);
      typical[l] =
          l > 0 && layers.get(l).equals(layers.get(l - 1)) && q == variances[l - 1]
              ? typical[l - 1]
              : TypicalFactor.of(map.activation(), map.sigmaW(), q, units);
    }
    for (int l = depth - 1; l >= 0; l--) {
      sensitivities[l] = bends[l] + slopes[l] * sensitivities[l + 1];
    }
  }

  /**
   * Layers one behind the other, each with its own width.
   *
   * @param layers from the input on, without the first weights
   * @param firstVariance q¹, of the first pre-activations: σ_w²·mean square of the inputs + σ_b² of
   *     the first weights; from 0 on
   */
  public static DenseStack of(List<DenseLayer> layers, double firstVariance) {
    return new DenseStack(layers, firstVariance);
  }

  /**
   * Equal layers; the first weights have the same σ_w and σ_b.
   *
   * @param units units of each layer, above 0
   * @param depth the number of layers of weights, L ≥ 1: L − 1 activations lie between them
   * @param inputMeanSquare mean square of the inputs
   */
  public static DenseStack equal(VarianceMap map, double units, int depth, double inputMeanSquare) {
    return new DenseStack(
        Collections.nCopies(depth - 1, new DenseLayer(map, units)),
        map.sigmaW() * map.sigmaW() * inputMeanSquare + map.sigmaB() * map.sigmaB());
  }

  /** The layers, from the input on. */
  public List<DenseLayer> layers() {
    return layers;
  }

  /** qˡ in front of a layer; behind the last one for the number of layers. */
  public double variance(int layer) {
    return variances[layer];
  }

  /** ln χ(qˡ), of the mean energy. */
  public double lnFactor(int layer) {
    return lnFactors[layer];
  }

  /** What the layer does typically. */
  public TypicalFactor typical(int layer) {
    return typical[layer];
  }

  /** ln E G, from the end back to the pre-activations in front of a layer, in wide layers. */
  public double lnMean(int layer) {
    double sum = 0;
    for (int l = layer; l < lnFactors.length; l++) {
      sum += lnFactors[l];
    }
    return sum;
  }

  /** E ln G, from the end back to the pre-activations in front of a layer. */
  public double lnTypical(int layer) {
    double sum = 0;
    for (int l = layer; l < typical.length; l++) {
      sum += typical[l].mean();
    }
    return sum;
  }

  /**
   * Var ln G over networks, from the end back to the pre-activations in front of a layer: of each
   * layer's own factor, and of the variance qˡ in front of it, which differs between networks, too.
   */
  public double varianceOfLn(int layer) {
    double before = 0;
    for (int l = 0; l < layer; l++) {
      before = slopes[l] * slopes[l] * before + forward[l];
    }
    double sum = sensitivities[layer] * sensitivities[layer] * before;
    for (int l = layer; l < typical.length; l++) {
      double next = sensitivities[l + 1];
      sum += typical[l].variance() + 2 * next * covariances[l] + next * next * forward[l];
    }
    return sum;
  }
}
