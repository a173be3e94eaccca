package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.initialization.RandomStream;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.SoftmaxKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.Stage;
import org.unvanish.network.Activated;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** A window of mini-batches, forward and backward, and all that is measured on the way. */
final class ProbeWindow {

  private final Network network;
  private final float[] parameters;
  private final float[] gradient;
  private final LaneNetwork lanes;
  private final ImageKernel images;
  private final SoftmaxKernel softmax;
  private final int[] labels = new int[Lanes.COUNT];
  private final int[] classes;
  private final int[] predicted;
  private final int first;
  private final RandomStream test;

  private final @Nullable PreActivationCounter[] arguments;
  private final ScaledSum[] inputs;
  private final ScaledSum data = new ScaledSum();
  private final ScaledSum residuals = new ScaledSum();
  private final ScaledSum logits = new ScaledSum();
  private List<ProbeBatch> batches = new ArrayList<>();
  private int samples;

  ProbeWindow(
      Network network,
      float[] parameters,
      ImageSet images,
      List<ChannelScaling> scaling,
      long seed) {
    this.network = network;
    this.parameters = parameters;
    this.gradient = new float[parameters.length];
    this.lanes = new LaneNetwork(network);
    this.images = new ImageKernel(images, scaling);
    this.softmax = new SoftmaxKernel(network.classes());
    this.classes = new int[network.classes()];
    this.predicted = new int[network.classes()];
    this.first = nextWithWeights(-1);
    this.test = new RandomStream(seed, "test signal");
    int count = network.layers().size();
    this.arguments = new PreActivationCounter[count];
    this.inputs = new ScaledSum[count];
    for (int i = 0; i < count; i++) {
      inputs[i] = new ScaledSum();
      if (network.layers().get(i) instanceof Activated activated) {
        arguments[i] = counter(activated.activation(), i);
      }
    }
  }

  private PreActivationCounter counter(Activation activation, int layer) {
    double inner =
        activation.isLearned()
            ? 1 / parameters[network.parameters(layer).get(0).offset()]
            : activation.inner();
    return new PreActivationCounter(activation, (float) inner, network.output(layer).channels());
  }

  /** The next layer with weights, or the number of layers. */
  int nextWithWeights(int layer) {
    int next = layer + 1;
    while (next < network.layers().size() && !hasWeights(next)) {
      next++;
    }
    return next;
  }

  private boolean hasWeights(int layer) {
    return network.parameters(layer).stream().anyMatch(tensor -> tensor.kind() == Kind.WEIGHTS);
  }

  /** Passes over the mini-batches and keeps what the middle half of them did. */
  void measure(List<int[]> window, ProbeProgress progress) {
    for (int[] batch : window) {
      batches.add(measure(batch));
      progress.batchProbed(batches.size(), window.size());
    }
    batches.sort(Comparator.comparingDouble(ProbeBatch::decades));
    int dropped = batches.size() / 4;
    batches = batches.subList(dropped, batches.size() - dropped);
  }

  /** Once more with a test signal if the real one does not get through. */
  private ProbeBatch measure(int[] batch) {
    SignalTrace real = new SignalTrace(lanes.layers(), first, test);
    lanes.setParameters(parameters);
    for (int from = 0; from < batch.length; from += Lanes.COUNT) {
      int count = gather(batch, from);
      forwardMeasured(count);
      softmax.forward(lanes.output(), labels, count);
      softmax.addPredicted(lanes.output(), count, predicted);
      for (int lane = 0; lane < count; lane++) {
        classes[labels[lane]]++;
      }
      // Of each sample's own loss; the batch's mean is taken where gradients are handed over.
      softmax.gradient(labels, count, 1, lanes.outputGradient());
      add(residuals, lanes.outputGradient(), count);
      real.backward(network.layers().size() - 1, count, false);
      samples += count;
    }
    double[] gradients = gradients(real, batch.length);
    SignalTrace tested = real.end() < 0 ? null : tested(batch, real.end());
    return new ProbeBatch(real, tested, gradients, first, network.layers().size());
  }

  private SignalTrace tested(int[] batch, int end) {
    SignalTrace trace = new SignalTrace(lanes.layers(), first, test);
    for (int from = 0; from < batch.length; from += Lanes.COUNT) {
      int count = gather(batch, from);
      lanes.forward();
      LaneValues.replaceAll(lanes.layers().get(end).outputGradient(), Lanes.COUNT, old -> 0);
      trace.backward(end, count, true);
    }
    return trace;
  }

  private int gather(int[] batch, int from) {
    int count = Math.min(Lanes.COUNT, batch.length - from);
    images.gather(batch, from, count, lanes.input(), labels);
    return count;
  }

  private void forwardMeasured(int count) {
    LaneTensor value = lanes.input();
    add(data, value, count);
    for (int i = 0; i < network.layers().size(); i++) {
      LaneNetwork.LaidOut layer = lanes.layers().get(i);
      PreActivationCounter counter = arguments[i];
      if (counter != null) {
        counter.add(value, count);
      } else {
        add(inputs[i], value, count);
      }
      layer.stages().forEach(Stage::forward);
      value = layer.output();
    }
    add(logits, value, count);
  }

  private static void add(ScaledSum sum, LaneTensor tensor, int count) {
    sum.add(LaneValues.sumOfSquares(tensor, count), 0, (long) tensor.shape().size() * count);
  }

  private double[] gradients(SignalTrace trace, int batchSize) {
    lanes.collect(gradient);
    double[] gradients = new double[network.parameters().size()];
    int number = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      for (ParameterTensor tensor : network.parameters(i)) {
        ScaledSum sum = new ScaledSum();
        sum.add(sumOfSquares(gradient, tensor), 2 * trace.exponent(i), tensor.size());
        gradients[number++] = sum.rmsLog10() - StrictMath.log10(batchSize);
      }
    }
    return gradients;
  }

  private static double sumOfSquares(float[] values, ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  /** The first layer with weights. */
  int first() {
    return first;
  }

  double dataRms() {
    return data.rms();
  }

  OutputEvidence output() {
    return new OutputEvidence(
        softmax.loss() / samples,
        (double) softmax.hits() / samples,
        residuals.rms(),
        logits.rms(),
        OutputEvidence.entropy(classes),
        OutputEvidence.largestShare(classes),
        OutputEvidence.largestShare(predicted));
  }

  /** The mean over the middle half of the mini-batches. */
  double typical(ToDoubleFunction<ProbeBatch> measure) {
    return batches.stream().mapToDouble(measure).sum() / batches.size();
  }

  /** What a layer with weights or pooling reads. */
  ScaledSum input(int layer) {
    return inputs[layer];
  }

  /** Where the arguments of an activation lie; null for other layers. */
  @Nullable Saturation saturation(int layer) {
    PreActivationCounter counter = arguments[layer];
    return counter == null ? null : counter.result();
  }

  /** The parameters of a tensor, and their gradient over the last mini-batch times a power of 2. */
  List<float[]> valuesAndGradient(ParameterTensor tensor) {
    return List.of(
        Arrays.copyOfRange(parameters, tensor.offset(), tensor.end()),
        Arrays.copyOfRange(gradient, tensor.offset(), tensor.end()));
  }

  /** The root mean square of a tensor's parameters. */
  double rms(ParameterTensor tensor) {
    return Math.sqrt(sumOfSquares(parameters, tensor) / tensor.size());
  }
}
