package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Lengths;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomMask;
import org.unvanish.train.OutputSizes;

/** One passage of a batch through a {@link TorchNetwork}: what a layer asks and tells beside it. */
final class TorchPass {

  private final boolean training;
  private final Lengths lengths;
  private final List<float[]> statistics = new ArrayList<>();

  private final long seed;
  private final long step;
  private int drawings;

  /** Of layers' outputs, where they are asked for. */
  private final @Nullable OutputSizes sizes;

  /** How many of the batch's samples count for them. */
  private final long measured;

  private int outputs;

  private TorchPass(
      boolean training,
      Lengths lengths,
      long seed,
      long step,
      @Nullable OutputSizes sizes,
      long measured) {
    this.training = training;
    this.lengths = lengths;
    this.seed = seed;
    this.step = step;
    this.sizes = sizes;
    this.measured = measured;
  }

  /**
   * A step of training.
   *
   * @param lengths of the batch's sequences
   * @param seed of the run
   * @param step steps that it has done before
   */
  static TorchPass training(Lengths lengths, long seed, long step) {
    return new TorchPass(true, lengths, seed, step, null, 0);
  }

  /**
   * Testing or predicting.
   *
   * @param lengths of the batch's sequences
   */
  static TorchPass testing(Lengths lengths) {
    return new TorchPass(false, lengths, 0, 0, null, 0);
  }

  /**
   * Testing a batch, of whose first samples the outputs are measured.
   *
   * @param lengths of the batch's sequences
   * @param sizes of all batches
   * @param from the number of the batch's first test sample
   */
  static TorchPass testing(Lengths lengths, OutputSizes sizes, int from) {
    return new TorchPass(false, lengths, 0, 0, sizes, Math.max(0, OutputSizes.SAMPLES - from));
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

  /** A layer has put out something; layers inside of a block do so before it. */
  void putOut(NDArray output) {
    int place = outputs++;
    if (sizes == null || measured == 0 || !sizes.measures(place)) {
      return;
    }
    NDArray first =
        output
            .get(new NDIndex().addSliceDim(0, Math.min(measured, output.size(0))))
            .toType(DataType.FLOAT64, false);
    sizes.add(place, first.mul(first).sum().getDouble(), first.size());
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
