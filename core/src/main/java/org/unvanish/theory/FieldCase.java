package org.unvanish.theory;

import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.chain.WideNumber;

/**
 * A wide random network: what mean-field theory speaks of.
 *
 * @param function f
 * @param alpha α of f_α
 * @param sigmaW σ_w: weights have variance σ_w²/fan-in
 * @param sigmaB σ_b: biases have variance σ_b²
 * @param q the variance of the first pre-activations
 * @param layers L, layers of weights: the gradient passes L − 1 of them
 * @param units of each layer, for what depends on the width
 */
record FieldCase(
    ActivationFunction function,
    double alpha,
    double sigmaW,
    double sigmaB,
    double q,
    int layers,
    int units)
    implements Statement.Case {

  @Override
  public List<Value> values() {
    return List.of(
        new Value("L", Integer.toString(layers)),
        new Value("n", Integer.toString(units)),
        Value.of("σ_w", sigmaW),
        Value.of("σ_b", sigmaB),
        Value.of("q", q),
        Value.of("α", alpha));
  }

  @Override
  public int size() {
    return layers;
  }

  /** σ_w·max|f′|, which is σ_w·f′(0) for all but log σ and relu. */
  double gain() {
    return sigmaW * function.steepest();
  }

  /** With f_α. */
  VarianceMap map() {
    return new VarianceMap(Activation.scaled(function, alpha), sigmaW, sigmaB);
  }

  FieldCase withAlpha(double other) {
    return new FieldCase(function, other, sigmaW, sigmaB, q, layers, units);
  }

  FieldCase withGain(double otherSigmaW) {
    return new FieldCase(function, alpha, otherSigmaW, sigmaB, q, layers, units);
  }

  FieldCase withVariance(double other) {
    return new FieldCase(function, alpha, sigmaW, sigmaB, other, layers, units);
  }

  /** χ₁, the factor at the fixed point q* of the variance. */
  double fixedFactor() {
    VarianceMap map = map();
    return map.factor(map.fixedVariance());
  }

  /** G, by which the gradient's energy changes from the last layer back to the first. */
  WideNumber energy() {
    VarianceMap map = map();
    WideNumber energy = WideNumber.ONE;
    double variance = q;
    for (int l = 1; l < layers; l++) {
      energy = energy.times(map.factor(variance));
      variance = map.variance(variance);
    }
    return energy;
  }

  /** qᴸ, the variance of the last pre-activations. */
  double lastVariance() {
    VarianceMap map = map();
    double variance = q;
    for (int l = 1; l < layers; l++) {
      variance = map.variance(variance);
    }
    return variance;
  }
}
