package org.unvanish.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.kernel.PoolingKernel;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Huber;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;

/** Images to lanes, pooling, the loss and the statistics. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OtherBenchmark {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int PARAMETERS = 1385;

  private final Dataset data = SyntheticImages.draw(1, 1600, 16);
  private final ImageKernel images =
      new ImageKernel(data.train(), PixelScaling.UNIT.fit(data.train()));
  private final int[] order = IntStream.range(0, 1600).map(i -> i * 37 % 1600).toArray();
  private final LaneTensor image = new LaneTensor(IMAGE, 1);
  private final LaneTensor gradient = new LaneTensor(IMAGE, 1);
  private final LaneTensor pooled = new LaneTensor(new Shape(3, 16, 16), 1);
  private final PoolingKernel pooling = new PoolingKernel(image, 2, 2, pooled);
  private final LaneTensor logits = new LaneTensor(Shape.flat(CLASSES), 0);
  private final LossKernel softmax =
      LossTable.kernel(new SoftmaxCrossEntropy(), CLASSES, data.train().targets());
  private final Targets numbers = new Targets.Numbers(new float[1600 * CLASSES], CLASSES);
  private final LossKernel squaredError =
      LossTable.kernel(new MeanSquaredError(), CLASSES, numbers);
  private final LossKernel huber = LossTable.kernel(new Huber(), CLASSES, numbers);
  private final LossKernel binary = LossTable.kernel(new BinaryCrossEntropy(), CLASSES, numbers);
  private final LossKernel oneHot =
      LossTable.kernel(
          new OneHot(new MeanSquaredError(), CLASSES), CLASSES, data.train().targets());
  private final float[] parameters = new float[PARAMETERS];
  private final GradientRecorder recorder = new GradientRecorder();
  private int from;

  /** A block of images out of 1,600, in no order. */
  @Benchmark
  public LaneTensor gather(Work work) {
    from = (from + Lanes.COUNT) % 1600;
    images.gather(order, from, Lanes.COUNT, image);
    work.values += (long) IMAGE.size() * Lanes.COUNT;
    return image;
  }

  /** 32×32 to 16×16. */
  @Benchmark
  public LaneTensor maxPooling(Work work) {
    pooling.max();
    work.values += (long) IMAGE.size() * Lanes.COUNT;
    return pooled;
  }

  /** Back to 32×32. */
  @Benchmark
  public LaneTensor maxPoolingGradient(Work work) {
    pooling.maxGradient(pooled, gradient);
    work.values += (long) IMAGE.size() * Lanes.COUNT;
    return gradient;
  }

  /** Loss, correct predictions and gradient of ten classes. */
  @Benchmark
  public LaneTensor softmax(Work work) {
    return pass(softmax, work);
  }

  /** Loss, sums and gradient of ten numbers. */
  @Benchmark
  public LaneTensor squaredError(Work work) {
    return pass(squaredError, work);
  }

  /** The same with Huber's loss, which the absolute error is like. */
  @Benchmark
  public LaneTensor huber(Work work) {
    return pass(huber, work);
  }

  /** Loss, correct labels and gradient of ten labels. */
  @Benchmark
  public LaneTensor binary(Work work) {
    return pass(binary, work);
  }

  /** Squared error of ten classes as numbers, with what is counted of the classes. */
  @Benchmark
  public LaneTensor oneHot(Work work) {
    return pass(oneHot, work);
  }

  private LaneTensor pass(LossKernel kernel, Work work) {
    kernel.clear();
    kernel.forward(logits, order, 0, Lanes.COUNT);
    kernel.gradient(Lanes.COUNT, Lanes.COUNT, logits);
    work.values += (long) CLASSES * Lanes.COUNT;
    return logits;
  }

  /** The statistics of as many coordinates as table 2's network has. */
  @Benchmark
  public GradientRecorder record(Work work) {
    recorder.record(parameters, 0, PARAMETERS);
    work.values += PARAMETERS;
    return recorder;
  }
}
