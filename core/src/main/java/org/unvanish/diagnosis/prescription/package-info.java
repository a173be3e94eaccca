/**
 * What to do about a verdict, the trials of it, and the conclusion.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.prescription.Prescription}, with {@link
 * org.unvanish.diagnosis.prescription.PrescribedInitialization} and {@link
 * org.unvanish.diagnosis.prescription.OtherRemedy}; {@link
 * org.unvanish.diagnosis.prescription.Trial}, short trainings side by side, with a {@link
 * org.unvanish.diagnosis.prescription.TriedChange}, its {@link
 * org.unvanish.diagnosis.prescription.Change} and {@link
 * org.unvanish.diagnosis.prescription.TrialScore} each; {@link
 * org.unvanish.diagnosis.prescription.FurtherAdvice}, which finds why a network does not learn
 * where its gradients are not to blame; {@link org.unvanish.diagnosis.prescription.Conclusion}, all
 * of it in sentences, and {@link org.unvanish.diagnosis.prescription.Answer}, the one that a reader
 * wants first.
 *
 * <p>Inside: {@code DiagnosisWords}, {@code FindingWords} and {@code TimeWords} say it, with the
 * numbers of {@link org.unvanish.diagnosis.prescription.MagnitudeText}; {@link
 * org.unvanish.diagnosis.prescription.VerdictWords} has the parts of a verdict; {@link
 * org.unvanish.diagnosis.prescription.TypicalText} says where the typical sample's gradient does
 * otherwise.
 */
package org.unvanish.diagnosis.prescription;
