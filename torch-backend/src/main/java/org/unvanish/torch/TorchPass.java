package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomMask;

/** One passage of a batch through a {@link TorchNetwork}: what a layer asks and tells beside it. */
final class TorchPass {

  private final boolean training;
  private final List<float[]> statistics = new ArrayList<>();

  private final long seed;
  private final long step;
  private int drawings;

  private TorchPass(boolean training, long seed, long step) {
    this.training = training;
    this.seed = seed;
    this.step = step;
  }

  /**
   * A step of training.
   *
   * @param seed of the run
   * @param step steps that it has done before
   */
  static TorchPass training(long seed, long step) {
    return new TorchPass(true, seed, step);
  }

  /** Testing or predicting. */
  static TorchPass testing() {
    return new TorchPass(false, 0, 0);
  }

  /** Whether parameters are to follow. */
  boolean isTraining() {
    return training;
  }

  /** The key of one more layer that draws at random, for {@link RandomMask}. */
  long nextKey() {
    return RandomMask.key(seed, drawings++, step);
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
