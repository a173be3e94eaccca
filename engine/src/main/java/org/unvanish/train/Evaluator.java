package org.unvanish.train;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;

/** The scores of a network on a set of samples. */
final class Evaluator {

  private final LaneNetwork network;
  private final ImageKernel images;
  private final LossKernel kernel;
  private final List<Score> scores;
  private final int[] order;

  Evaluator(LaneNetwork network, Loss loss, ImageSet images, List<ChannelScaling> scaling) {
    this.network = network;
    this.images = new ImageKernel(images, scaling);
    this.kernel =
        LossTable.kernel(loss, network.output().shape().size(), images.targets().scaled(scaling));
    this.scores = loss.scores();
    this.order = IntStream.range(0, images.count()).toArray();
  }

  /** Passes all samples through the network as its parameters stand. */
  Scores evaluate() {
    kernel.clear();
    for (int from = 0; from < order.length; from += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, order.length - from);
      images.gather(order, from, samples, network.input());
      network.forward();
      kernel.forward(network.output(), order, from, samples);
    }
    return Scores.means(scores, kernel.sums(), order.length);
  }
}
