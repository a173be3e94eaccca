package org.unvanish.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a benchmark has done, counted beside its calls. */
@AuxCounters
@State(Scope.Thread)
public class Work {
  /** Floating-point operations: two for each multiply-add. */
  public long flop;

  /**
   * Bytes that must move whatever the caches do: each number that is read or written, once. So a
   * kernel's arithmetic intensity is {@code flop / bytes}.
   */
  public long bytes;

  /** Numbers written. */
  public long values;
}
