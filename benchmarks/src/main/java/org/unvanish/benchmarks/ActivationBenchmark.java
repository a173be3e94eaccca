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
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.ActivationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;

/** An activation with α = 2 on a block of three channels of 16×16. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ActivationBenchmark {

  private static final Shape SHAPE = new Shape(3, 16, 16);

  /** The base function. */
  @Param public ActivationFunction function;

  private final LaneTensor z = new LaneTensor(SHAPE, 1);
  private final LaneTensor y = new LaneTensor(SHAPE, 1);
  private final LaneTensor gradient = new LaneTensor(SHAPE, 1);
  private ActivationKernel kernel = new ActivationKernel(Activation.of(ActivationFunction.TANH));

  /** Chooses the function. */
  @Setup
  public void setUp() {
    kernel = new ActivationKernel(Activation.scaled(function, 2));
  }

  /** From z to y. */
  @Benchmark
  public LaneTensor forward(Work work) {
    for (int row = 0; row < SHAPE.rows(); row++) {
      kernel.forward(z, row, y);
    }
    work.values += (long) SHAPE.size() * Lanes.COUNT;
    return y;
  }

  /** From the gradient with respect to y to that with respect to z. */
  @Benchmark
  public LaneTensor backward(Work work) {
    kernel.backward(z, y, gradient);
    work.values += (long) SHAPE.size() * Lanes.COUNT;
    return gradient;
  }
}
