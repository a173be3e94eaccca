package org.unvanish.benchmarks;

import java.util.List;
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
import org.unvanish.internal.kernel.ConvolutionKernel;
import org.unvanish.internal.kernel.DepthwiseKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.Phases;
import org.unvanish.internal.kernel.Window;

/**
 * A 3×3 convolution with as many filters as channels, on a block. The input gradient is the same.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConvolutionBenchmark {

  /** Channels × rows (= columns). */
  @Param({"3x32", "3x16", "3x8", "64x8"})
  public String image;

  private Shape shape;
  private LaneTensor out;
  private LaneTensor gradient;
  private ConvolutionKernel convolution;
  private DepthwiseKernel depthwise;
  private LaneTensor in;
  private LaneTensor halved;
  private LaneTensor halvedGradient;
  private Phases phases;
  private ConvolutionKernel strided;
  private List<ConvolutionKernel> stridedBack;
  private float[] sums;
  private float[] depthwiseSums;
  private long flop;
  private long bytes;
  private long depthwiseBytes;
  private long depthwiseFlop;

  /** Lays out tensors and weights. */
  @Setup
  public void setUp() {
    String[] sizes = image.split("x", 2);
    int channels = Integer.parseInt(sizes[0]);
    int rows = Integer.parseInt(sizes[1]);
    shape = new Shape(channels, rows, rows);
    in = new LaneTensor(shape, 1);
    out = new LaneTensor(shape, 1);
    gradient = new LaneTensor(shape, 1);
    convolution = new ConvolutionKernel(in, 3, channels);
    convolution.setWeights(new float[9 * channels * channels], 0);
    depthwise = new DepthwiseKernel(in, 3);
    depthwise.setWeights(new float[9 * channels], 0);
    Shape half = new Shape(channels, rows / 2, rows / 2);
    halved = new LaneTensor(half, 0);
    halvedGradient = new LaneTensor(half, 0);
    phases = new Phases(shape, half, new Window(3, 3, 2, 2, 1, 1));
    strided = new ConvolutionKernel(phases);
    strided.setWeights(new float[9 * channels * channels], 0);
    stridedBack =
        phases.phases().stream().map(phase -> new ConvolutionKernel(phases, phase)).toList();
    sums = new float[convolution.sumsLength()];
    depthwiseSums = new float[depthwise.sumsLength()];
    depthwiseFlop = 2L * 9 * shape.size() * Lanes.COUNT;
    flop = depthwiseFlop * channels;
    // Input and output, or input and output gradient; and the weights, or their gradient.
    depthwiseBytes = Float.BYTES * (2L * shape.size() * Lanes.COUNT + 9L * channels);
    bytes = Float.BYTES * (2L * shape.size() * Lanes.COUNT + 9L * channels * channels);
  }

  /** From input to output. */
  @Benchmark
  public LaneTensor forward(Work work) {
    for (int row = 0; row < shape.rows(); row++) {
      convolution.forward(row, out);
    }
    work.flop += flop;
    work.bytes += bytes;
    return out;
  }

  /** From input and output gradient to weight gradient. */
  @Benchmark
  public float[] weightGradient(Work work) {
    convolution.addWeightGradient(gradient, sums);
    work.flop += flop;
    work.bytes += bytes;
    return sums;
  }

  /** From input to output with stride 2: a quarter of the work. */
  @Benchmark
  public LaneTensor stridedForward(Work work) {
    phases.read(in);
    for (int row = 0; row < halved.shape().rows(); row++) {
      strided.forward(row, halved);
    }
    work.flop += flop / 4;
    work.bytes += bytes;
    return halved;
  }

  /** From output gradient to input gradient with stride 2. */
  @Benchmark
  public LaneTensor stridedInputGradient(Work work) {
    phases.readGradient(halvedGradient);
    for (int i = 0; i < stridedBack.size(); i++) {
      LaneTensor phase = phases.phases().get(i).gradient();
      for (int row = 0; row < phase.shape().rows(); row++) {
        stridedBack.get(i).forward(row, phase);
      }
    }
    phases.writeGradient(gradient);
    work.flop += flop / 4;
    work.bytes += bytes;
    return gradient;
  }

  /** One filter for each channel. */
  @Benchmark
  public LaneTensor depthwiseForward(Work work) {
    for (int row = 0; row < shape.rows(); row++) {
      depthwise.forward(row, out);
    }
    work.flop += depthwiseFlop;
    work.bytes += depthwiseBytes;
    return out;
  }

  /** The weight gradient of one filter for each channel. */
  @Benchmark
  public float[] depthwiseWeightGradient(Work work) {
    depthwise.addWeightGradient(gradient, depthwiseSums);
    work.flop += depthwiseFlop;
    work.bytes += depthwiseBytes;
    return depthwiseSums;
  }
}
