package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.diagnosis.measurement.StackLayer;
import org.unvanish.initialization.RandomStream;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.internal.stage.Stage;
import org.unvanish.loss.ClassShares;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
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
  private final Loss loss;
  private final Targets targets;
  private final LossKernel kernel;
  private final int[] predicted;
  private final RandomStream test;

  private final @Nullable PreActivationCounter[] preActivations;
  private final ScaledSum outputErrors = new ScaledSum();
  private final ScaledSum logits = new ScaledSum();
  private final List<int[]> window = new ArrayList<>();

  /**
   * @param layers the network as a layer stack
   * @param seed of test gradients
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
    this.loss = loss;
    this.targets = images.targets().scaled(scaling);
    this.kernel = LossTable.kernel(loss, network.outputs(), targets);
    this.predicted = new int[network.outputs()];
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
    window.add(batch);
    lanes.setParameters(parameters);
    for (int from = 0; from < batch.length; from += Lanes.COUNT) {
      int count = gather(batch, from);
      forwardMeasured(count);
      kernel.forward(lanes.output(), batch, from, count);
      kernel.addPredicted(lanes.output(), count, predicted);
      // Of each sample's own loss; the batch's mean is taken where gradients are handed over.
      kernel.gradient(count, 1, lanes.outputGradient());
      addSquares(outputErrors, lanes.outputGradient(), count);
      backward(real, network.layers().size() - 1, count, null);
    }
    measureParameterGradients(real);
    int end = real.end();
    measurement.add(real, end < 0 ? null : tested(batch, end), batch.length);
  }

  private BackwardPass tested(int[] batch, int end) {
    BackwardPass pass = measurement.pass();
    for (int from = 0; from < batch.length; from += Lanes.COUNT) {
      int count = gather(batch, from);
      lanes.forward();
      LaneValues.replaceAll(lanes.layers().get(end).outputGradient(), Lanes.COUNT, old -> 0);
      backward(pass, end, count, test::normal);
    }
    return pass;
  }

  private int gather(int[] batch, int from) {
    int count = Math.min(Lanes.COUNT, batch.length - from);
    images.gather(batch, from, count, lanes.input());
    return count;
  }

  private void forwardMeasured(int count) {
    LaneTensor value = lanes.input();
    addSquares(measurement.data(), value, count);
    for (int i = 0; i < network.layers().size(); i++) {
      LaneNetwork.LaidOut layer = lanes.layers().get(i);
      PreActivationCounter counter = preActivations[i];
      if (counter != null) {
        counter.add(value, count);
      } else {
        addSquares(measurement.input(i), value, count);
      }
      layer.stages().forEach(Stage::forward);
      value = layer.output();
    }
    addSquares(logits, value, count);
  }

  private static void addSquares(ScaledSum sum, LaneTensor tensor, int count) {
    sum.add(LaneValues.sumOfSquares(tensor, count), 0, (long) tensor.shape().size() * count);
  }

  /** Sends a block's gradient back to the first layer, adding parameter gradients on its way. */
  private void backward(BackwardPass pass, int from, int count, @Nullable DoubleSupplier tests) {
    int first = measurement.first();
    pass.beginBlock();
    for (int i = from; i >= first; i--) {
      LaneNetwork.LaidOut layer = lanes.layers().get(i);
      pass.arrive(i, new LaneGradient(layer.outputGradient(), count), tests);
      backward(layer.stages(), i > first);
    }
  }

  private static void backward(List<Stage> stages, boolean toInput) {
    for (int j = stages.size() - 1; j >= 0; j--) {
      stages.get(j).addParameterGradients();
      if (toInput || j > 0) {
        stages.get(j).inputGradient();
      }
    }
  }

  private void measureParameterGradients(BackwardPass pass) {
    lanes.collect(gradient);
    for (int i = 0; i < network.layers().size(); i++) {
      List<ParameterTensor> tensors = network.parameters(i);
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
    return measurement.result(step, output(), adamEpsilon);
  }

  private OutputEvidence output() {
    int[] samples = window.stream().flatMapToInt(Arrays::stream).toArray();
    Scores scores = Scores.means(loss.scores(), kernel.sums(), samples.length);
    Scores constant = loss.constant(targets.of(samples)).scores();
    return new OutputEvidence(
        scores.loss(),
        scores.accuracy(),
        outputErrors.rms(),
        logits.rms(),
        constant.loss(),
        constant.accuracy(),
        ClassShares.largestShare(predicted));
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
