/**
 * Examinations: what a diagnosis found in a run of an experiment.
 *
 * <p>In reading order: {@link org.unvanish.examination.Examination}, a run that was probed, with
 * diagnosis and prescription; {@link org.unvanish.examination.VerdictText}, its verdict in words;
 * {@link org.unvanish.examination.DiagnosisJson}, all of it for programs, with {@link
 * org.unvanish.examination.SnapshotJson}, its snapshots, {@link
 * org.unvanish.examination.PrescriptionJson}, the remedy, and {@link
 * org.unvanish.examination.TrialJson}, what was tried.
 */
package org.unvanish.examination;
