package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Lengths;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomMask;

/** One passage of a batch through a {@link TorchNetwork}: what a layer asks and tells beside it. */
final class TorchPass {

  private final boolean training;
  private final Lengths lengths;
  private final List<float[]> statistics = new ArrayList<>();

  private final long seed;
  private final long step;
  private int drawings;

  private TorchPass(boolean training, Lengths lengths, long seed, long step) {
    this.training = training;
    this.lengths = lengths;
    this.seed = seed;
    this.step = step;
  }

  /**
   * A step of training.
   *
   * @param lengths of the batch's sequences
   * @param seed of the run
   * @param step steps that it has done before
   */
  static TorchPass training(Lengths lengths, long seed, long step) {
    return new TorchPass(true, lengths, seed, step);
  }

  /**
   * Testing or predicting.
   *
   * @param lengths of the batch's sequences
   */
  static TorchPass testing(Lengths lengths) {
    return new TorchPass(false, lengths, 0, 0);
  }

  /**
   * How many steps of a sequence are real.
   *
   * @param sample its number in the batch
   * @param longest how many steps there are with padding
   */
  int steps(int sample, int longest) {
    return lengths.steps(sample, longest);
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
