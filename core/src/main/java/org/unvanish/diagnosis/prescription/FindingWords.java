package org.unvanish.diagnosis.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/** What was found at a snapshot, in sentences. */
final class FindingWords {

  private static final String GRADIENT = "the backpropagated gradient";

  /**
   * Part of the root mean square that the mean of one-sided weights has: uniform ones in [0, 1)
   * have 0.87, those drawn around 0 have 1/√n.
   */
  private static final double ONE_SIDED = 0.5;

  /** An update-to-weight ratio that is worth saying, as log₁₀: a hundred times the usual one. */
  private static final double MUCH = -1;

  /** Of fewer weights, the mean may be as large by chance. */
  private static final int MANY_WEIGHTS = 64;

  private FindingWords() {}

  /** What was found at a snapshot: one to three sentences, the first without a capital. */
  static String of(SnapshotDiagnosis snapshot) {
    MeasuredBackward evidence = snapshot.evidence();
    int layers = snapshot.layers().size();
    double total = evidence.endToEndLog10();
    return switch (snapshot.verdict().cause()) {
      case LARGE_PARAMETERS ->
          format(
              "%s, because %s parameters are large. %s%s",
              large(snapshot),
              count(snapshot, Cause.LARGE_PARAMETERS) == 1 ? "its" : "their",
              evidence.isWorseThroughTime() ? capital(throughTime(evidence)) : ends(evidence),
              oneSided(snapshot));
      case MANY_LAYERS ->
          format("%s: %s, %s.", together(snapshot), derivative(evidence, "it"), weights(evidence));
      case MANY_STEPS -> throughTime(evidence);
      case BOTH ->
          format(
              "%s, because %s parameters are large. The others do not keep the gradient's size either:"
                  + " from end to end it %s.",
              large(snapshot),
              count(snapshot, Cause.LARGE_PARAMETERS) == 1 ? "its" : "their",
              MagnitudeText.change(total));
      case LARGE_INPUTS ->
          format(
              "the data has a root mean square of %s, which %s.",
              number(evidence.inputRms()), flooded(snapshot));
      case DEAD_UNITS ->
          format(
              "in %d of %d layers nearly all relu units are off for all samples.",
              count(snapshot, Cause.DEAD_UNITS), layers);
      case SATURATED_OUTPUT -> output(Objects.requireNonNull(evidence.output().last()));
      case LARGE_TARGETS ->
          format(
              "the targets have a root mean square of %s, but the network's outputs only %s: its weights would first have to grow as much.",
              number(Objects.requireNonNull(evidence.output().numbers()).targetRms()),
              number(evidence.output().logitsRms()));
      case TARGETS_OUT_OF_RANGE ->
          "targets lie outside the range of the last activation, so no weights can reach them.";
      case TARGETS_AT_ASYMPTOTE ->
          "targets lie at values that the last activation reaches only with infinite weights.";
      case LARGE_LEARNING_RATE ->
          evidence.largestUpdateLog10() >= MUCH
              ? format(
                  "the network has learnt nothing%s. A step changes the weights by %s of their size,"
                      + " where a thousandth is usual, so the learning rate is too large.",
                  beside(evidence.output()), percent(Math.pow(10, evidence.largestUpdateLog10())))
              : format(
                  "the network is worse than at its initial weights and has learnt nothing%s. Its"
                      + " weights have grown and moved far from where they were, so the learning rate"
                      + " is too large.",
                  beside(evidence.output()));
      case SMALL_LEARNING_RATE ->
          "training hardly moves the parameters: its learning rate is small.";
      case STRONG_PENALTY ->
          "the penalty pulls at least half as strongly as the data, also at the last layer, and has"
              + " made the weights small.";
      case CAPACITY -> "the gradient arrives, but the network has too few units for its task.";
      case ZERO_LOSS -> "the loss is exactly 0, so there is nothing to learn.";
      case EQUAL_UNITS -> "units of a layer are equal, and training cannot tell them apart.";
      case CONSTANT_PREDICTION ->
          evidence.output().isOfClasses()
              ? "the network predicts one class for all samples."
              : "the outputs are nearly the same for all samples.";
      case CONSTANT_INPUTS -> "all samples have the same inputs.";
      case CONSTANT_TARGETS -> "all samples have the same target.";
      case NONE -> "nothing is wrong.";
    };
  }

  /** What f′ and the weights do to the gradient. */
  private static String ends(MeasuredBackward evidence) {
    return format(
        "From end to end %s, and %s.", derivative(evidence, "the gradient"), weights(evidence));
  }

  /** What becomes of the gradient through time. */
  private static String throughTime(MeasuredBackward evidence) {
    return evidence
        .decisiveTime()
        .map(TimeWords::new)
        .map(time -> time.steps() + " " + time.parts())
        .orElseThrow();
  }

