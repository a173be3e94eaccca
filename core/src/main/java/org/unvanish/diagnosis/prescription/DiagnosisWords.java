package org.unvanish.diagnosis.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/** What a colleague would say about a network at its decisive snapshot. */
final class DiagnosisWords {

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

  private final SnapshotDiagnosis decisive;
  private final SnapshotDiagnosis rest;

  /**
   * @param rest what is left for the other remedies to mend once the data is scaled, if that is
   *     prescribed; else the decisive snapshot
   */
  DiagnosisWords(SnapshotDiagnosis decisive, SnapshotDiagnosis rest) {
    this.decisive = decisive;
    this.rest = rest;
  }

  String why(
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable PrescribedInitialization initial,
      List<OtherRemedy> other,
      @Nullable Prediction prediction) {
    if (decisive.verdict().isHealthy()) {
      return "Nothing to fix: " + health(decisive);
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(when() + finding(decisive));
    if (other.contains(OtherRemedy.SCALE_INPUTS)) {
      sentences.add("Standardise the data, or scale it to [0, 1].");
      if (!rest.verdict().isHealthy()) {
        sentences.add("That is not all: with scaled data " + finding(rest));
      }
    }
    if (other.contains(OtherRemedy.SCALE_TARGETS)) {
      sentences.add("Standardise the targets.");
    }
    if (other.contains(OtherRemedy.FUSED_LOSS)) {
      sentences.add(
          "Leave the last activation out and train with a binary cross-entropy on logits, whose"
              + " gradient is the output's error itself. Or begin with the last bias where the outputs are the"
              + " targets' mean.");
    }
    if (other.contains(OtherRemedy.NO_LAST_ACTIVATION)) {
      sentences.add("Leave the last activation out, so that any number can be put out.");
    }
    if (l2 != null) {
      sentences.add(
          format(
              "Add an ℓ₂ penalty with regularization strength r = %s. It pushes the large parameters as"
                  + " strongly as the data pulls at the last layer, where nothing is lost yet.",
              number(l2)));
    }
    if (alpha != null) {
      sentences.add(
          format(
              "A scale of α = %s keeps the pre-activations where f′ is near its largest value.",
              number(alpha)));
    }
    if (initial != null && prediction != null && !other.contains(OtherRemedy.USE_TANH)) {
      sentences.add(
          (initial == PrescribedInitialization.GLOROT ? "Glorot's" : "He's")
              + " initialization "
              + effect(prediction.after()));
    }
    if (decisive.verdict().cause().isOfTraining()) {
      sentences.add(training(decisive.verdict().cause()));
    } else if (l2 == null && alpha == null && other.stream().noneMatch(OtherRemedy::isOfOutput)) {
      sentences.add(
          initial != null && hasLargeParameters() && !other.contains(OtherRemedy.USE_TANH)
              ? "Then no penalty is needed; it is the remedy if the present weights must stay."
              : "Neither of the paper's two remedies acts here: " + neither(other));
    }
    if (other.contains(OtherRemedy.USE_TANH)) {
      sentences.add("With tanh and Glorot's initialization the gradient would get through.");
    }
    if (prediction != null) {
      sentences.add(prediction(prediction));
    }
    return String.join(" ", sentences);
  }

  /** What was found at the decisive snapshot. */
  String found() {
    return when() + finding(decisive);
  }

  private static String health(SnapshotDiagnosis snapshot) {
    OutputEvidence output = snapshot.evidence().output();
    if (snapshot.learning() == Learning.FITTED) {
      return format(
          "the network learns. Its loss is %s, where a constant predictor has %s.",
          number(output.loss()), number(output.constantLoss()));
    }
    boolean saturated =
        snapshot.evidence().layers().stream()
            .anyMatch(layer -> layer.saturation().saturatedShare() >= 0.5);
    return "from the last layer to the first the backpropagated gradient "
        + MagnitudeText.change(snapshot.evidence().endToEndLog10())
        + (saturated ? "." : ", and no layer is saturated.");
  }

  /** What the numbers of a prediction say of an initialization. */
  private static String effect(MeasuredBackward after) {
    double distance = Math.abs(after.endToEndLog10());
    if (distance <= 0.5) {
      return "keeps the gradient's size.";
    }
    return distance <= 2
        ? "brings the gradient nearer to its size."
        : "brings the gradient nearer to its size, but not all the way.";
  }

  private static String training(Cause cause) {
    return cause == Cause.STRONG_PENALTY
        ? "Try a weaker penalty, a tenth of the present one first; only training can show what it"
            + " does."
        : cause == Cause.LARGE_LEARNING_RATE
            ? "Try a lower learning rate, a tenth of the present one first; only training can show"
                + " what it does."
            : "Try a higher learning rate, ten times the present one first; only training can show"
                + " what it does.";
  }

  private boolean hasLargeParameters() {
    Cause cause = rest.verdict().cause();
    return cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
  }

  private String when() {
    long step = decisive.evidence().step();
    return step == 0
        ? "At the initial weights "
        : "After " + step + (step == 1 ? " step " : " steps ");
  }

  private static String finding(SnapshotDiagnosis snapshot) {
    MeasuredBackward evidence = snapshot.evidence();
    int layers = snapshot.layers().size();
    double total = evidence.endToEndLog10();
    return switch (snapshot.verdict().cause()) {
      case LARGE_PARAMETERS ->
          format(
              "%s, because %s parameters are large. From end to end %s, and %s.%s",
              large(snapshot),
              count(snapshot, Cause.LARGE_PARAMETERS) == 1 ? "its" : "their",
              derivative(evidence, "the gradient"),
              weights(evidence),
              oneSided(snapshot));
      case MANY_LAYERS ->
          format("%s: %s, %s.", together(snapshot), derivative(evidence, "it"), weights(evidence));
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
              "in %d of %d layers nearly all units of relu are off for all samples.",
              count(snapshot, Cause.DEAD_UNITS), layers);
      case SATURATED_OUTPUT -> output(Objects.requireNonNull(evidence.output().last()));
      case LARGE_TARGETS ->
          format(
              "the targets have a root mean square of %s, but the network puts out numbers of size"
                  + " %s: its weights would have to grow as large first.",
              number(Objects.requireNonNull(evidence.output().numbers()).targetRms()),
              number(evidence.output().logitsRms()));
      case TARGETS_OUT_OF_RANGE ->
          "targets lie outside the range of the last activation, so no weights can reach them.";
      case TARGETS_AT_ASYMPTOTE ->
          "targets lie where the last activation comes only with infinite weights.";
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
      case ZERO_LOSS -> "the loss is exactly 0, so that there is nothing to learn.";
      case EQUAL_UNITS -> "units of a layer are equal, and training cannot tell them apart.";
      case CONSTANT_PREDICTION ->
          evidence.output().isOfClasses()
              ? "all samples are predicted to be one and the same class."
              : "the outputs are nearly the same for all samples.";
      case CONSTANT_INPUTS -> "all samples have the same inputs.";
      case CONSTANT_TARGETS -> "all samples have the same target.";
      case NONE -> "nothing is wrong.";
    };
  }

