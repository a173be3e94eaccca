package org.unvanish.benchmarks;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.GateKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.StepGradientKernel;
import org.unvanish.internal.kernel.StepKernel;

/** What a step of 64 units does beside its activations, in an LSTM where nothing else is said. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecurrentBenchmark {

  private static final int UNITS = 64;
  private static final int STEPS = 100;

  private final GateKernel kernel = new GateKernel(UNITS);
  private final LaneTensor values = rows(5);
  private final LaneTensor gradient = rows(5);
  private final LaneTensor before = rows(2);
  private final LaneTensor after = rows(2);
  private final LaneTensor sums = rows(4);
  private final float[] biases = new float[4 * UNITS];
  private final DenseKernel product = new DenseKernel(UNITS, 4 * UNITS);
  private final StepGradientKernel weights = new StepGradientKernel(UNITS, 4 * UNITS, STEPS);
  private final float[] weightSums = new float[weights.sumsLength()];
  private final LaneTensor[] states = new LaneTensor[STEPS];
  private final LaneTensor[] gradients = new LaneTensor[STEPS];
  private final float[] real = new float[Lanes.COUNT];

  /** Makes tensors for all steps. */
  public RecurrentBenchmark() {
    Arrays.setAll(states, step -> rows(2));
    Arrays.setAll(gradients, step -> rows(5));
  }

  private static LaneTensor rows(int rows) {
    return new LaneTensor(new Shape(1, rows, UNITS), 0);
  }

  private static void count(Work work, int rows, int flop) {
    work.values += (long) UNITS * Lanes.COUNT;
    work.flop += (long) flop * UNITS * Lanes.COUNT;
    work.bytes += (long) Float.BYTES * rows * UNITS * Lanes.COUNT;
  }

  /** Biases, and the product of the state with the recurrent weights. */
  @Benchmark
  public LaneTensor sums(Work work) {
    StepKernel.fill(sums, biases);
    product.addForward(before, sums);
    count(work, 5, 2 * 4 * UNITS);
    return sums;
  }

  /** The gradient of the recurrent weights, of all 100 steps. */
  @Benchmark
  public float[] weightGradient(Work work) {
    weights.add(states, gradients, STEPS, weightSums);
    count(work, 5 * STEPS, 2 * 4 * UNITS * STEPS);
    return weightSums;
  }

  /** The cell and the state. */
  @Benchmark
  public LaneTensor lstm(Work work) {
    kernel.cell(values, before, after);
    kernel.state(values, after);
    count(work, 8, 4);
    return after;
  }

  /** Back through both. */
  @Benchmark
  public LaneTensor lstmGradient(Work work) {
    kernel.stateGradient(values, after, gradient);
    kernel.cellGradient(values, before, after, gradient, before);
    count(work, 16, 7);
    return gradient;
  }

  /** A GRU's state. */
  @Benchmark
  public LaneTensor gru(Work work) {
    kernel.blend(values, before, after);
    count(work, 4, 3);
    return after;
  }

  /** States of lanes whose sequence has ended stay. */
  @Benchmark
  public LaneTensor keepEnded(Work work) {
    StepKernel.choose(real, after, before, after);
    count(work, 6, 0);
    return after;
  }
}
