package org.unvanish.diagnosis.prescription;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Conclusion.Remark;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/**
 * The answer that a reader needs first, and the reasons one by one.
 *
 * @param diagnosis at all snapshots
 * @param conclusion what follows
 * @param trial what was tried; null where nothing was
 */
public record Answer(Diagnosis diagnosis, Conclusion conclusion, @Nullable Trial trial) {

  /** So many layers are many. */
  private static final int MANY = 5;

  /** What was found: one sentence. */
  public String finding() {
    Verdict verdict = conclusion.verdict();
    if (verdict.isHealthy()) {
      return isLearning()
          ? "The network learns, and there is nothing to fix."
          : "Nothing is wrong with the gradient%s."
              .formatted(
                  hasLearntNothing() ? ", but the network has learnt hardly anything so far" : "");
    }
    boolean stable = verdict.signal() == Signal.STABLE;
    String cause = cause(verdict);
    return "The gradient %s%s%s."
        .formatted(
            VerdictWords.signal(verdict.signal()),
            verdict.cause() == Cause.MANY_STEPS ? " on its way back through time" : "",
            cause.isEmpty() ? "" : (stable ? ", but " : " because ") + cause);
  }

  private boolean isLearning() {
    return diagnosis.decisive().learning() == Learning.FITTED || (trial != null && trial.learns());
  }

  private boolean hasLearntNothing() {
    Learning learning = last().learning();
    return last().evidence().isTrained()
        && (learning == Learning.NOTHING || learning == Learning.WORSE);
  }

  private SnapshotDiagnosis last() {
    return diagnosis.snapshots().get(diagnosis.snapshots().size() - 1);
  }

  private String cause(Verdict verdict) {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    if (verdict.cause() == Cause.CONSTANT_PREDICTION
        && !decisive.evidence().output().isOfClasses()) {
      return "the outputs are nearly the same for all samples";
    }
    if (verdict.cause() == Cause.MANY_LAYERS) {
      double[] nets =
          decisive.evidence().layers().stream().mapToDouble(LayerEvidence::netLog10).toArray();
      int main = verdict.signal().mainPart(nets);
      if (main >= 0) {
        return decisive.evidence().layers().get(main).name() + " causes nearly all of it";
      }
      if (nets.length < MANY) {
        return "the effects of the layers multiply";
      }
    }
    return VerdictWords.cause(verdict.cause());
  }

  /** What to do, and how sure that is: one sentence. */
  public String advice() {
    Change change = conclusion.prescription().change();
    if (change.isEmpty()) {
      return nothing();
    }
    String what = change.advice();
    String sure =
        trial != null && change.equals(trial.chosen())
            ? "it lowered the training loss in short trainings with two seeds"
            : conclusion.prescription().prediction() == null
                ? "it was not tried"
                : "probes forecast that it helps, but no training has tried it";
    return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1) + ": " + sure + ".";
  }

  /** Where no change is prescribed. */
  private String nothing() {
    Optional<Remark> certain = conclusion.remarks().stream().filter(Remark::isCertain).findFirst();
    if (certain.isPresent()) {
      return check(certain.get().cause()) + ": that is a fact, not an estimate.";
    }
    if (trial != null && trial.hasLearned()) {
      return "Change nothing: the network learns as it is in a short training.";
    }
    if (conclusion.verdict().isHealthy() && isLearning()) {
      return "Change nothing.";
    }
    if (conclusion.verdict().isHealthy()) {
      return hasLearntNothing() ? "Look elsewhere: " + elsewhere() : "Change nothing.";
    }
    return trial == null
        ? "No remedy that was probed helps."
        : String.format(
            Locale.ROOT,
            "None of the %d remedies tried for %d steps helps.",
            trial.tried().size() - 1,
            trial.steps());
  }

  private String elsewhere() {
    return trial == null
        ? "at the learning rate, the data and the loss."
        : "no remedy that was tried helps.";
  }

  private static String check(Cause cause) {
    return switch (cause) {
      case ZERO_LOSS -> "Check the targets, and that the loss fits them";
      case CONSTANT_TARGETS -> "Check the targets, and how the data was split";
      case CONSTANT_INPUTS -> "Check how the data is read";
      case TARGETS_OUT_OF_RANGE ->
          "Bring the targets into the range of the last activation, or leave that activation out";
      case EQUAL_UNITS -> "Draw the weights at random";
      case LARGE_PARAMETERS,
          MANY_LAYERS,
          MANY_STEPS,
          BOTH,
          LARGE_INPUTS,
          DEAD_UNITS,
          SATURATED_OUTPUT,
          LARGE_TARGETS,
          TARGETS_AT_ASYMPTOTE,
          LARGE_LEARNING_RATE,
          SMALL_LEARNING_RATE,
          STRONG_PENALTY,
          CAPACITY,
          CONSTANT_PREDICTION,
          NONE ->
          throw new IllegalArgumentException(cause + " is no fact about data or weights");
    };
  }

  /** The evidence at the decisive snapshot, in a few sentences; empty where remarks say it all. */
  public String found() {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    DiagnosisWords words = new DiagnosisWords(decisive, decisive);
    if (decisive.verdict().isHealthy()) {
      return conclusion.verdict().isHealthy() ? words.why(Change.NONE, null) : "";
    }
    return words.found()
        + TypicalText.of(
                decisive.verdict().signal(),
                decisive.evidence().endToEndLog10(),
                decisive.typical(),
                decisive.evidence().typicalLog10())
            .map(sentence -> " " + sentence)
            .orElse("");
  }

  /** What short trainings came to; empty where nothing was tried. */
  public String tried() {
    return trial == null ? "" : trial.sentences();
  }

  /** What to know before the advice is followed; empty where that is nothing. */
  public String caution() {
    return conclusion.prescription().initial() != null
            && diagnosis.decisive().evidence().step() == MeasuredBackward.UNKNOWN_STEP
        ? DiagnosisWords.ANEW
        : "";
  }

  /** What probes forecast of the prescription; empty where they do not. */
  public String forecast() {
    Prediction prediction = conclusion.prescription().prediction();
    return prediction == null ? "" : DiagnosisWords.prediction(prediction);
  }
}
