/**
 * Timing of the kernels and of recording.
 *
 * <p>In reading order: {@link org.unvanish.benchmarks.Kernels}, which runs the JMH benchmarks of
 * this package and compares them with {@link org.unvanish.benchmarks.PeakBenchmark}; {@link
 * org.unvanish.benchmarks.Work}, what they count; {@link org.unvanish.benchmarks.RecordingCost}.
 */
package org.unvanish.benchmarks;
