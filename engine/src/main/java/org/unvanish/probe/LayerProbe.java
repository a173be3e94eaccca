package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.stage.LaneNetwork.LaidOut;
import org.unvanish.internal.stage.RecurrentStage;
import org.unvanish.internal.stage.Stage;
import org.unvanish.network.Activated;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Softmax;

/** A layer as it is laid out, with its place in the measurement; it may be inside a block. */
final class LayerProbe {

  private final LaidOut laidOut;
  private final BackwardMeasurement measurement;
  private final int index;
  private final @Nullable LayerProbe around;
  private final List<ParameterTensor> trained;
  private final boolean hasUnits;
  private final @Nullable SaturationCounter counter;

  /** Of a recurrent layer. */
  private final @Nullable TimeProbe time;

  private LayerProbe(
      NetworkPart part,
      LaidOut laidOut,
      BackwardMeasurement measurement,
      int index,
      @Nullable LayerProbe around,
      float[] parameters) {
    this.laidOut = laidOut;
    this.measurement = measurement;
    this.index = index;
    this.around = around;
    this.trained = part.trained();
    // An embedding has categories, which are no units: one that no sample has never moves.
    this.hasUnits =
        !(part.layer() instanceof Embedding)
            && trained.stream().anyMatch(tensor -> tensor.kind() == Kind.WEIGHTS);
    this.counter = counter(part, laidOut, parameters);
    this.time = part.layer() instanceof Recurrent layer ? time(layer, parameters) : null;
  }

  private TimeProbe time(Recurrent layer, float[] parameters) {
    PreActivationCounter ofUnits =
        new PreActivationCounter(
            layer.activation().function(),
            (float) inner(layer.activation(), trained, parameters),
            layer.units());
    TimeProbe probe = new TimeProbe(index, layer.units(), ofUnits);
    for (Stage stage : laidOut.stages()) {
      if (stage instanceof RecurrentStage steps) {
        steps.visit(probe);
      }
    }
    return probe;
  }

  /** The factor in front of z, of a learned α as it stands. */
  private static double inner(
      Activation activation, List<ParameterTensor> trained, float[] parameters) {
    return activation.scale() instanceof Scale.Trained scale
        ? scale.inner(parameters[NetworkStack.alpha(trained).offset()])
        : activation.inner();
  }

  /**
   * All layers, those inside blocks behind their block.
   *
   * @param laidOut the same layers in the engine
   * @param measurement of these layers
   */
  static List<LayerProbe> of(
      List<NetworkPart> parts,
      List<LaidOut> laidOut,
      BackwardMeasurement measurement,
      @Nullable LayerProbe around,
      float[] parameters) {
    List<LayerProbe> probes = new ArrayList<>();
    Iterator<LaidOut> places = laidOut.iterator();
    for (int i = 0; i < parts.size(); i++) {
      LaidOut place = places.next();
      LayerProbe probe = new LayerProbe(parts.get(i), place, measurement, i, around, parameters);
      probes.add(probe);
      if (!place.inside().isEmpty()) {
        probes.addAll(
            of(parts.get(i).inside(), place.inside(), measurement.inside(i), probe, parameters));
      }
    }
    return probes;
  }

  private static @Nullable SaturationCounter counter(
      NetworkPart part, LaidOut laidOut, float[] parameters) {
    Layer layer = part.layer();
    if (layer instanceof Softmax) {
      return new SoftmaxCounter();
    }
    if (!(layer instanceof Activated activated)) {
      return null;
    }
    Activation activation = activated.activation();
    return new PreActivationCounter(
        activation.function(),
        (float) inner(activation, part.trained(), parameters),
        laidOut.output().shape().channels());
  }

  /** Where the engine has it. */
  LaidOut laidOut() {
    return laidOut;
  }

  /** Its place among the network's layers, or that of the block that it is inside of. */
  int place() {
    return around == null ? index : around.place();
  }

  boolean isInside() {
    return around != null;
  }

  /**
   * Begins a mini-batch.
   *
   * @param whole the pass through the network
   * @param counting whether pre-activations are counted
   */
  void begin(BackwardPass whole, boolean counting) {
    if (time != null) {
      time.begin(pass(whole), counting);
    }
  }

  /** Looks at what the layer is about to read. */
  void before(int samples) {
    if (time != null) {
      time.enter(samples);
    }
    if (counter == null) {
      addSquares(measurement.input(index), laidOut.input(), samples);
    } else {
      counter.add(laidOut.input(), samples);
    }
  }

  static void addSquares(ScaledSum sum, LaneTensor tensor, int count) {
    sum.add(LaneValues.sumOfSquares(tensor, count), 0, (long) tensor.shape().size() * count);
  }

  /** The gradient at the layer's output, which is about to go back through it. */
  LaneGradient gradient(int samples) {
    if (time != null) {
      time.leave(samples);
    }
    return new LaneGradient(laidOut.outputGradient(), samples);
  }

  /** Its place in a pass of the whole network. */
  int index() {
    return index;
  }

  /** The pass through the layers that this one is among. */
  BackwardPass pass(BackwardPass whole) {
    return around == null ? whole : around.pass(whole).inside(around.index);
  }

  /** Measures what came out as the gradients of its parameters. */
  void measureParameters(BackwardPass whole, float[] gradient) {
    for (int t = 0; t < trained.size(); t++) {
      ParameterTensor tensor = trained.get(t);
      double squares = ScaledSum.ofSquares(gradient, tensor.offset(), tensor.end());
      pass(whole).parameterGradient(index, t, squares, tensor.size());
    }
  }

  /** Tells the measurement what was seen of the layer. */
  void finish(float[] parameters, float[] gradient) {
    if (counter != null) {
      Saturation saturation = counter.result();
      measurement.saturation(index, saturation);
    }
    if (time != null) {
      measurement.saturation(index, time.saturation());
    }
    if (hasUnits) {
      measurement.equalUnits(index, equalUnits(parameters, gradient));
    }
  }

  /** Of a separable convolution the second half, whose filters are the layer's units. */
  private double equalUnits(float[] parameters, float[] gradient) {
    int units = laidOut.output().shape().channels();
    List<float[]> values =
        trained.stream()
            .filter(tensor -> tensor.kind() != Kind.SCALE)
            .filter(tensor -> tensor.shape().get(0) == units && !isDepthwise(tensor))
            .flatMap(tensor -> Stream.of(part(parameters, tensor), part(gradient, tensor)))
            .toList();
    return EqualUnits.share(units, values);
  }

  private static float[] part(float[] values, ParameterTensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.end());
  }

  private static boolean isDepthwise(ParameterTensor tensor) {
    return tensor.kind() == Kind.WEIGHTS && tensor.shape().size() == 3;
  }
}
