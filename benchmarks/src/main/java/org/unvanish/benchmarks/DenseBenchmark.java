package org.unvanish.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.DenseGradientKernel;
import org.unvanish.internal.kernel.DenseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;

/** A dense layer on a block: the paper's first one, and a wide one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DenseBenchmark {

  /** Inputs × units. */
  @Param({"48x8", "1024x128"})
  public String layer;

  private LaneTensor in;
  private LaneTensor out;
  private DenseKernel kernel;
  private DenseGradientKernel gradientKernel;
  private float[] sums;
  private long flop;
  private long bytes;

  /** Lays out tensors and weights. */
  @Setup
  public void setUp() {
    String[] sizes = layer.split("x", 2);
    int inputs = Integer.parseInt(sizes[0]);
    int units = Integer.parseInt(sizes[1]);
    in = new LaneTensor(Shape.flat(inputs), 0);
    out = new LaneTensor(Shape.flat(units), 0);
    kernel = new DenseKernel(inputs, units);
    gradientKernel = new DenseGradientKernel(inputs, units);
    sums = new float[gradientKernel.sumsLength()];
    flop = 2L * inputs * units * Lanes.COUNT;
    bytes = Float.BYTES * ((long) (inputs + units) * Lanes.COUNT + (long) inputs * units);
  }

  /** From input to output. */
  @Benchmark
  public LaneTensor forward(Work work) {
    kernel.forward(in, out);
    work.flop += flop;
    work.bytes += bytes;
    return out;
  }

  /** From output gradient to input gradient. */
  @Benchmark
  public LaneTensor inputGradient(Work work) {
    kernel.inputGradient(out, in);
    work.flop += flop;
    work.bytes += bytes;
    return in;
  }

  /** From input and output gradient to weight gradient. */
  @Benchmark
  public float[] weightGradient(Work work) {
    gradientKernel.add(in, out, 0, 1, sums, 0, false);
    work.flop += flop;
    work.bytes += bytes;
    return sums;
  }
}
