package org.unvanish.report;

/**
 * A range of numbers that a sample leaves plausible.
 *
 * @param low its lower end; NaN where there is no sample
 * @param high its upper end; NaN where there is no sample
 */
public record Interval(double low, double high) {}
