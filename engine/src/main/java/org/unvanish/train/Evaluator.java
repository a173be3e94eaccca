package org.unvanish.train;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.SoftmaxKernel;
import org.unvanish.internal.stage.LaneNetwork;

/** Loss and accuracy of a network on a set of images. */
final class Evaluator {

  private final LaneNetwork network;
  private final ImageKernel images;
  private final SoftmaxKernel softmax;
  private final int[] order;
  private final int[] labels = new int[Lanes.COUNT];

  Evaluator(LaneNetwork network, ImageSet images, List<ChannelScaling> scaling) {
    this.network = network;
    this.images = new ImageKernel(images, scaling);
    this.softmax = new SoftmaxKernel(network.output().shape().size());
    this.order = IntStream.range(0, images.count()).toArray();
  }

  /** Passes all images through the network as its parameters stand. */
  void evaluate() {
    softmax.clear();
    for (int from = 0; from < order.length; from += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, order.length - from);
      images.gather(order, from, samples, network.input(), labels);
      network.forward();
      softmax.forward(network.output(), labels, samples);
    }
  }

  /** Mean cross-entropy of the last evaluation. */
  double loss() {
    return softmax.loss() / order.length;
  }

  /** Accuracy of the last evaluation, in [0, 1]. */
  double accuracy() {
    return (double) softmax.hits() / order.length;
  }
}
