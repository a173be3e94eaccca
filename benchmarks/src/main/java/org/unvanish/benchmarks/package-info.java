/**
 * Timing of the kernels, of recording and of the store.
 *
 * <p>In reading order: {@link org.unvanish.benchmarks.Kernels}, which runs the JMH benchmarks of
 * this package and compares them with {@link org.unvanish.benchmarks.PeakBenchmark}; {@link
 * org.unvanish.benchmarks.Work}, what they count; {@link org.unvanish.benchmarks.Roofline}, how
 * near they come to what a core can do, drawn by {@link org.unvanish.benchmarks.RooflineChart};
 * {@link org.unvanish.benchmarks.RecordingCost}; {@link org.unvanish.benchmarks.StoreCost}.
 */
package org.unvanish.benchmarks;
