package org.unvanish.train;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;

/** The scores of a network on a set of samples. */
final class Evaluator implements LaneNetwork.Visitor {

  private final LaneNetwork network;
  private final ImageKernel images;
  private final LossKernel kernel;
  private final Loss loss;
  private final int[] order;

  /**
   * @param loss fitted to training data
   */
  Evaluator(LaneNetwork network, Loss loss, ImageSet images, List<ChannelScaling> scaling) {
    this.network = network;
    this.images = new ImageKernel(images, scaling);
    this.kernel =
        LossTable.kernel(loss, network.output().shape().size(), images.targets().scaled(scaling));
    this.loss = loss;
    this.order = IntStream.range(0, images.count()).toArray();
  }

  /** Passes all samples through the network as its parameters stand. */
  Scores evaluate() {
    kernel.clear();
    network.predict(order.length, this);
    return loss.scores(kernel.sums(), order.length);
  }

  @Override
  public void enter(int from, int samples) {
    network.read(images, order, from);
  }

  @Override
  public void leave(int from, int samples) {
    kernel.forward(network.output(), order, from, samples);
  }
}
