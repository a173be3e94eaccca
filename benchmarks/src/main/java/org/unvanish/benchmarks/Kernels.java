package org.unvanish.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.unvanish.internal.kernel.Lanes;

/** Times every kernel on one core, and shows how near it comes to the multiply-add peak. */
public final class Kernels {

  private Kernels() {}

  /**
   * Runs all benchmarks, or those whose names match, and prints what they did.
   *
   * @param patterns regular expressions; none for all
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] patterns) throws RunnerException {
    Collection<RunResult> results =
        run(patterns.length == 0 ? List.of("org\\.unvanish\\.benchmarks\\.") : List.of(patterns));
    double peak = peak(results);
    System.out.printf("%nJava %s, %s%n", Runtime.version(), Lanes.describe());
    for (RunResult result : results) {
      double flop = rate(result, "flop");
      String speed;
      if (flop > 0) {
        speed = "%6.1f GFLOP/s %4.0f %% of the peak".formatted(flop, 100 * flop / peak);
      } else if (rate(result, "values") > 0) {
        speed = "%6.3f ns a value".formatted(1 / rate(result, "values"));
      } else {
        speed = "%6.1f GB/s".formatted(rate(result, "bytes"));
      }
      System.out.printf("%-50s %s%n", name(result.getParams()), speed);
    }
  }

  /**
   * Runs the benchmarks whose names match, and that of the peak.
   *
   * @param patterns regular expressions
   * @throws RunnerException if a benchmark fails
   */
  public static Collection<RunResult> run(List<String> patterns) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .forks(2)
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(500))
        .measurementIterations(2)
        .measurementTime(TimeValue.milliseconds(500));
    options.include(PeakBenchmark.class.getName());
    patterns.forEach(options::include);
    return new Runner(options.build()).run();
  }

  /** The most multiply-adds of one core that these results have, in GFLOP/s; NaN without them. */
  public static double peak(Collection<RunResult> results) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().startsWith(PeakBenchmark.class.getName()))
        .mapToDouble(r -> rate(r, "flop"))
        .max()
        .orElse(Double.NaN);
  }

  /** A counter of {@link Work} by time: for each nanosecond; 0 where it does not count. */
  public static double rate(RunResult result, String counter) {
    Result<?> value = result.getSecondaryResults().get(counter);
    return value == null ? 0 : value.getScore();
  }

  /** A benchmark's short name with its parameters: {@code Convolution forward 3x32}. */
  public static String name(BenchmarkParams params) {
    String name = params.getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1 ");
    StringBuilder text = new StringBuilder(name);
    params.getParamsKeys().forEach(key -> text.append(' ').append(params.getParam(key)));
    return text.toString();
  }
}
