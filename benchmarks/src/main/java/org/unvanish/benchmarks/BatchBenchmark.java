package org.unvanish.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.BatchNormalizationKernel;
import org.unvanish.internal.kernel.DropoutKernel;
import org.unvanish.internal.kernel.EmbeddingKernel;
import org.unvanish.internal.kernel.GroupNormalizationKernel;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.ProbabilityKernel;
import org.unvanish.internal.kernel.SumKernel;

/**
 * Normalizations, dropout, the softmax layer, an embedding and the sum of a residual block, a block
 * at a time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBenchmark {

  private static final Shape IMAGE = new Shape(16, 16, 16);
  private static final Shape FLAT = Shape.flat(64);

  private final LaneTensor x = new LaneTensor(IMAGE, 1);
  private final LaneTensor y = new LaneTensor(IMAGE, 1);
  private final LaneTensor gradient = new LaneTensor(IMAGE, 1);
  private final LaneTensor mean = new LaneTensor(Shape.flat(4), 0);
  private final LaneTensor inverse = new LaneTensor(Shape.flat(4), 0);
  private final LaneTensor z = new LaneTensor(FLAT, 0);
  private final LaneTensor probabilities = new LaneTensor(FLAT, 0);
  private final float[] parameters = new float[2 * IMAGE.channels()];
  private final BatchNormalizationKernel batch =
      new BatchNormalizationKernel(IMAGE.channels(), IMAGE.rows() * IMAGE.columns(), 1e-5);
  private final GroupNormalizationKernel groups =
      new GroupNormalizationKernel(4, IMAGE.channels(), false, 1e-5);
  private final DropoutKernel dropout = new DropoutKernel(0.2);
  private final LaneTensor categories = new LaneTensor(Shape.flat(8), 0);
  private final LaneTensor embedded = new LaneTensor(Shape.flat(23), 0);
  private final float[] ofCategories = new float[100 * 16];
  private final EmbeddingKernel embedding = new EmbeddingKernel(3, 100, 16);
  private long key;

  private static long values(Shape shape) {
    return (long) shape.size() * Lanes.COUNT;
  }

  /** Statistics of a block, then the block itself. */
  @Benchmark
  public LaneTensor batchNormalization(Work work) {
    batch.begin(parameters, 0, IMAGE.channels());
    batch.observe(x, Lanes.COUNT);
    batch.useBatch();
    batch.forward(x, y);
    work.values += values(IMAGE);
    return y;
  }

  /** Of γ and β, then of the input. */
  @Benchmark
  public LaneTensor batchNormalizationGradients(Work work) {
    batch.addGradients(x, y);
    batch.inputGradient(x, y, gradient, Lanes.COUNT);
    work.values += values(IMAGE);
    return gradient;
  }

  /** In four groups. */
  @Benchmark
  public LaneTensor groupNormalization(Work work) {
    groups.forward(x, y, mean, inverse);
    work.values += values(IMAGE);
    return y;
  }

  /** Of γ and β, then of the input. */
  @Benchmark
  public LaneTensor groupNormalizationGradients(Work work) {
    groups.addGradients(x, y, mean, inverse);
    groups.inputGradient(x, y, gradient, mean, inverse);
    work.values += values(IMAGE);
    return gradient;
  }

  /** Draws and multiplies. */
  @Benchmark
  public LaneTensor dropout(Work work) {
    dropout.draw(key++, 0, gradient);
    DropoutKernel.multiply(x, gradient, y);
    work.values += values(IMAGE);
    return y;
  }

  /** Probabilities of 64 values, and their gradient. */
  @Benchmark
  public LaneTensor probabilities(Work work) {
    ProbabilityKernel.forward(z, probabilities);
    ProbabilityKernel.inputGradient(probabilities, z, z);
    work.values += values(FLAT);
    return z;
  }

  /** Eight columns, of which one has 100 categories with 16 values each, and their gradients. */
  @Benchmark
  public float[] embedding(Work work) {
    embedding.begin(ofCategories, 0);
    embedding.forward(categories, embedded);
    embedding.addGradient(categories, embedded, Lanes.COUNT);
    embedding.collect(ofCategories, 0);
    work.values += values(embedded.shape());
    return ofCategories;
  }

  /** Where two ways meet. */
  @Benchmark
  public LaneTensor sum(Work work) {
    SumKernel.add(x, gradient, y);
    work.values += values(IMAGE);
    return y;
  }
}
