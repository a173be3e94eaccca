package org.unvanish.probe;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LaneNetwork.LaidOut;
import org.unvanish.loss.Loss;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.random.RandomStream;

/** A window of mini-batches, forward and backward, and all that is measured on the way. */
final class ProbeWindow {

  private final float[] parameters;
  private final float[] gradient;
  private final BackwardMeasurement measurement;
  private final LaneNetwork lanes;
  private final ImageKernel images;
  private final OutputReading outputs;

  /** The inputs that are numbers of categories. */
  private final Set<Integer> names;

  private final long seed;
  private int batches;
  private final RandomStream test;
  private final List<LayerProbe> layers;
  private final IdentityHashMap<LaidOut, LayerProbe> probes = new IdentityHashMap<>();

  /**
   * @param stack the network as a layer stack
   * @param seed of test gradients, and of what layers draw at random
   */
  ProbeWindow(
      Network network,
      Loss loss,
      float[] parameters,
      List<StackLayer> stack,
      ImageSet images,
      List<ChannelScaling> scaling,
      long seed) {
    this.parameters = parameters;
    this.gradient = new float[parameters.length];
    this.measurement = new BackwardMeasurement(stack);
    this.lanes = new LaneNetwork(network);
    this.images = new ImageKernel(images, scaling);
    Targets targets = images.targets().scaled(scaling);
    this.outputs = new OutputReading(network, loss.fitted(targets), targets);
    this.names = network.embeddedInputs().keySet();
    this.seed = seed;
    this.test = new RandomStream(seed, "test signal");
    this.layers =
        LayerProbe.of(NetworkPart.of(network), lanes.layers(), measurement, null, parameters);
    layers.forEach(layer -> probes.put(layer.laidOut(), layer));
  }

  /** Passes over a mini-batch, once more with a test gradient if the real one ends on its way. */
  void add(int[] batch) {
    BackwardPass real = measurement.pass();
    outputs.begin(batch);
    layers.forEach(layer -> layer.begin(real, true));
    lanes.setParameters(parameters);
    // What layers draw is the same whatever is probed on this window.
    lanes.seed(seed, batches++);
    lanes.train(batch.length, gradient, new Measured(batch, real));
    layers.forEach(layer -> layer.measureParameters(real, gradient));
    int end = real.end();
    measurement.add(real, end < 0 ? null : tested(batch, end), batch.length);
  }

  private BackwardPass tested(int[] batch, int end) {
    BackwardPass pass = measurement.pass();
    layers.forEach(layer -> layer.begin(pass, false));
    lanes.setParameters(parameters);
    // The real gradient is still asked for.
    lanes.train(batch.length, new float[gradient.length], new Tested(batch, pass, end));
    return pass;
  }

  private LayerProbe probe(LaidOut layer) {
    return Objects.requireNonNull(probes.get(layer));
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
      lanes.read(images, batch, from);
      addInputs(count);
    }

    /** A category's number is a name: it says nothing of how large the data are. */
    private void addInputs(int count) {
      LaneTensor input = lanes.input();
      if (names.isEmpty()) {
        LayerProbe.addSquares(measurement.data(), input, count);
        return;
      }
      double squares = 0;
      for (int i = 0; i < input.shape().size(); i++) {
        for (int lane = 0; lane < count && !names.contains(i); lane++) {
          squares += (double) input.value(i, lane) * input.value(i, lane);
        }
      }
      int sizes = Math.max(1, input.shape().size() - names.size());
      measurement.data().add(squares, 0, (long) sizes * count);
    }

    @Override
    public void before(LaidOut layer, int count) {
      probe(layer).before(count);
    }

    @Override
    public void leave(int from, int count) {
      outputs.read(lanes.output(), lanes.outputGradient(), batch, from, count);
    }

    @Override
    public void back(LaidOut laidOut, int count) {
      LayerProbe layer = probe(laidOut);
      if (layer.place() >= measurement.first()) {
        layer.pass(pass).arrive(layer.index(), layer.gradient(count), null);
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
      lanes.read(images, batch, from);
    }

    @Override
    public void leave(int from, int count) {
      clear(lanes.outputGradient());
    }

    @Override
    public void back(LaidOut laidOut, int count) {
      LayerProbe layer = probe(laidOut);
      if (layer.place() == end && !layer.isInside()) {
        clear(laidOut.outputGradient());
      }
      if (layer.place() >= measurement.first() && layer.place() <= end) {
        // Inside a block, the block's own goes on.
        layer
            .pass(pass)
            .arrive(layer.index(), layer.gradient(count), layer.isInside() ? null : test::normal);
      }
    }

    private void clear(LaneTensor gradient) {
      LaneValues.replaceAll(gradient, Lanes.COUNT, old -> 0);
    }
  }

  /**
   * What was measured.
   *
   * @param step steps of training done before
   * @param adamEpsilon of Adam; null for other optimizers
   */
  MeasuredBackward result(long step, @Nullable Double adamEpsilon) {
    layers.forEach(layer -> layer.finish(parameters, gradient));
    return measurement.result(step, outputs.evidence(), adamEpsilon);
  }
}
