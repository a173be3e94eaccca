package org.unvanish.train;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.initialization.Initialization.Lsuv;
import org.unvanish.initialization.Initializer;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * The parameters that a run starts from, whoever computes it: as they are drawn, and where the
 * initialization depends on the data, scaled on the first mini-batch of the run.
 */
public final class InitialValues {

  private final Network network;
  private final float[] parameters;
  private final int[] batch;
  private final ImageKernel images;

  private InitialValues(Network network, float[] parameters, int[] batch, ImageKernel images) {
    this.network = network;
    this.parameters = parameters;
    this.batch = batch;
    this.images = images;
  }

  /**
   * The parameters of a run on samples that are scaled as its settings say.
   *
   * @param train the training samples
   * @param seed of the run
   * @throws IllegalArgumentException if the initialization does not fit the network
   */
  public static float[] of(Network network, TrainingSettings settings, ImageSet train, long seed) {
    List<ChannelScaling> scaling =
        settings.weights().needsData() ? settings.pixelScaling().fit(train) : List.of();
    return of(network, settings, train, scaling, seed);
  }

  /**
   * The parameters of a run.
   *
   * @param train the training samples
   * @param scaling of each channel
   * @param seed of the run
   * @throws IllegalArgumentException if the initialization does not fit the network
   */
  public static float[] of(
      Network network,
      TrainingSettings settings,
      ImageSet train,
      List<ChannelScaling> scaling,
      long seed) {
    float[] drawn = Initializer.draw(network, settings.weights(), settings.biases(), seed);
    if (settings.weights().needsData()) {
      int[] order = Trainer.firstOrder(seed, train.count());
      int[] batch = Arrays.copyOf(order, Math.min(settings.batchSize(), order.length));
      new InitialValues(network, drawn, batch, new ImageKernel(train, scaling)).scale();
    }
    return drawn;
  }

  /** Each layer with weights is scaled when those before it have been. */
  private void scale() {
    for (int layer = 0; layer < network.layers().size(); layer++) {
      List<ParameterTensor> weights =
          network.parameters(layer).stream().filter(t -> t.kind() == Kind.WEIGHTS).toList();
      if (!weights.isEmpty()) {
        // Of a separable convolution the second half: it alone decides the size of what comes out.
        scale(layer, weights.get(weights.size() - 1));
      }
    }
  }

  private void scale(int layer, ParameterTensor weights) {
    Network head = new Network(network.input(), network.layers().subList(0, layer + 1));
    OutputVariance output = new OutputVariance(new LaneNetwork(head));
    for (int pass = 0; pass < Lsuv.MOST_PASSES; pass++) {
      double variance = output.ofBatch();
      // A layer that puts out the same for all samples stays as it is.
      if (Math.abs(variance - 1) <= Lsuv.TOLERANCE || !(variance > 0 && variance < 1e300)) {
        return;
      }
      float factor = (float) (1 / Math.sqrt(variance));
      for (int i = weights.offset(); i < weights.end(); i++) {
        parameters[i] *= factor;
      }
    }
  }

  /** The variance of all values that a network puts out for the batch, as in training. */
  private final class OutputVariance implements LaneNetwork.Visitor {
    private final LaneNetwork lanes;
    private double sum;
    private double squares;
    private long count;

    OutputVariance(LaneNetwork lanes) {
      this.lanes = lanes;
    }

    double ofBatch() {
      sum = 0;
      squares = 0;
      count = 0;
      lanes.setParameters(parameters);
      lanes.train(batch.length, this);
      double mean = sum / count;
      return squares / count - mean * mean;
    }

    @Override
    public void enter(int from, int samples) {
      images.gather(batch, from, samples, lanes.input());
    }

    @Override
    public void leave(int from, int samples) {
      int values = lanes.output().shape().size();
      for (int i = 0; i < values; i++) {
        for (int lane = 0; lane < samples; lane++) {
          double value = lanes.output().value(i, lane);
          sum += value;
          squares += value * value;
        }
      }
      count += (long) values * samples;
    }
  }
}
