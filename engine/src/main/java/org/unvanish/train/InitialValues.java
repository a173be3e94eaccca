package org.unvanish.train;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.initialization.Initialization.Lsuv;
import org.unvanish.initialization.Initializer;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.Stage;
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
  private final LaneNetwork lanes;

  private InitialValues(Network network, float[] parameters, int[] batch, ImageKernel images) {
    this.network = network;
    this.parameters = parameters;
    this.batch = batch;
    this.images = images;
    this.lanes = new LaneNetwork(network);
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
    for (int pass = 0; pass < Lsuv.MOST_PASSES; pass++) {
      double variance = variance(layer);
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

  /** The variance of all values that a layer puts out for the batch. */
  private double variance(int layer) {
    double[] sums = new double[2];
    lanes.setParameters(parameters);
    for (int from = 0; from < batch.length; from += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, batch.length - from);
      images.gather(batch, from, samples, lanes.input());
      for (int i = 0; i <= layer; i++) {
        lanes.layers().get(i).stages().forEach(Stage::forward);
      }
      LaneValues.forEachRow(
          lanes.layers().get(layer).output(),
          (channel, values, start, end) -> {
            for (int i = start; i < end; i++) {
              if ((i - start) % Lanes.COUNT < samples) {
                sums[0] += values[i];
                sums[1] += (double) values[i] * values[i];
              }
            }
          });
    }
    double count = (double) batch.length * network.output(layer).size();
    double mean = sums[0] / count;
    return sums[1] / count - mean * mean;
  }
}
