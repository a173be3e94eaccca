package org.unvanish.train;

import java.util.List;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;

/** The gradient of a penalty by all parameters of a run. */
public final class PenaltyGradient {

  private final Penalty penalty;
  private final List<ParameterTensor> covered;

  public PenaltyGradient(Penalty penalty, List<ParameterTensor> tensors) {
    this.penalty = penalty;
    this.covered = tensors.stream().filter(tensor -> covers(penalty, tensor)).toList();
  }

  /** Whether a penalty acts on a parameter tensor. */
  public static boolean covers(Penalty penalty, ParameterTensor tensor) {
    return switch (tensor.kind()) {
      case WEIGHTS -> !penalty.isNone();
      case BIAS -> !penalty.isNone() && penalty.scope() == Penalty.Scope.ALL;
      case SCALE -> false;
    };
  }

  /** True where it is zero, whatever the parameters. */
  boolean isZero() {
    return covered.isEmpty();
  }

  /** Writes the gradient; coordinates that the penalty does not cover are left as they are. */
  public void compute(float[] parameters, float[] gradient) {
    for (ParameterTensor tensor : covered) {
      int end = tensor.end();
      for (int i = tensor.offset(); i < end; i++) {
        gradient[i] = (float) penalty.gradient(parameters[i]);
      }
    }
  }
}