  /** What the last activation does to the output error. */
  private static String output(OutputActivation last) {
    return last.isDead()
        ? format(
            "%s of the outputs are off for all samples: the last %s has f′ = 0 there, so their errors do not get through.",
            percent(last.saturation().deadShare()), last.function())
        : format(
            "the last activation, %s, is saturated for %s of its pre-activations. %s, before any"
                + " weights see it.%s",
            last.function(),
            percent(last.saturation().saturatedShare()),
            capital(MagnitudeText.effect("its f′", false, last.log10(), "the output error")),
            last.function().equals("softmax") && last.log10() == Double.NEGATIVE_INFINITY
                ? " A softmax of a single output is always 1."
                : "");
  }

  private static String percent(double share) {
    return format("%.0f %%", 100 * share);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Which weights all push one way, where that may be why units are saturated; or nothing. */
  private static String oneSided(SnapshotDiagnosis snapshot) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < snapshot.layers().size(); i++) {
      TensorEvidence weights = snapshot.evidence().layers().get(i).tensors().get(0);
      if (snapshot.layers().get(i).cause() == Cause.LARGE_PARAMETERS
          && weights.size() >= MANY_WEIGHTS
          && weights.oneSidedness() >= ONE_SIDED) {
        names.add(weights.name());
      }
    }
    return names.isEmpty()
        ? ""
        : format(
            " The values of %s are one-sided, so a unit's inputs add up instead of cancelling: draw them around 0.",
            names.size() == 1 ? names.get(0) : names.size() + " weight tensors");
  }

  /** {@code 1 of 3 layers is saturated}. */
  private static String large(SnapshotDiagnosis snapshot) {
    long count = count(snapshot, Cause.LARGE_PARAMETERS);
    boolean saturated =
        IntStream.range(0, snapshot.layers().size())
            .filter(i -> snapshot.layers().get(i).cause() == Cause.LARGE_PARAMETERS)
            .allMatch(i -> isSaturated(snapshot.evidence().layers().get(i)));
    return share(count, snapshot)
        + " saturated"
        + (saturated ? "" : count == 1 ? " or amplifies the gradient" : " or amplify the gradient");
  }

  private static boolean isSaturated(LayerEvidence layer) {
    return layer.saturation().saturatedShare() >= Thresholds.DEFAULT.saturatedShare();
  }

  private static String share(long count, SnapshotDiagnosis snapshot) {
    int layers = snapshot.layers().size();
    return format(
        "%d of %d %s %s",
        count, layers, layers == 1 ? "layer" : "layers", count == 1 ? "is" : "are");
  }

  /** Which layers change the gradient where no parameters are large. */
  private static String together(SnapshotDiagnosis snapshot) {
    List<LayerEvidence> layers = snapshot.evidence().layers();
    double total = snapshot.evidence().endToEndLog10();
    if (layers.size() == 1) {
      return MagnitudeText.effect("the only layer", false, total, GRADIENT);
    }
    double[] nets = layers.stream().mapToDouble(LayerEvidence::netLog10).toArray();
    int main = snapshot.verdict().signal().mainPart(nets);
    return main < 0
        ? "no layer alone is to blame, but "
            + MagnitudeText.effect(format("all %d together", layers.size()), true, total, GRADIENT)
        : MagnitudeText.effect(layers.get(main).name() + " alone", false, nets[main], GRADIENT)
            + ", and "
            + MagnitudeText.effect(
                format("all %d layers together", layers.size()), true, total, "it");
  }

  private static String derivative(MeasuredBackward evidence, String gradient) {
    return MagnitudeText.effect("f′", false, evidence.activationLog10(), gradient);
  }

  private static String weights(MeasuredBackward evidence) {
    boolean normalized =
        evidence.layers().stream().anyMatch(layer -> layer.normalizationLog10() != 0);
    return MagnitudeText.effect(
        normalized ? "weights and normalization" : "the weights",
        true,
        evidence.weightsLog10(),
        "it");
  }

  /** What unscaled data do to the layers. */
  private static String flooded(SnapshotDiagnosis snapshot) {
    boolean saturated =
        snapshot.evidence().layers().stream()
            .anyMatch(layer -> layer.saturation().saturatedShare() > 0);
    return saturated
        ? format(
            "saturates %d of %d layers although their weights are not large",
            count(snapshot, Cause.LARGE_INPUTS), snapshot.layers().size())
        : "makes the first layer's output as large, although its weights are not";
  }

  /** The loss beside a constant predictor's, if that is known. */
  private static String beside(OutputEvidence output) {
    return Double.isNaN(output.constantLoss())
        ? ""
        : format(
            ": its loss is %s, where a constant predictor has %s",
            number(output.loss()), number(output.constantLoss()));
  }

  private static long count(SnapshotDiagnosis snapshot, Cause cause) {
    return snapshot.layers().stream().filter(layer -> layer.cause() == cause).count();
  }

  private static String number(double value) {
    return MagnitudeText.number(value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
