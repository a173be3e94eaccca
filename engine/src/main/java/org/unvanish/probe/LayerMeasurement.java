package org.unvanish.probe;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.SaturationPoint;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.network.Activated;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** Puts together what a {@link ProbeWindow} has measured of one layer with weights. */
final class LayerMeasurement {

  private final Network network;
  private final ProbeWindow window;
  private final ParameterReading parameters;
  private final int layer;
  private final int end;
  private final boolean first;

  private LayerMeasurement(
      Network network, ProbeWindow window, ParameterReading parameters, int layer) {
    this.network = network;
    this.window = window;
    this.parameters = parameters;
    this.layer = layer;
    this.end = window.nextWithWeights(layer);
    this.first = layer == window.first();
  }

  /** The evidence of all layers with weights, first to last. */
  static List<LayerEvidence> all(Network network, ProbeWindow window, ParameterReading parameters) {
    List<LayerEvidence> layers = new ArrayList<>();
    int layer = window.first();
    while (layer < network.layers().size()) {
      layers.add(new LayerMeasurement(network, window, parameters, layer).evidence());
      layer = window.nextWithWeights(layer);
    }
    return layers;
  }

  private LayerEvidence evidence() {
    double activation = 0;
    double linear = first ? 0 : step(layer);
    Saturation saturation = Saturation.NONE;
    double criticalGain = 1;
    for (int i = layer + 1; i < end; i++) {
      if (network.layers().get(i) instanceof Activated activated) {
        activation += step(i);
        criticalGain *= SaturationPoint.criticalGain(activated.activation());
        saturation = worse(saturation, window.saturation(i));
      } else {
        linear += step(i);
      }
    }
    // The way ends at the first layer's own output.
    int leaving = first ? layer : layer - 1;
    double entering = window.typical(batch -> batch.signalLog10(end - 1));
    return new LayerEvidence(
        name(network.parameters(layer).get(0)),
        entering,
        window.typical(batch -> batch.signalLog10(leaving)),
        activation,
        linear,
        StrictMath.log10((double) size(end - 1) / size(leaving)) / 2,
        entering == Double.NEGATIVE_INFINITY,
        saturation,
        window.input(layer).rms(),
        weightGain(),
        criticalGain,
        equalUnits(),
        tensors());
  }

  /** What one layer of the network does to the signal on its way from output to input. */
  private double step(int i) {
    return window.typical(batch -> batch.step(i));
  }

  private int size(int i) {
    return network.output(i).size();
  }

  private static Saturation worse(Saturation a, @Nullable Saturation b) {
    return b == null || a.saturatedShare() + a.deadShare() > b.saturatedShare() + b.deadShare()
        ? a
        : b;
  }

  private static String name(ParameterTensor tensor) {
    return tensor.name().substring(0, tensor.name().indexOf('/'));
  }

  private double weightGain() {
    double gain = 1;
    for (ParameterTensor tensor : network.parameters(layer)) {
      if (tensor.kind() == Kind.WEIGHTS) {
        gain *= window.rms(tensor) * Math.sqrt(tensor.fanIn());
      }
    }
    return gain;
  }

  /** Of a separable convolution the second half, whose filters are the layer's units. */
  private double equalUnits() {
    List<float[]> values = new ArrayList<>();
    int units = network.output(layer).channels();
    for (ParameterTensor tensor : network.parameters(layer)) {
      if (tensor.shape().get(0) == units && !isDepthwise(tensor)) {
        values.addAll(window.valuesAndGradient(tensor));
      }
    }
    return EqualUnits.share(units, values);
  }

  private static boolean isDepthwise(ParameterTensor tensor) {
    return tensor.kind() == Kind.WEIGHTS && tensor.shape().size() == 3;
  }

  private List<TensorEvidence> tensors() {
    List<TensorEvidence> tensors = new ArrayList<>();
    for (int i = layer; i < end; i++) {
      for (ParameterTensor tensor : network.parameters(i)) {
        int number = network.parameters().indexOf(tensor);
        tensors.add(
            new TensorEvidence(
                tensor.name(),
                tensor.size(),
                window.rms(tensor),
                window.typical(batch -> batch.gradientLog10(number)),
                parameters.change(tensor),
                parameters.penaltyLog10(tensor)));
      }
    }
    return tensors;
  }
}
