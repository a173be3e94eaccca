package org.unvanish.store;

import java.time.Instant;
import java.util.Optional;

/**
 * One uninterrupted part of a run's training: a run that was killed and resumed has several.
 *
 * @param firstEpoch the epoch that it began with, from 1
 * @param provenance of which program, where
 * @param start when it began
 * @param end when it ended; empty while it lasts, or if it was killed
 */
public record Session(
    int firstEpoch, Provenance provenance, Instant start, Optional<Instant> end) {}
