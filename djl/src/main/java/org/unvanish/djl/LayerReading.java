package org.unvanish.djl;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.EqualUnits;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.SaturationPoint;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.penalty.Penalty;

/** Puts together what a {@link Probe} has measured of each layer with weights. */
final class LayerReading {

  private final Chain chain;
  private final Probe probe;

  LayerReading(Chain chain, Probe probe) {
    this.chain = chain;
    this.probe = probe;
  }

  /** The evidence of all layers with weights, first to last. */
  List<LayerEvidence> all() {
    List<LayerEvidence> layers = new ArrayList<>();
    for (int link = chain.first(); link < chain.links().size(); link = chain.next(link)) {
      layers.add(layer(link));
    }
    return layers;
  }

  private LayerEvidence layer(int link) {
    int end = chain.next(link);
    boolean first = link == chain.first();
    double activation = 0;
    double linear = first ? 0 : step(link);
    Saturation saturation = Saturation.NONE;
    double criticalGain = 1;
    for (int i = link + 1; i < end; i++) {
      if (chain.links().get(i).activation().isPresent()) {
        Activation function = chain.links().get(i).activation().get();
        activation += step(i);
        criticalGain *= SaturationPoint.criticalGain(function);
        saturation = worse(saturation, probe.saturation(i));
      } else {
        linear += step(i);
      }
    }
    // The way ends at the first layer's own output.
    int leaving = first ? link : link - 1;
    double entering = probe.typical(batch -> batch.real().arriving(end - 1));
    return new LayerEvidence(
        chain.links().get(link).name(),
        entering,
        probe.typical(batch -> batch.real().arriving(leaving)),
        activation,
        linear,
        StrictMath.log10(probe.size(end - 1) / probe.size(leaving)) / 2,
        entering == Double.NEGATIVE_INFINITY,
        saturation,
        probe.inputRms(link),
        weightGain(link),
        criticalGain,
        equalUnits(link),
        tensors(link, end));
  }

  private double step(int link) {
    return probe.typical(batch -> batch.step(link));
  }

  private static Saturation worse(Saturation a, @Nullable Saturation b) {
    return b == null || a.saturatedShare() + a.deadShare() > b.saturatedShare() + b.deadShare()
        ? a
        : b;
  }

  private double weightGain(int link) {
    double gain = 1;
    for (ModelParameter weights : chain.links().get(link).weights()) {
      Shape shape = weights.parameter().getArray().getShape();
      double fanIn = (double) shape.size() / shape.get(0);
      gain *= rms(weights) * Math.sqrt(fanIn);
    }
    return gain;
  }

  private static double rms(ModelParameter parameter) {
    return Trace.rms(Values.of(parameter.parameter().getArray()));
  }

  /**
   * Weights of linear and convolutional blocks have a row for each unit, and biases a value; NaN
   * for other blocks, where nobody knows what belongs to a unit.
   */
  private double equalUnits(int link) {
    List<float[]> values = new ArrayList<>();
    long units = 0;
    for (ModelParameter parameter : chain.links().get(link).parameters()) {
      Shape shape = parameter.parameter().getArray().getShape();
      units = units == 0 ? shape.get(0) : units;
      float[] gradient = probe.lastGradient(parameter.name());
      if (shape.dimension() == 0 || shape.get(0) != units || gradient.length != shape.size()) {
        return Double.NaN;
      }
      values.add(Values.of(parameter.parameter().getArray()));
      values.add(gradient);
    }
    return EqualUnits.share(Math.toIntExact(units), values);
  }

  private double penaltyLog10(ModelParameter parameter) {
    Penalty penalty = probe.penalty();
    if (!parameter.isCovered(penalty)) {
      return Double.NEGATIVE_INFINITY;
    }
    float[] values = Values.of(parameter.parameter().getArray());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) penalty.gradient(values[i]);
    }
    return StrictMath.log10(Trace.rms(values));
  }

  private List<TensorEvidence> tensors(int from, int end) {
    List<TensorEvidence> tensors = new ArrayList<>();
    for (int i = from; i < end; i++) {
      for (ModelParameter parameter : chain.links().get(i).parameters()) {
        if (parameter.isTrained()) {
          tensors.add(
              new TensorEvidence(
                  parameter.name(),
                  Math.toIntExact(parameter.parameter().getArray().size()),
                  rms(parameter),
                  probe.typical(batch -> batch.gradientLog10(parameter.name())),
                  Double.NaN,
                  penaltyLog10(parameter)));
        }
      }
    }
    return tensors;
  }
}
