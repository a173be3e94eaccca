package org.unvanish.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.unvanish.kernel.Lanes;

/** Times every kernel on one core, and shows how near it comes to the multiply-add peak. */
public final class Kernels {

  private Kernels() {}

  /**
   * Runs all benchmarks, or those whose names match.
   *
   * @param patterns regular expressions; none for all
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] patterns) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .forks(2)
        .warmupIterations(2)
        .warmupTime(TimeValue.milliseconds(500))
        .measurementIterations(2)
        .measurementTime(TimeValue.milliseconds(500));
    options.include(PeakBenchmark.class.getName());
    for (String pattern : patterns) {
      options.include(pattern);
    }
    if (patterns.length == 0) {
      options.include("org\\.unvanish\\.benchmarks\\.");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    double peak =
        results.stream()
            .filter(r -> r.getParams().getBenchmark().startsWith(PeakBenchmark.class.getName()))
            .mapToDouble(r -> rate(r, "flop"))
            .max()
            .orElse(Double.NaN);
    System.out.printf("%nJava %s, %s%n", Runtime.version(), Lanes.describe());
    for (RunResult result : results) {
      double flop = rate(result, "flop");
      String speed =
          flop > 0
              ? "%6.1f GFLOP/s %4.0f %% of the peak".formatted(flop, 100 * flop / peak)
              : "%6.3f ns a value".formatted(1 / rate(result, "values"));
      System.out.printf("%-50s %s%n", name(result.getParams()), speed);
    }
  }

  private static double rate(RunResult result, String counter) {
    Result<?> value = result.getSecondaryResults().get(counter);
    return value == null ? 0 : value.getScore();
  }

  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark\\.", "$1 ");
    StringBuilder text = new StringBuilder(name);
    params.getParamsKeys().forEach(key -> text.append(' ').append(params.getParam(key)));
    return text.toString();
  }
}