  /** What the last activation does to the output error. */
  private static String output(OutputActivation last) {
    return last.isDead()
        ? format(
            "%s of the outputs are off for all samples: the last %s has f′ = 0 there, and nothing of"
                + " their errors arrives.",
            percent(last.saturation().deadShare()), last.function())
        : format(
            "the last activation, %s, is saturated for %s of its pre-activations. %s, before any"
                + " weights see it.",
            last.function(),
            percent(last.saturation().saturatedShare()),
            capital(MagnitudeText.effect("its f′", false, last.log10(), "the output error")));
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
            " The values of %s are one-sided, so that what a unit reads adds up instead of"
                + " cancelling: draw them around 0.",
            names.size() == 1 ? names.get(0) : names.size() + " weight tensors");
  }

  /** {@code 1 of 3 layers is saturated}. */
  private static String large(SnapshotDiagnosis snapshot) {
    long count = count(snapshot, Cause.LARGE_PARAMETERS);
    boolean saturated =
        IntStream.range(0, snapshot.layers().size())
            .filter(i -> snapshot.layers().get(i).cause() == Cause.LARGE_PARAMETERS)
            .allMatch(i -> snapshot.evidence().layers().get(i).saturation().saturatedShare() > 0);
    return of(count, snapshot) + (saturated ? " saturated" : " saturated or amplify the gradient");
  }

  private static String of(long count, SnapshotDiagnosis snapshot) {
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
    return MagnitudeText.effect("the weights", true, evidence.weightsLog10(), "it");
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

  private String neither(List<OtherRemedy> other) {
    if (other.contains(OtherRemedy.LOWER_LEARNING_RATE)) {
      return "the network was healthy at its initial weights, and training has brought it here. Try a"
          + " lower learning rate, a tenth of the present one first; only training can show what it"
          + " does.";
    }
    if (other.contains(OtherRemedy.WEAKER_PENALTY)) {
      return "the network was healthy at its initial weights, and its penalty has made them"
          + " small since. Try a weaker one, a tenth of it first; only training can show what it"
          + " does.";
    }
    return switch (rest.verdict().cause()) {
      case NONE, LARGE_INPUTS -> "the data is the cause, not the parameters.";
      case DEAD_UNITS -> "f′ is 0 whatever the scale, and a penalty sees no difference.";
      case SATURATED_OUTPUT -> "it is the last activation that takes the output error.";
      case LARGE_TARGETS -> "it is the targets that are large, not the parameters.";
      case LARGE_LEARNING_RATE,
          SMALL_LEARNING_RATE,
          STRONG_PENALTY,
          CAPACITY,
          ZERO_LOSS,
          EQUAL_UNITS,
          CONSTANT_PREDICTION,
          CONSTANT_INPUTS,
          CONSTANT_TARGETS,
          TARGETS_OUT_OF_RANGE,
          TARGETS_AT_ASYMPTOTE ->
          "the gradient is not the cause.";
      case LARGE_PARAMETERS, BOTH ->
          "other initializations, a scale and a penalty were tried, and none makes the network better.";
      case MANY_LAYERS ->
          rest.verdict().mechanism() == Mechanism.LINEAR
              ? "the weights change the gradient, not f′, and a penalty only makes weights smaller."
              : "no scale brings the gradient through, and the parameters are not large.";
    };
  }

  private static String prediction(Prediction prediction) {
    String shrunk =
        prediction.shrunk() == 1
            ? ""
            : " once the penalty has shrunk the parameters to "
                + number(prediction.shrunk())
                + " of their size";
    return format(
        "The first layer's gradient goes from %s to %s%s. On its way there the gradient %s now; as"
            + " prescribed it %s.",
        power(prediction.before().firstGradientLog10()),
        power(prediction.after().firstGradientLog10()),
        shrunk,
        MagnitudeText.change(prediction.before().endToEndLog10()),
        MagnitudeText.change(prediction.after().endToEndLog10()));
  }

  private static long count(SnapshotDiagnosis snapshot, Cause cause) {
    return snapshot.layers().stream().filter(layer -> layer.cause() == cause).count();
  }

  private static String power(double log10) {
    return MagnitudeText.power(log10);
  }

  /** To three digits, without zeros behind them: {@code 0.02}, {@code 140}, {@code 1.5e-05}. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "no finite number";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = format("%.3g", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+(e|$)", "$1") : text;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
