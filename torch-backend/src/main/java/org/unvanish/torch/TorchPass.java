package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** One passage of a batch through a {@link TorchNetwork}: what a layer asks and tells beside it. */
final class TorchPass {

  private final boolean training;
  private final List<float[]> statistics = new ArrayList<>();

  private TorchPass(boolean training) {
    this.training = training;
  }

  /** A step of training. */
  static TorchPass training() {
    return new TorchPass(true);
  }

  /** Testing or predicting. */
  static TorchPass testing() {
    return new TorchPass(false);
  }

  /** Whether parameters are to follow. */
  boolean isTraining() {
    return training;
  }

  /** A layer tells what a running statistic of its own becomes, in the order of its tensors. */
  void tell(float[] statistic) {
    statistics.add(statistic);
  }

  /** Writes all running statistics that layers told of, first layer to last. */
  void writeStatistics(Network network, float[] parameters) {
    int next = 0;
    for (ParameterTensor tensor : network.parameters()) {
      if (tensor.kind() == Kind.STATISTIC) {
        System.arraycopy(statistics.get(next++), 0, parameters, tensor.offset(), tensor.size());
      }
    }
  }
}
