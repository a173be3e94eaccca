package org.unvanish.trace;

import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;

/** What to do about a traced training, by its cause alone: a trace has nothing to try it on. */
final class TraceAdvice {

  private TraceAdvice() {}

  /**
   * @param rectifier whether the model has rectifiers, for which He's initialization is made
   */
  static Prescription of(Diagnosis diagnosis, boolean rectifier) {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    if (decisive.verdict().isHealthy()) {
      return Prescription.of(decisive, decisive, Change.NONE, null);
    }
    Change change = change(decisive, rectifier);
    return new Prescription(change, why(decisive, change), null);
  }

  private static Change change(SnapshotDiagnosis decisive, boolean rectifier) {
    return switch (decisive.verdict().cause()) {
      case LARGE_PARAMETERS, BOTH -> penalty(Prescription.strength(decisive));
      case MANY_LAYERS, EQUAL_UNITS ->
          Change.start(rectifier ? PrescribedInitialization.HE : PrescribedInitialization.GLOROT);
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

  private static Change penalty(@Nullable Double strength) {
    return strength == null
        ? Change.start(PrescribedInitialization.GLOROT)
        : Change.penalty(strength);
  }

  private static String why(SnapshotDiagnosis decisive, Change change) {
    Cause cause = decisive.verdict().cause();
    if (change.isEmpty()) {
      return "Nothing follows from %s alone.".formatted(cause.label());
    }
    String text = "The cause is %s: try %s.".formatted(cause.label(), change);
    boolean large = cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
    return text
        + (large ? " Glorot's initialization avoids it from the start." : "")
        + " Nothing was tried, because a trace has no weights.";
  }
}
