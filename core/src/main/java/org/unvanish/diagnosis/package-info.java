/**
 * Why the gradients of a network vanish or explode.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.Thresholds}; {@link
 * org.unvanish.diagnosis.Learning}, what a network has learnt; {@link
 * org.unvanish.diagnosis.Verdict}, made of {@link org.unvanish.diagnosis.Signal}, {@link
 * org.unvanish.diagnosis.Cause} and {@link org.unvanish.diagnosis.Mechanism}; {@link
 * org.unvanish.diagnosis.SnapshotDiagnosis}, the verdicts at one snapshot; {@link
 * org.unvanish.diagnosis.Diagnosis}, those along a training, of which {@link
 * org.unvanish.diagnosis.SnapshotRank} finds the one that decides.
 *
 * <p>Inside: {@code DiagnosisRules} turns evidence into verdicts, {@code TrainingCourse} judges
 * what training has changed.
 */
package org.unvanish.diagnosis;
