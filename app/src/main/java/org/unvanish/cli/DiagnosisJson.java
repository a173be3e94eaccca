package org.unvanish.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.LayerEvidence;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.MomentEvidence;
import org.unvanish.diagnosis.Prediction;
import org.unvanish.diagnosis.Prescription;
import org.unvanish.diagnosis.StartingValues;
import org.unvanish.diagnosis.TensorEvidence;
import org.unvanish.diagnosis.Verdict;

/**
 * An examination for programs, as {@code diagnosis.schema.json} says. A logarithm that is −∞, that
 * of zero, is null.
 */
final class DiagnosisJson {

  private DiagnosisJson() {}

  /** The JSON Schema of {@link #of}. */
  static String schema() {
    try (@Nullable InputStream in =
        DiagnosisJson.class.getResourceAsStream("diagnosis.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The whole object.
   *
   * @param proof what training showed, or null
   */
  static Map<String, @Nullable Object> of(Examination found, @Nullable Object proof) {
    MomentDiagnosis decisive = found.diagnosis().decisive();
    Map<String, @Nullable Object> json =
        Json.object(
            "experiment", found.experiment(),
            "arm", found.run().arm().name(),
            "seed", found.run().seed(),
            "data", found.data().name(),
            "steps_per_epoch", found.stepsPerEpoch(),
            "decisive_step", decisive.evidence().step());
    putVerdict(json, decisive.verdict());
    json.put(
        "diverged_at",
        found
            .divergence()
            .map(d -> (Object) Json.object("epoch", d.epoch(), "step", d.step()))
            .orElse(null));
    json.put("moments", found.diagnosis().moments().stream().map(DiagnosisJson::moment).toList());
    json.put("prescription", prescription(found.prescription()));
    json.put("predicted", predicted(found.prescription().prediction()));
    json.put("proof", proof);
    return json;
  }

  private static void putVerdict(Map<String, @Nullable Object> json, Verdict verdict) {
    Mechanism mechanism = verdict.mechanism();
    json.put("signal", verdict.signal().label());
    json.put("cause", verdict.cause().label());
    json.put("mechanism", mechanism == null ? null : mechanism.label());
  }

  private static Object moment(MomentDiagnosis moment) {
    MomentEvidence evidence = moment.evidence();
    Map<String, @Nullable Object> json = Json.object("step", evidence.step());
    putVerdict(json, moment.verdict());
    json.put("net_log10", Json.number(evidence.endToEndLog10()));
    json.put("activation_log10", Json.number(evidence.activationLog10()));
    json.put("weights_log10", Json.number(evidence.weightsLog10()));
    json.put("first_gradient_log10", Json.number(evidence.firstGradientLog10()));
    json.put("adam_epsilon", evidence.adamEpsilon());
    json.put("loss", Json.number(evidence.output().loss()));
    json.put("accuracy", Json.number(evidence.output().accuracy()));
    json.put("residual_rms", Json.number(evidence.output().residualRms()));
    json.put("input_rms", Json.number(evidence.inputRms()));
    List<Object> layers = new ArrayList<>();
    for (int i = 0; i < evidence.layers().size(); i++) {
      layers.add(layer(evidence.layers().get(i), moment.layers().get(i)));
    }
    json.put("layers", layers);
    return json;
  }

  private static Object layer(LayerEvidence layer, Verdict verdict) {
    Map<String, @Nullable Object> json = Json.object("name", layer.name());
    json.put("gain_log10", Json.number(layer.gainLog10()));
    json.put("activation_log10", Json.number(layer.activationLog10()));
    json.put("linear_log10", Json.number(layer.linearLog10()));
    json.put("shape_log10", Json.number(layer.shapeLog10()));
    json.put("net_log10", Json.number(layer.netLog10()));
    json.put("saturated_share", Json.number(layer.saturation().saturatedShare()));
    json.put("dead_share", Json.number(layer.saturation().deadShare()));
    json.put("test_signal", layer.testSignal());
    json.put("input_rms", Json.number(layer.inputRms()));
    json.put("weight_gain", Json.number(layer.weightGain()));
    json.put("critical_gain", Json.number(layer.criticalGain()));
    putVerdict(json, verdict);
    json.put("tensors", layer.tensors().stream().map(DiagnosisJson::tensor).toList());
    return json;
  }

  private static Object tensor(TensorEvidence tensor) {
    return Json.object(
        "name", tensor.name(),
        "size", tensor.size(),
        "rms", Json.number(tensor.rms()),
        "gradient_log10", Json.number(tensor.gradientLog10()));
  }

  private static Object prescription(Prescription prescription) {
    StartingValues initial = prescription.initial();
    return Json.object(
        "l2", prescription.l2(),
        "alpha", prescription.alpha(),
        "initial", initial == null ? null : initial.label(),
        "other", prescription.other().stream().map(remedy -> remedy.label()).toList(),
        "why", prescription.why());
  }

  private static @Nullable Object predicted(@Nullable Prediction prediction) {
    return prediction == null
        ? null
        : Json.object(
            "before", state(prediction.before()),
            "after", state(prediction.after()),
            "parameters_shrunk_to", prediction.shrunk());
  }

  private static Object state(MomentEvidence evidence) {
    return Json.object(
        "first_gradient_log10", Json.number(evidence.firstGradientLog10()),
        "net_log10", Json.number(evidence.endToEndLog10()));
  }
}
