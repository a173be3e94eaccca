package org.unvanish.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How many bytes one core reads and writes: the triad a = b + s·c of STREAM (McCalpin 1995), on
 * arrays that fit the first-level cache, the second-level cache, and none. As there, what a cache
 * reads only in order to overwrite it is not counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BandwidthBenchmark {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** All three arrays together, in KiB. */
  @Param({"24", "384", "393216"})
  public int kib;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private float scale = 0.5f;

  /** Lays out the arrays. */
  @Setup
  public void setUp() {
    int length = kib * 1024 / Float.BYTES / 3;
    a = new float[length];
    b = new float[length];
    c = new float[length];
  }

  /** Once over the arrays. */
  @Benchmark
  public float[] triad(Work work) {
    FloatVector s = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i <= a.length - SPECIES.length(); i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, c, i)
          .fma(s, FloatVector.fromArray(SPECIES, b, i))
          .intoArray(a, i);
    }
    work.bytes += 3L * Float.BYTES * a.length;
    return a;
  }
}
