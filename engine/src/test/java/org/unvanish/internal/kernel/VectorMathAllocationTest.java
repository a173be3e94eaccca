package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** What the compiler fails to inline allocates a box a vector, and is ten times slower. */
class VectorMathAllocationTest {

  /** Those of one loop; {@code TrainingAllocationTest} tries all of them where they are used. */
  private static final Set<Elementary> ALONE =
      EnumSet.complementOf(
          EnumSet.of(
              Elementary.LOG_SIGMOID, Elementary.ERF, Elementary.GELU, Elementary.GELU_SLOPE));

  @Test
  void aCompiledLoopAllocatesNothing() throws IOException, InterruptedException {
    String output = OwnJvm.run(VectorMathAllocationTest.class);
    for (Elementary function : ALONE) {
      assertThat(output.lines()).contains(function + " allocates nothing");
    }
  }

  /** Prints for each function whether its loop allocates. */
  public static void main(String[] arguments) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    float[] in = new float[1024];
    float[] out = new float[1024];
    Arrays.fill(in, 0.7f);
    for (Elementary function : ALONE) {
      // Until compiled for good, or for ten seconds.
      long fewest = Long.MAX_VALUE;
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (fewest > 1024 && System.nanoTime() < deadline) {
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < 1000; i++) {
          function.apply(FloatVector.SPECIES_PREFERRED, in, out);
        }
        fewest = Math.min(fewest, threads.getThreadAllocatedBytes(self) - before);
      }
      // The measurement itself may allocate a little; boxes would be two megabytes at least.
      System.out.println(
          function + (fewest <= 1024 ? " allocates nothing" : " allocates " + fewest + " bytes"));
    }
  }
}
