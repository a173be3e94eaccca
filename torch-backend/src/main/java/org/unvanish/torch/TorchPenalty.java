package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import org.unvanish.djl.Constant;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;

/** A penalty's value: its gradient is left to autograd. */
final class TorchPenalty {

  private final Penalty penalty;
  private final List<NDIndex> covered;

  TorchPenalty(Penalty penalty, List<ParameterTensor> tensors) {
    this.penalty = penalty;
    this.covered =
        tensors.stream()
            .filter(tensor -> tensor.kind().isCoveredBy(penalty))
            .map(tensor -> new NDIndex().addSliceDim(tensor.offset(), tensor.end()))
            .toList();
  }

  /** True where it is zero, whatever the parameters. */
  boolean isZero() {
    return covered.isEmpty();
  }

  /** The penalty of all that it covers: a scalar. */
  NDArray value(NDArray parameters) {
    NDArray sum = parameters.getManager().create(0f);
    for (NDIndex index : covered) {
      sum = sum.add(ofCovered(parameters.get(index)));
    }
    return sum;
  }

  private NDArray ofCovered(NDArray theta) {
    if (penalty instanceof Penalty.L2 l2) {
      return theta.square().sum().mul(Constant.of(l2.r() / 2, theta));
    } else if (penalty instanceof Penalty.KerasL2 l2) {
      return theta.square().sum().mul(Constant.of(l2.r(), theta));
    } else if (penalty instanceof Penalty.L1 l1) {
      return theta.abs().sum().mul(Constant.of(l1.r(), theta));
    } else if (penalty instanceof Penalty.ElasticNet net) {
      return theta
          .abs()
          .sum()
          .mul(Constant.of(net.r1(), theta))
          .add(theta.square().sum().mul(Constant.of(net.r2() / 2, theta)));
    }
    throw new IllegalStateException("PyTorch has no mirror of " + penalty);
  }
}
