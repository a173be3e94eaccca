package org.unvanish.djl;

import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.VerdictWords;
import org.unvanish.examination.VerdictText;

/**
 * What is wrong with a model and what to do about it, as {@code unvanish diagnose} says it of
 * Unvanish's own networks.
 *
 * @param diagnosis verdicts and measurements
 * @param prescription what to do; empty where the model is healthy or nothing helps
 * @since 0.1
 */
public record Explanation(Diagnosis diagnosis, Prescription prescription) {

  /** On the model as a whole. */
  public Verdict verdict() {
    return diagnosis.verdict();
  }

  /** The verdict as one sentence. */
  public String sentence() {
    return VerdictText.sentence(verdict(), VerdictWords.when(0, 1));
  }

  /**
   * The sentence, and the prescription with its reasons and what was measured when it was tried.
   */
  @Override
  public String toString() {
    return sentence() + "\n" + prescription.why();
  }
}
