package org.unvanish.train;

import java.util.List;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;

/** The gradient of a penalty with respect to all parameters of a run. */
final class PenaltyGradient {

  private final Penalty penalty;
  private final List<ParameterTensor> covered;

  PenaltyGradient(Penalty penalty, List<ParameterTensor> tensors) {
    this.penalty = penalty;
    this.covered = tensors.stream().filter(tensor -> tensor.kind().isCoveredBy(penalty)).toList();
  }

  /** True where it is zero, whatever the parameters. */
  boolean isZero() {
    return covered.isEmpty();
  }

  /** Writes the gradient; coordinates that the penalty does not cover are left as they are. */
  void compute(float[] parameters, float[] gradient) {
    for (ParameterTensor tensor : covered) {
      int end = tensor.end();
      for (int i = tensor.offset(); i < end; i++) {
        gradient[i] = (float) penalty.gradient(parameters[i]);
      }
    }
  }
}
