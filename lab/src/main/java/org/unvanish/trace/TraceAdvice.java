package org.unvanish.trace;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;

/** What to do about a traced training, by its cause alone: a trace has nothing to try it on. */
final class TraceAdvice {

  private TraceAdvice() {}

  static Prescription of(Diagnosis diagnosis, List<TraceLine.Layer> layers) {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    Prescription advice;
    if (decisive.verdict().isHealthy()) {
      advice = Prescription.of(decisive, decisive, Change.NONE, null);
    } else {
      Change change = change(decisive, layers);
      advice = new Prescription(change, why(decisive, change), null);
    }
    String unseen = unseen(layers);
    return unseen.isEmpty()
        ? advice
        : new Prescription(advice.change(), advice.why() + " " + unseen, null);
  }

  /** What nobody may take for a finding. */
  private static String unseen(List<TraceLine.Layer> layers) {
    String recurrent =
        layers.stream()
            .filter(TraceLine.Layer::isRecurrent)
            .map(layer -> "%s (%s)".formatted(layer.name(), layer.kind()))
            .collect(Collectors.joining(", "));
    return recurrent.isEmpty()
        ? ""
        : ("A trace does not show the steps of %s. To see the gradient through time, export the model and run `unvanish diagnose model.onnx`.")
            .formatted(recurrent);
  }

  private static Change change(SnapshotDiagnosis decisive, List<TraceLine.Layer> layers) {
    return switch (decisive.verdict().cause()) {
      case LARGE_PARAMETERS, BOTH -> penalty(Prescription.strength(decisive));
      case MANY_LAYERS -> many(decisive.verdict(), layers);
      case EQUAL_UNITS -> Change.start(initialization(layers));
      case DEAD_UNITS -> Change.start(PrescribedInitialization.HE);
      case MANY_STEPS -> Change.of(OtherRemedy.ORTHOGONAL_RECURRENT);
      case LARGE_INPUTS -> Change.of(OtherRemedy.SCALE_INPUTS);
      case LARGE_TARGETS -> Change.of(OtherRemedy.SCALE_TARGETS);
      case SATURATED_OUTPUT -> Change.of(OtherRemedy.FUSED_LOSS);
      case TARGETS_OUT_OF_RANGE, TARGETS_AT_ASYMPTOTE -> Change.of(OtherRemedy.NO_LAST_ACTIVATION);
      case LARGE_LEARNING_RATE -> Change.of(OtherRemedy.LOWER_LEARNING_RATE);
      case SMALL_LEARNING_RATE -> Change.of(OtherRemedy.HIGHER_LEARNING_RATE);
      case STRONG_PENALTY -> Change.of(OtherRemedy.WEAKER_PENALTY);
      case CAPACITY -> Change.of(OtherRemedy.WIDER_LAYERS);
      case NONE, ZERO_LOSS, CONSTANT_PREDICTION, CONSTANT_INPUTS, CONSTANT_TARGETS -> Change.NONE;
    };
  }

  /** With f′ of at most ¼ no initialization brings the gradient through: another function does. */
  private static Change many(Verdict verdict, List<TraceLine.Layer> layers) {
    boolean logistic =
        verdict.signal() == Signal.VANISHING
            && verdict.mechanism() != Mechanism.LINEAR
            && layers.stream()
                .anyMatch(l -> ActivationFunction.LOGISTIC.label().equals(l.function()));
    return new Change(
        null, null, initialization(layers), logistic ? List.of(OtherRemedy.USE_TANH) : List.of());
  }

  private static PrescribedInitialization initialization(List<TraceLine.Layer> layers) {
    return TraceStack.hasRectifier(layers)
        ? PrescribedInitialization.HE
        : PrescribedInitialization.GLOROT;
  }

  private static Change penalty(@Nullable Double strength) {
    return strength == null
        ? Change.start(PrescribedInitialization.GLOROT)
        : Change.penalty(strength);
  }

  private static String why(SnapshotDiagnosis decisive, Change change) {
    Cause cause = decisive.verdict().cause();
    if (change.isEmpty()) {
      return "No remedy follows from %s alone.".formatted(cause.label());
    }
    String text = "The cause is %s: try %s.".formatted(cause.label(), change);
    boolean large = cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
    return text
        + (large ? " Glorot's initialization avoids it from the start." : "")
        + " Nothing was tried, because a trace has no weights.";
  }
}
