package org.unvanish.diagnosis.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/** What a colleague would say about a network at its decisive snapshot. */
final class DiagnosisWords {

  static final String ANEW =
      "A new initialization means training anew: it replaces the file's weights.";

  private final SnapshotDiagnosis decisive;
  private final SnapshotDiagnosis rest;

  /**
   * @param rest what is left for the other remedies to fix once the data is scaled, if that is
   *     prescribed; else the decisive snapshot
   */
  DiagnosisWords(SnapshotDiagnosis decisive, SnapshotDiagnosis rest) {
    this.decisive = decisive;
    this.rest = rest;
  }

  String why(Change change, @Nullable Prediction prediction) {
    Double l2 = change.l2();
    Double alpha = change.alpha();
    PrescribedInitialization initial = change.initial();
    List<OtherRemedy> other = change.other();
    if (decisive.verdict().isHealthy()) {
      return nothing(decisive.learning()) + health(decisive);
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(when() + FindingWords.of(decisive));
    if (other.contains(OtherRemedy.SCALE_INPUTS)) {
      sentences.add("Standardise the data, or scale it to [0, 1].");
      if (!rest.verdict().isHealthy()) {
        sentences.add("That is not all: with scaled data " + FindingWords.of(rest));
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
    if (other.contains(OtherRemedy.FUSED_SOFTMAX)) {
      sentences.add(
          "Leave the last softmax out and train with the softmax cross-entropy on logits, whose"
              + " gradient is the output's error itself.");
    }
    if (other.contains(OtherRemedy.NO_LAST_ACTIVATION)) {
      sentences.add("Leave the last activation out, so that the network can output any number.");
    }
    if (l2 != null) {
      sentences.add(
          format(
              "Add an ℓ₂ penalty with regularization strength r = %s. It pushes the large parameters as"
                  + " strongly as the data pulls at the last layer, where nothing is lost yet.",
              MagnitudeText.number(l2)));
    }
    if (alpha != null) {
      sentences.add(
          format(
              "A scale of α = %s keeps the pre-activations where f′ is near its largest value.",
              MagnitudeText.number(alpha)));
    }
    if (initial != null && prediction != null && !other.contains(OtherRemedy.USE_TANH)) {
      sentences.add(
          (initial == PrescribedInitialization.GLOROT ? "Glorot's" : "He's")
              + " initialization "
              + effect(prediction.after()));
    }
    if (other.contains(OtherRemedy.ORTHOGONAL_RECURRENT) && prediction != null) {
      sentences.add(
          "An orthogonal matrix as initial recurrent weights " + effect(prediction.after()));
    }
    if (other.contains(OtherRemedy.CLIPPED_GRADIENTS)) {
      sentences.add(
          "Clip the gradient to a norm of 1, so that it cannot make a step explode; only training can show what that does.");
    }
    if (!change.factors().isEmpty() && prediction != null) {
      sentences.add(
          format(
              "A factor in front of each layer, %s, acts as larger or smaller weights do. It %s",
              change.range(), effect(prediction.after())));
    }
    if (decisive.verdict().cause().isOfTraining()) {
      sentences.add(training(decisive.verdict().cause()));
    } else if (l2 == null
        && alpha == null
        && change.factors().isEmpty()
        && other.stream().noneMatch(OtherRemedy::isOfOutput)
        && !other.contains(OtherRemedy.ORTHOGONAL_RECURRENT)
        && !other.contains(OtherRemedy.CLIPPED_GRADIENTS)) {
      sentences.add(
          initial != null && hasLargeParameters() && !other.contains(OtherRemedy.USE_TANH)
              ? "Then no penalty is needed; it is the remedy if the present weights must stay."
              : "Neither of the paper's two remedies acts on the cause: " + neither(other));
    }
    if (other.contains(OtherRemedy.USE_TANH)) {
      sentences.add("With tanh and Glorot's initialization the gradient would get through.");
    }
    if (initial != null && decisive.evidence().step() == MeasuredBackward.UNKNOWN_STEP) {
      sentences.add(ANEW);
    }
    if (prediction != null) {
      sentences.add(prediction(prediction));
    }
    return String.join(" ", sentences);
  }

  /** What was found at the decisive snapshot. */
  String found() {
    return when() + FindingWords.of(decisive);
  }

  /** A gradient that arrives is not yet a network that learns. */
  private static String nothing(Learning learning) {
    return learning == Learning.NOTHING || learning == Learning.WORSE
        ? "Nothing to fix in the gradient: "
        : "Nothing to fix: ";
  }

  private static String health(SnapshotDiagnosis snapshot) {
    OutputEvidence output = snapshot.evidence().output();
    if (snapshot.learning() == Learning.FITTED) {
      return format(
          "the network learns. Its loss is %s, where a constant predictor has %s.",
          MagnitudeText.number(output.loss()), MagnitudeText.number(output.constantLoss()));
    }
    boolean saturated =
        snapshot.evidence().layers().stream()
            .anyMatch(layer -> layer.saturation().saturatedShare() >= 0.5);
    return "from the last layer to the first the backpropagated gradient "
        + MagnitudeText.change(snapshot.evidence().endToEndLog10())
        + (saturated ? "." : ", and no layer is saturated.")
        + snapshot
            .evidence()
            .decisiveTime()
            .map(
                time ->
                    format(
                        " On its way back through %s it %s.",
                        new TimeWords(time).count(), MagnitudeText.change(time.wholeLog10())))
            .orElse("");
  }

  /** What the numbers of a prediction say of an initialization. */
  private static String effect(MeasuredBackward after) {
    double distance = Math.abs(after.worstLog10());
    if (distance <= 0.5) {
      return "keeps the gradient's size.";
    }
    return distance <= 2
        ? "brings the gradient closer to a constant size."
        : "brings the gradient closer to a constant size, but not all the way.";
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
    if (step == MeasuredBackward.UNKNOWN_STEP) {
      return "At the file's weights ";
    }
    return step == 0
        ? "At the initial weights "
        : "After " + step + (step == 1 ? " step " : " steps ");
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
      case DEAD_UNITS -> "f′ is 0 whatever the scale is, and a penalty does not change that.";
      case SATURATED_OUTPUT -> "the last activation shrinks the output error.";
      case LARGE_TARGETS -> "the targets are large, not the parameters.";
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
      case MANY_STEPS ->
          "the same weights act at each step, and no scale that was tried compensates for it.";
      case MANY_LAYERS ->
          rest.verdict().mechanism() == Mechanism.LINEAR
              ? "the weights change the gradient, not f′, and a penalty only makes weights smaller."
              : "no scale brings the gradient through, and the parameters are not large.";
    };
  }

  static String prediction(Prediction prediction) {
    String shrunk =
        prediction.shrunk() == 1
            ? ""
            : " once the penalty has shrunk the parameters to "
                + MagnitudeText.number(prediction.shrunk())
                + " of their size";
    MeasuredBackward before = prediction.before();
    MeasuredBackward after = prediction.after();
    boolean time = before.isWorseThroughTime();
    return format(
        "The first layer's gradient goes from %s to %s%s. %s the gradient %s now; as"
            + " prescribed it %s.",
        power(before.firstGradientLog10()),
        power(after.firstGradientLog10()),
        shrunk,
        time ? "On its way back through time" : "On its way there",
        MagnitudeText.change(time ? before.throughTimeLog10() : before.endToEndLog10()),
        MagnitudeText.change(time ? after.throughTimeLog10() : after.endToEndLog10()));
  }

  private static String power(double log10) {
    return MagnitudeText.power(log10);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
