/**
 * Timing of the kernels, of recording, of probing and of the store.
 *
 * <p>In reading order: {@link org.unvanish.benchmarks.Kernels}, which runs the JMH benchmarks
 * ({@code ConvolutionBenchmark}, {@code DenseBenchmark}, {@code RecurrentBenchmark}, {@code
 * SequenceBenchmark}, {@code ActivationBenchmark}, {@code OtherBenchmark}) and compares them with
 * {@link org.unvanish.benchmarks.PeakBenchmark} and {@link
 * org.unvanish.benchmarks.BandwidthBenchmark}; {@link org.unvanish.benchmarks.Work}, what they
 * count; {@link org.unvanish.benchmarks.Roofline}, how near they come to what a core can do, drawn
 * by {@link org.unvanish.benchmarks.RooflineChart}; {@link org.unvanish.benchmarks.RecordingCost},
 * {@link org.unvanish.benchmarks.ProbeCost} and {@link org.unvanish.benchmarks.StoreCost}, what
 * recording, probing and storing take; {@link org.unvanish.benchmarks.RecordingError}, what it does
 * to the statistics to leave out steps, of the networks of {@code RecordedNetwork}; {@link
 * org.unvanish.benchmarks.SchedulingCost}, what very many runs take beside their training, and
 * {@link org.unvanish.benchmarks.SweepPrice}, what they would cost.
 */
package org.unvanish.benchmarks;
