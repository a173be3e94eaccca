package org.unvanish.statistics;

/**
 * A range of numbers that a sample leaves plausible.
 *
 * @param low its lower end; NaN where there is no sample
 * @param high its upper end; NaN where there is no sample
 */
public record ConfidenceInterval(double low, double high) {}
