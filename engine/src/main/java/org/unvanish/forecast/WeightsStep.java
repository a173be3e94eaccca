package org.unvanish.forecast;

import java.util.List;
import org.unvanish.meanfield.TypicalFactor;

/** The weights of a layer: one tensor, or the two of a separable convolution. */
final class WeightsStep extends Step {

  private final List<Mixing> tensors;

  /**
   * @param tensors first to last, at least one
   */
  WeightsStep(List<Mixing> tensors) {
    super(tensors.get(tensors.size() - 1).output());
    this.tensors = List.copyOf(tensors);
  }

  /** σ_w. */
  double sigmaW() {
    return Math.sqrt(tensors.stream().mapToDouble(Mixing::gain).reduce(1, (a, b) -> a * b));
  }

  /** σ_b. */
  double sigmaB() {
    return Math.sqrt(tensors.get(tensors.size() - 1).bias());
  }

  /** How many values of a gradient behind the layer before are one sum of products here. */
  double independent() {
    return tensors.get(0).independent();
  }

  @Override
  double[] back(double[] energies) {
    double[] left = energies;
    for (int i = tensors.size() - 1; i >= 0; i--) {
      left = tensors.get(i).back(left);
    }
    return left;
  }

  @Override
  double paddingFactor(double[] energies) {
    double factor = 1;
    double[] left = energies;
    for (int i = tensors.size() - 1; i >= 0; i--) {
      factor *= tensors.get(i).paddingFactor(left);
      left = tensors.get(i).back(left);
    }
    return factor;
  }

  @Override
  TypicalFactor typical(double independent) {
    double mean = 0;
    double variance = 0;
    for (Mixing tensor : tensors) {
      TypicalFactor own = tensor.typical();
      mean += own.mean();
      variance += own.variance();
    }
    return new TypicalFactor(mean, variance, 0);
  }

  @Override
  List<String> approximated() {
    return tensors.stream().flatMap(tensor -> tensor.approximated().stream()).distinct().toList();
  }
}
