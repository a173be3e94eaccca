package org.unvanish.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/**
 * The roofline model of one core (Williams, Waterman &amp; Patterson 2009): no kernel is faster
 * than the multiply-add peak, nor than its arithmetic intensity times the bandwidth of the memory
 * that it works on.
 *
 * @param peak multiply-adds of one core, in GFLOP/s
 * @param roofs bandwidths, the fastest first
 * @param kernels what was reached
 */
public record Roofline(double peak, List<Roof> roofs, List<Kernel> kernels) {

  /**
   * A memory's bandwidth.
   *
   * @param memory its name
   * @param bandwidth in GB/s
   */
  public record Roof(String memory, double bandwidth) {}

  /**
   * A kernel's point.
   *
   * @param name with its parameters
   * @param intensity FLOP for each byte that must move
   * @param speed in GFLOP/s
   */
  public record Kernel(String name, double intensity, double speed) {}

  /** Copies the lists. */
  public Roofline {
    roofs = List.copyOf(roofs);
    kernels = List.copyOf(kernels);
  }

  /** From the results of {@link Kernels#run} with the bandwidth benchmark among them. */
  public static Roofline of(Collection<RunResult> results) {
    List<Roof> roofs =
        results.stream()
            .filter(r -> r.getParams().getBenchmark().contains("BandwidthBenchmark"))
            .map(r -> new Roof(memory(r.getParams().getParam("kib")), Kernels.rate(r, "bytes")))
            .sorted((x, y) -> Double.compare(y.bandwidth(), x.bandwidth()))
            .toList();
    List<Kernel> kernels =
        results.stream()
            .filter(r -> Kernels.rate(r, "flop") > 0 && Kernels.rate(r, "bytes") > 0)
            .map(
                r ->
                    new Kernel(
                        Kernels.name(r.getParams()),
                        Kernels.rate(r, "flop") / Kernels.rate(r, "bytes"),
                        Kernels.rate(r, "flop")))
            .toList();
    return new Roofline(Kernels.peak(results), roofs, kernels);
  }

  private static String memory(String kib) {
    return switch (kib) {
      case "24" -> "first-level cache";
      case "384" -> "second-level cache";
      default -> "main memory";
    };
  }
}
