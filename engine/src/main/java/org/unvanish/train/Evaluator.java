package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
import org.unvanish.network.Network;

/** The scores of a network on a set of samples, and how large its layers' outputs are. */
final class Evaluator implements LaneNetwork.Visitor {

  private final LaneNetwork network;
  private final ImageKernel images;
  private final LossKernel kernel;
  private final Loss loss;
  private final int[] order;
  private final List<LaneNetwork.LaidOut> layers = new ArrayList<>();
  private final OutputSizes sizes;

  /**
   * @param network laid out
   * @param description the same network
   * @param loss fitted to training data
   */
  Evaluator(
      LaneNetwork network,
      Network description,
      Loss loss,
      ImageSet images,
      List<ChannelScaling> scaling) {
    this.network = network;
    this.images = new ImageKernel(images, scaling);
    this.kernel =
        LossTable.kernel(loss, network.output().shape().size(), images.targets().scaled(scaling));
    this.loss = loss;
    this.order = IntStream.range(0, images.count()).toArray();
    this.sizes = new OutputSizes(description);
    addInOrder(network.layers());
  }

  /** As places are counted: a block after its layers. */
  private void addInOrder(List<LaneNetwork.LaidOut> laidOut) {
    for (LaneNetwork.LaidOut layer : laidOut) {
      addInOrder(layer.inside());
      layers.add(layer);
    }
  }

  /** Passes all samples through the network as its parameters stand. */
  Scores evaluate() {
    kernel.clear();
    network.predict(order.length, this);
    return loss.scores(kernel.sums(), order.length);
  }

  /** How large the layers' outputs were when {@link #evaluate} was called last. */
  List<ValueSize> sizes() {
    return sizes.finish();
  }

  @Override
  public void enter(int from, int samples) {
    network.read(images, order, from);
  }

  @Override
  public void leave(int from, int samples) {
    kernel.forward(network.output(), order, from, samples);
    // All outputs are still there: an activation overwrites only what it reads.
    for (int i = 0; from < OutputSizes.SAMPLES && i < layers.size(); i++) {
      if (sizes.measures(i)) {
        LaneTensor output = layers.get(i).output();
        long count = (long) output.shape().size() * samples;
        sizes.add(i, LaneValues.sumOfSquares(output, samples), count);
      }
    }
  }
}
