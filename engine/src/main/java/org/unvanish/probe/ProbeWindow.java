package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.initialization.RandomStream;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.loss.Loss;
import org.unvanish.network.Activated;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** A window of mini-batches, forward and backward, and all that is measured on the way. */
final class ProbeWindow {

  private final Network network;
  private final float[] parameters;
  private final float[] gradient;
  private final BackwardMeasurement measurement;
  private final LaneNetwork lanes;
  private final ImageKernel images;
  private final OutputReading outputs;
  private final long seed;
  private int batches;
  private final RandomStream test;

  private final @Nullable PreActivationCounter[] preActivations;

  /**
   * @param layers the network as a layer stack
   * @param seed of test gradients, and of what layers draw at random
   */
  ProbeWindow(
      Network network,
      Loss loss,
      float[] parameters,
      List<StackLayer> layers,
      ImageSet images,
      List<ChannelScaling> scaling,
      long seed) {
    this.network = network;
    this.parameters = parameters;
    this.gradient = new float[parameters.length];
    this.measurement = new BackwardMeasurement(layers);
    this.lanes = new LaneNetwork(network);
    this.images = new ImageKernel(images, scaling);
    Targets targets = images.targets().scaled(scaling);
    this.outputs = new OutputReading(network, loss.fitted(targets), targets);
    this.seed = seed;
    this.test = new RandomStream(seed, "test signal");
    this.preActivations = new PreActivationCounter[layers.size()];
    for (int i = 0; i < preActivations.length; i++) {
      if (network.layers().get(i) instanceof Activated activated) {
        preActivations[i] = counter(activated.activation(), i);
      }
    }
  }

  private PreActivationCounter counter(Activation activation, int layer) {
    double inner =
        activation.scale() instanceof Scale.Trained trained
            ? trained.inner(parameters[network.parameters(layer).get(0).offset()])
            : activation.inner();
    return new PreActivationCounter(
        activation.function(), (float) inner, network.output(layer).channels());
  }

  /** Passes over a mini-batch, once more with a test gradient if the real one ends on its way. */
  void add(int[] batch) {
    BackwardPass real = measurement.pass();
    outputs.begin(batch);
    lanes.setParameters(parameters);
    // What layers draw is the same whatever is probed on this window.
    lanes.seed(seed, batches++);
    lanes.train(batch.length, new Measured(batch, real));
    measureParameterGradients(real);
    int end = real.end();
    measurement.add(real, end < 0 ? null : tested(batch, end), batch.length);
  }

  private BackwardPass tested(int[] batch, int end) {
    BackwardPass pass = measurement.pass();
    lanes.setParameters(parameters);
    lanes.train(batch.length, new Tested(batch, pass, end));
    return pass;
  }

  /** A mini-batch as it comes, measured on both ways. */
  private final class Measured implements LaneNetwork.Visitor {
    private final int[] batch;
    private final BackwardPass pass;

    Measured(int[] batch, BackwardPass pass) {
      this.batch = batch;
      this.pass = pass;
    }

    @Override
    public void enter(int from, int count) {
      images.gather(batch, from, count, lanes.input());
      addSquares(measurement.data(), lanes.input(), count);
    }

    @Override
    public void before(int layer, int count) {
      LaneTensor value = lanes.layers().get(layer).input();
      PreActivationCounter counter = preActivations[layer];
      if (counter != null) {
        counter.add(value, count);
      } else {
        addSquares(measurement.input(layer), value, count);
      }
    }

    @Override
    public void leave(int from, int count) {
      outputs.read(lanes.output(), lanes.outputGradient(), batch, from, count);
    }

    @Override
    public void back(int layer, int count) {
      if (layer >= measurement.first()) {
        pass.arrive(layer, gradient(layer, count), null);
      }
    }
  }

  /** A mini-batch with a test gradient in place of its own. */
  private final class Tested implements LaneNetwork.Visitor {
    private final int[] batch;
    private final BackwardPass pass;
    private final int end;

    Tested(int[] batch, BackwardPass pass, int end) {
      this.batch = batch;
      this.pass = pass;
      this.end = end;
    }

    @Override
    public void enter(int from, int count) {
      images.gather(batch, from, count, lanes.input());
    }

    @Override
    public void leave(int from, int count) {
      clear(lanes.outputGradient());
    }

    @Override
    public void back(int layer, int count) {
      if (layer == end) {
        clear(lanes.layers().get(layer).outputGradient());
      }
      if (layer >= measurement.first() && layer <= end) {
        pass.arrive(layer, gradient(layer, count), test::normal);
      }
    }

    private void clear(LaneTensor gradient) {
      LaneValues.replaceAll(gradient, Lanes.COUNT, old -> 0);
    }
  }

  private LaneGradient gradient(int layer, int count) {
    return new LaneGradient(lanes.layers().get(layer).outputGradient(), count);
  }

  private static void addSquares(ScaledSum sum, LaneTensor tensor, int count) {
    sum.add(LaneValues.sumOfSquares(tensor, count), 0, (long) tensor.shape().size() * count);
  }

  private void measureParameterGradients(BackwardPass pass) {
    lanes.collect(gradient);
    for (int i = 0; i < network.layers().size(); i++) {
      List<ParameterTensor> tensors = NetworkStack.trained(network, i);
      for (int t = 0; t < tensors.size(); t++) {
        ParameterTensor tensor = tensors.get(t);
        double squares = ScaledSum.ofSquares(gradient, tensor.offset(), tensor.end());
        pass.parameterGradient(i, t, squares, tensor.size());
      }
    }
  }

  /**
   * What was measured.
   *
   * @param step steps of training done before
   * @param adamEpsilon of Adam; null for other optimisers
   */
  MeasuredBackward result(long step, @Nullable Double adamEpsilon) {
    for (int i = 0; i < preActivations.length; i++) {
      PreActivationCounter counter = preActivations[i];
      if (counter != null) {
        measurement.saturation(i, counter.result());
      }
      if (network.parameters(i).stream().anyMatch(tensor -> tensor.kind() == Kind.WEIGHTS)) {
        measurement.equalUnits(i, equalUnits(i));
      }
    }
    return measurement.result(step, outputs.evidence(), adamEpsilon);
  }

  /** Of a separable convolution the second half, whose filters are the layer's units. */
  private double equalUnits(int layer) {
    List<float[]> values = new ArrayList<>();
    int units = network.output(layer).channels();
    for (ParameterTensor tensor : network.parameters(layer)) {
      if (tensor.shape().get(0) == units && !isDepthwise(tensor)) {
        values.add(Arrays.copyOfRange(parameters, tensor.offset(), tensor.end()));
        values.add(Arrays.copyOfRange(gradient, tensor.offset(), tensor.end()));
      }
    }
    return EqualUnits.share(units, values);
  }

  private static boolean isDepthwise(ParameterTensor tensor) {
    return tensor.kind() == Kind.WEIGHTS && tensor.shape().size() == 3;
  }
}
