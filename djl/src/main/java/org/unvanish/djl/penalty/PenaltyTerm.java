package org.unvanish.djl.penalty;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.Constant;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.penalty.Penalty;

/** A penalty on a model's parameters, on arrays. Every form is a·Σ|θ| + b·Σθ². */
public final class PenaltyTerm {

  private final Penalty penalty;
  private final List<ModelParameter> parameters;
  private final double absolute;
  private final double squared;

  public PenaltyTerm(Penalty penalty, List<ModelParameter> parameters) {
    this.penalty = penalty;
    this.parameters = parameters;
    this.absolute = absolute(penalty);
    this.squared = squared(penalty);
  }

  private static double absolute(Penalty penalty) {
    if (penalty instanceof Penalty.L1 l1) {
      return l1.r();
    }
    return penalty instanceof Penalty.ElasticNet net ? net.r1() : 0;
  }

  private static double squared(Penalty penalty) {
    if (penalty instanceof Penalty.L2 l2) {
      return l2.r() / 2;
    } else if (penalty instanceof Penalty.KerasL2 keras) {
      return keras.r();
    }
    return penalty instanceof Penalty.ElasticNet net ? net.r2() / 2 : 0;
  }

  private boolean acts() {
    return absolute != 0 || squared != 0;
  }

  /** Whether it acts on a parameter. */
  public boolean covers(ModelParameter parameter) {
    return acts() && parameter.isCovered(penalty);
  }

  /** Its value as a scalar through which gradients flow; null if it covers nothing. */
  public @Nullable NDArray value() {
    NDArray sum = null;
    for (ModelParameter parameter : parameters) {
      if (covers(parameter)) {
        NDArray term = term(parameter.parameter().getArray());
        sum = sum == null ? term : sum.add(term);
      }
    }
    return sum;
  }

  private NDArray term(NDArray theta) {
    if (absolute == 0) {
      return theta.square().mul(Constant.of(squared, theta)).sum();
    }
    NDArray term = theta.abs().mul(Constant.of(absolute, theta)).sum();
    return squared == 0 ? term : term.add(theta.square().mul(Constant.of(squared, theta)).sum());
  }

  /** Its gradient with respect to a parameter that it covers. */
  public NDArray gradient(ModelParameter parameter) {
    NDArray theta = parameter.parameter().getArray();
    if (absolute == 0) {
      return theta.mul(2 * squared);
    }
    NDArray gradient = theta.sign().mul(absolute);
    return squared == 0 ? gradient : gradient.add(theta.mul(2 * squared));
  }
}
