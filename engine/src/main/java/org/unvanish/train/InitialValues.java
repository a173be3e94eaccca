package org.unvanish.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.initialization.Initialization.Lsuv;
import org.unvanish.initialization.Initializer;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Residual;

/**
 * The parameters that a run starts from, whoever computes it: as they are drawn, and where the
 * initialization depends on the data, scaled on the first mini-batch of the run.
 */
public final class InitialValues {

  private final Shape input;
  private final float[] parameters;
  private final int[] batch;
  private final ImageKernel images;

  private InitialValues(Shape input, float[] parameters, int[] batch, ImageKernel images) {
    this.input = input;
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
    float[] drawn =
        Initializer.draw(
            network, settings.weights(), settings.recurrent(), settings.biases(), seed);
    if (settings.weights().needsData()) {
      int[] order = Trainer.firstOrder(seed, train.count());
      int[] batch = Arrays.copyOf(order, Math.min(settings.batchSize(), order.length));
      new InitialValues(network.input(), drawn, batch, new ImageKernel(train, scaling))
          .scale(List.of(), network.layers(), network.parametersByLayer().iterator());
    }
    return drawn;
  }

  /**
   * Scales each layer with weights when those before it have been; the layers of a residual block
   * one by one, then its projection.
   *
   * @param before layers whose output reaches the first one
   * @param tensors gives those of the layers, in their order
   */
  private void scale(List<Layer> before, List<Layer> layers, Iterator<ParameterTensor> tensors) {
    List<Layer> head = new ArrayList<>(before);
    for (Layer layer : layers) {
      Shape reached = head.isEmpty() ? input : new Network(input, head).output(head.size() - 1);
      if (layer instanceof Residual block) {
        scale(head, block.layers(), tensors);
        block
            .projectionOf(reached)
            .ifPresent(projection -> scale(head, projection, reached, tensors));
      } else {
        scale(head, layer, reached, tensors);
      }
      head.add(layer);
    }
  }

  private void scale(
      List<Layer> head, Layer layer, Shape reached, Iterator<ParameterTensor> tensors) {
    List<ParameterTensor> own = new ArrayList<>();
    layer.parameters(reached).forEach(tensor -> own.add(tensors.next()));
    List<ParameterTensor> weights =
        own.stream().filter(tensor -> tensor.kind() == Kind.WEIGHTS).toList();
    // A recurrent layer puts out no sums, but what its activation, which has bounds, makes of them.
    if (weights.isEmpty() || !layer.activations().isEmpty()) {
      return;
    }
    List<Layer> layers = new ArrayList<>(head);
    layers.add(layer);
    OutputVariance output = new OutputVariance(new Network(input, layers), own);
    // Of a separable convolution the second half: it alone decides the size of what comes out.
    ParameterTensor scaled = weights.get(weights.size() - 1);
    for (int pass = 0; pass < Lsuv.MOST_PASSES; pass++) {
      double variance = output.ofBatch();
      // A layer that puts out the same for all samples stays as it is.
      if (Math.abs(variance - 1) <= Lsuv.TOLERANCE || !(variance > 0 && variance < 1e300)) {
        return;
      }
      float factor = (float) (1 / Math.sqrt(variance));
      for (int i = scaled.offset(); i < scaled.end(); i++) {
        parameters[i] *= factor;
      }
    }
  }

  /** The variance of all values that a network puts out for the batch, as in training. */
  private final class OutputVariance implements LaneNetwork.Visitor {
    private final Network network;
    private final List<ParameterTensor> last;
    private final LaneNetwork lanes;
    private double sum;
    private double squares;
    private long count;

    /**
     * @param last the tensors of its last layer where they lie in the whole network; those before
     *     lie in the same places there
     */
    OutputVariance(Network network, List<ParameterTensor> last) {
      this.network = network;
      this.last = last;
      this.lanes = new LaneNetwork(network);
    }

    private float[] own() {
      float[] own = Arrays.copyOf(parameters, network.parameterCount());
      List<ParameterTensor> places = network.parameters(network.layers().size() - 1);
      for (int i = 0; i < places.size(); i++) {
        System.arraycopy(
            parameters, last.get(i).offset(), own, places.get(i).offset(), last.get(i).size());
      }
      return own;
    }

    double ofBatch() {
      sum = 0;
      squares = 0;
      count = 0;
      lanes.setParameters(own());
      lanes.train(batch.length, new float[network.parameterCount()], this);
      double mean = sum / count;
      return squares / count - mean * mean;
    }

    @Override
    public void enter(int from, int samples) {
      lanes.read(images, batch, from);
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
