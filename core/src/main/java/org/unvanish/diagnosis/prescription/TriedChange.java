package org.unvanish.diagnosis.prescription;

import org.jspecify.annotations.Nullable;

/**
 * A change that was tried by a short training.
 *
 * @param change what was changed
 * @param score what came out with the run's own seed
 * @param again what came out with the trial's second seed; null where only one was tried
 * @since 0.1
 */
public record TriedChange(Change change, TrialScore score, @Nullable TrialScore again) {}
