package org.unvanish.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;

/** All that was measured of a backward pass, number by number, by what it is. */
final class EvidenceNumbers {

  /** Orders of magnitude that single precision tells apart in a sum. */
  private static final double ROUNDING = 5;

  private final Map<String, Double> numbers = new LinkedHashMap<>();

  /** Gradients of parameter tensors, which not all call the same. */
  private final Map<String, Double> gradients = new LinkedHashMap<>();

  private EvidenceNumbers() {}

  static EvidenceNumbers of(MeasuredBackward evidence) {
    EvidenceNumbers all = new EvidenceNumbers();
    all.put("input rms", evidence.inputRms());
    all.put("typical", evidence.typicalLog10());
    all.put("loss", evidence.output().loss());
    all.put("accuracy", evidence.output().accuracy());
    all.put("output error", evidence.output().outputErrorRms());
    all.put("logits", evidence.output().logitsRms());
    all.put("constant loss", evidence.output().constantLoss());
    all.put("constant accuracy", evidence.output().constantAccuracy());
    all.put("predicted share", evidence.output().predictedShare());
    if (evidence.output().numbers() != null) {
      all.numbers(evidence.output().numbers());
    }
    all.layers("", evidence.layers());
    evidence.time().forEach(all::time);
    return all;
  }

  private void put(String name, double number) {
    numbers.put(name, number);
  }

  private void numbers(NumbersEvidence evidence) {
    put("outputs/least loss", evidence.leastLoss());
    put("outputs/target rms", evidence.targetRms());
    put("outputs/target spread", evidence.targetSpread());
    put("outputs/spread", evidence.outputSpread());
    put("outputs/outside", evidence.outsideShare());
    put("outputs/unreachable", evidence.unreachable());
    put("outputs/asymptotes", evidence.asymptoteShare());
    put("outputs/score", evidence.value());
    put("outputs/constant score", evidence.constantValue());
  }

  private void layers(String before, List<LayerEvidence> layers) {
    put(before + "layers", layers.size());
    for (int i = 0; i < layers.size(); i++) {
      layer(before + "layer " + i + "/", layers.get(i));
    }
  }

  private void layer(String name, LayerEvidence layer) {
    put(name + "entering", layer.enteringLog10());
    put(name + "leaving", layer.leavingLog10());
    put(name + "activation", layer.activationLog10());
    put(name + "linear", layer.linearLog10());
    put(name + "shape", layer.shapeLog10());
    put(name + "typical", layer.typicalLog10());
    put(name + "input rms", layer.inputRms());
    put(name + "weight gain", layer.weightGain());
    put(name + "critical gain", layer.criticalGain());
    put(name + "equal units", layer.equalUnits());
    put(name + "saturated", layer.saturation().saturatedShare());
    put(name + "dead", layer.saturation().deadShare());
    put(name + "relative rms", layer.saturation().relativeRms());
    double largest =
        layer.tensors().stream().mapToDouble(TensorEvidence::gradientLog10).max().orElse(0);
    for (TensorEvidence tensor : layer.tensors()) {
      // Of a bias in front of a normalization it is 0, but for the rounding of sums.
      gradients.put(name + tensor.name(), Math.max(tensor.gradientLog10(), largest - ROUNDING));
    }
    layers(name, layer.inside());
  }

  private void time(TimeEvidence time) {
    String name = "time/" + time.reverse() + "/";
    put(name + "whole", time.wholeLog10());
    for (TimeEvidence.Point point : time.points()) {
      String at = name + point.back() + "/";
      put(at + "size", point.sizeLog10());
      put(at + "typical", point.typicalLog10());
      put(at + "carried", point.carriedLog10());
      put(at + "activation", point.activationLog10());
      put(at + "recurrent", point.recurrentLog10());
      put(at + "cell", point.cellLog10());
    }
  }

  /**
   * Where others differ.
   *
   * @param bounds how far apart they may be
   * @return a line for each
   */
  List<String> differences(EvidenceNumbers others, Bounds bounds) {
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(numbers.keySet());
    names.addAll(others.numbers.keySet());
    for (String name : names) {
      double bound = name.endsWith("typical") ? bounds.ofMedians() : bounds.ofMeans();
      compare(name, numbers.get(name), others.numbers.get(name), bound, lines);
    }
    gradients.forEach(
        (name, own) ->
            compare(name, own, others.gradients.getOrDefault(name, own), bounds.ofSums(), lines));
    return lines;
  }

  /**
   * How far apart numbers may be: relative to a number above 1, absolute below.
   *
   * @param ofMeans of squares over all samples, and of their logarithms
   * @param ofMedians which are those of one sample, whose rounding no mean evens out
   * @param ofSums of a parameter's gradient, a sum over samples whose parts may cancel
   */
  record Bounds(double ofMeans, double ofMedians, double ofSums) {}

  private static void compare(
      String name,
      @Nullable Double one,
      @Nullable Double other,
      double tolerance,
      List<String> to) {
    boolean same =
        one != null
            && other != null
            && (one.equals(other)
                || Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(other)));
    if (!same) {
      to.add("%s: %s and %s".formatted(name, one, other));
    }
  }
}
