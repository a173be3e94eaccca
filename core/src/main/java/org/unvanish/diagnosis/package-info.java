/**
 * Why the gradients of a network vanish or explode.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.MomentEvidence}, what is measured at one
 * moment of a training, with {@link org.unvanish.diagnosis.LayerEvidence}, {@link
 * org.unvanish.diagnosis.TensorEvidence}, {@link org.unvanish.diagnosis.Saturation} against the
 * {@link org.unvanish.diagnosis.Knee}, {@link org.unvanish.diagnosis.EqualUnits} and {@link
 * org.unvanish.diagnosis.OutputEvidence}; {@link org.unvanish.diagnosis.Thresholds}; {@link
 * org.unvanish.diagnosis.Learning}, what a network has learnt; {@link
 * org.unvanish.diagnosis.Verdict}, made of {@link org.unvanish.diagnosis.Signal}, {@link
 * org.unvanish.diagnosis.Cause} and {@link org.unvanish.diagnosis.Mechanism}; {@link
 * org.unvanish.diagnosis.MomentDiagnosis}, the verdicts at one moment; {@link
 * org.unvanish.diagnosis.Diagnosis}, those along a training, of which {@link
 * org.unvanish.diagnosis.Standing} tells the one that decides; {@link
 * org.unvanish.diagnosis.Prescription}, what to do about it, with {@link
 * org.unvanish.diagnosis.StartingValues}, {@link org.unvanish.diagnosis.OtherRemedy} a {@link
 * org.unvanish.diagnosis.Prediction}, and the {@link org.unvanish.diagnosis.TuningParameter} of a
 * penalty.
 *
 * <p>What has been tried: {@link org.unvanish.diagnosis.Trial}, short trainings side by side, with
 * a {@link org.unvanish.diagnosis.TriedChange}, its {@link org.unvanish.diagnosis.Change} and
 * {@link org.unvanish.diagnosis.TrialScore} each; {@link org.unvanish.diagnosis.LookElsewhere},
 * which finds {@link org.unvanish.diagnosis.Remark}s in it and in the {@link
 * org.unvanish.diagnosis.DataEvidence} where the signal is fine; {@link
 * org.unvanish.diagnosis.Conclusion}, what follows from all of this.
 *
 * <p>Inside: {@code Rules} is how evidence becomes verdicts, {@code Course} what training has made
 * of a network, {@code Words} how they are said, with the numbers of {@link
 * org.unvanish.diagnosis.DecadeText}.
 */
package org.unvanish.diagnosis;
