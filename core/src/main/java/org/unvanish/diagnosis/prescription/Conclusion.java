package org.unvanish.diagnosis.prescription;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;

/**
 * What follows from a diagnosis, a forecast and what was tried.
 *
 * @param verdict on the network: that of the diagnosis, with the cause of a remark where the signal
 *     is not to blame
 * @param prescription what has been seen to help; without a trial what is forecast to
 * @param remarks why the network does not learn although its signal may be fine, the most certain
 *     first
 * @since 0.1
 */
public record Conclusion(Verdict verdict, Prescription prescription, List<Remark> remarks) {

  /**
   * What keeps a network from learning although its gradient may be fine.
   *
   * @param cause which
   * @param text the evidence in numbers, and what to try, in sentences
   * @param advice true where it is worth saying, but not the cause of anything that was seen
   */
  public record Remark(Cause cause, String text, boolean advice) {

    /**
     * True where the cause is the network's even if the gradient is unhealthy: for facts, and where
     * gentler training has been seen to keep a healthy network healthy.
     */
    boolean isOwnCause() {
      return isCertain() || cause == Cause.LARGE_LEARNING_RATE || cause == Cause.STRONG_PENALTY;
    }

    boolean isCertain() {
      return cause.isCertain() && !advice;
    }
  }

  /** Copies the list. */
  public Conclusion {
    remarks = List.copyOf(remarks);
  }

  /**
   * Draws the conclusion.
   *
   * @param forecast what probing prescribes
   * @param trial what was tried; null where nothing was, because the network is healthy and learns
   *     or because a trial is too costly
   */
  public static Conclusion of(
      Diagnosis diagnosis, Prescription forecast, DataEvidence data, @Nullable Trial trial) {
    List<Remark> remarks = FurtherAdvice.of(diagnosis, data, trial);
    Verdict verdict = diagnosis.verdict();
    if (tells(remarks) && (verdict.isHealthy() || remarks.get(0).isOwnCause())) {
      verdict = new Verdict(verdict.signal(), remarks.get(0).cause(), verdict.mechanism());
    }
    Prescription prescription =
        trial == null || (trial.learns() && diagnosis.verdict().isHealthy())
            ? untried(diagnosis, forecast, remarks)
            : tried(diagnosis, forecast, trial, remarks);
    return new Conclusion(verdict, prescription, remarks);
  }

  /** Whether there is more than advice, which comes last. */
  private static boolean tells(List<Remark> remarks) {
    return !remarks.isEmpty() && !remarks.get(0).advice();
  }

  private static Prescription untried(
      Diagnosis diagnosis, Prescription forecast, List<Remark> remarks) {
    if (tells(remarks) && (diagnosis.verdict().isHealthy() || remarks.get(0).isCertain())) {
      boolean slow = remarks.get(0).cause() == Cause.SMALL_LEARNING_RATE;
      Change change = slow ? Change.of(OtherRemedy.HIGHER_LEARNING_RATE) : Change.NONE;
      return new Prescription(change, elsewhere(diagnosis, remarks), null);
    }
    String why = forecast.why() + texts(remarks);
    return new Prescription(forecast.change(), why + untried(forecast), forecast.prediction());
  }

  private static Prescription tried(
      Diagnosis diagnosis, Prescription forecast, Trial trial, List<Remark> remarks) {
    Change chosen = trial.chosen() == null ? Change.NONE : trial.chosen();
    boolean healthy = diagnosis.verdict().isHealthy();
    // The forecast's words say that only training can show this, and now it has.
    boolean ofTraining = chosen.other().stream().anyMatch(OtherRemedy::isOfTraining);
    if (chosen.equals(forecast.change()) && !chosen.isEmpty() && !ofTraining) {
      return new Prescription(
          chosen, forecast.why() + " " + trial.sentences() + texts(remarks), forecast.prediction());
    }
    SnapshotDiagnosis decisive = diagnosis.decisive();
    String found;
    if (!healthy) {
      found = new DiagnosisWords(decisive, decisive).found() + texts(remarks);
    } else {
      boolean learnsSome = !tells(remarks) && trial.hasMoved();
      found = learnsSome ? forecast.why() + texts(remarks) : elsewhere(diagnosis, remarks);
    }
    String forecastToo =
        forecast.prediction() == null || trial.hasLearned() || helped(trial, forecast)
            ? ""
            : " Probes forecast that the gradient gets through with %s, but the trial did not show that it helps."
                    .formatted(forecast.change())
                + ofTime(forecast)
                + (forecast.l2() == null
                    ? ""
                    : " A penalty may need more steps than were tried: --apply trains it.");
    return new Prescription(chosen, found + " " + trial.sentences() + forecastToo, null);
  }

  private static String untried(Prescription forecast) {
    if (forecast.isEmpty()) {
      return "";
    }
    return forecast.prediction() == null
        ? " It was not tried."
        : " This is a forecast by probes; it was not tried." + ofTime(forecast);
  }

  /** A gradient that gets through many steps is no proof that training makes use of it. */
  private static String ofTime(Prescription forecast) {
    Prediction prediction = forecast.prediction();
    return prediction == null || !prediction.before().isWorseThroughTime()
        ? ""
        : " Probes see only the gradient: only training can show whether early steps are then learnt.";
  }

  /** Whether something that was chosen helped more than the forecast, which helped as well. */
  private static boolean helped(Trial trial, Prescription forecast) {
    TriedChange tried = trial.of(forecast.change());
    return tried != null && trial.helps(tried);
  }

  private static String elsewhere(Diagnosis diagnosis, List<Remark> remarks) {
    return (diagnosis.verdict().isHealthy()
            ? "The gradient is fine; look elsewhere."
            : "Look elsewhere first.")
        + texts(remarks);
  }

  private static String texts(List<Remark> remarks) {
    StringBuilder texts = new StringBuilder();
    remarks.forEach(remark -> texts.append(' ').append(remark.text()));
    return texts.toString();
  }
}
