/**
 * Examinations: the diagnosis of a run of an experiment, and the forecast of an arm.
 *
 * <p>In reading order: {@link org.unvanish.examination.Examined}, the findings about a network;
 * {@link org.unvanish.examination.Examination}, a run that was probed, with diagnosis and
 * prescription; {@link org.unvanish.examination.VerdictText}, its verdict in words; {@link
 * org.unvanish.examination.DiagnosisJson}, all of it for programs, with {@link
 * org.unvanish.examination.SnapshotJson}, its snapshots, with {@link
 * org.unvanish.examination.SnapshotForecastJson} and, of recurrent layers, {@link
 * org.unvanish.examination.ThroughTimeJson}, {@link org.unvanish.examination.PrescriptionJson}, the
 * remedy, and {@link org.unvanish.examination.TrialJson}, what was tried.
 *
 * <p>{@link org.unvanish.examination.ArmForecast}, what initial weights will do, with {@link
 * org.unvanish.examination.MeasuredSeeds} beside it, and their {@link
 * org.unvanish.examination.Agreement}; {@link org.unvanish.examination.AgreementText} and {@link
 * org.unvanish.examination.ForecastJson}, the same for people and programs. {@link
 * org.unvanish.examination.RepeatedLayer}, the forecast of a layer without a spec, with {@link
 * org.unvanish.examination.RepeatedLayerWords} and {@link
 * org.unvanish.examination.RepeatedLayerJson}.
 */
package org.unvanish.examination;
