package org.unvanish.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.RunResult;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.ParameterGradient;

/**
 * The gradients of one arm, parameter tensor by parameter tensor and epoch by epoch: each number is
 * the median over the seeds.
 *
 * @param parameters {@link ParameterGradient#ALL}, then the parameter tensors in the network's
 *     order; none before any epoch is completed
 * @param sources the numbers by the source's label. Without a penalty there is {@code total} only:
 *     the data gradient is the same and the penalty's is zero
 */
record GradientFlow(List<String> parameters, Map<String, Source> sources) {

  /**
   * The numbers of one source, [parameter][epoch]; NaN where no run has them.
   *
   * @param meanAbs mean of |g|
   * @param vanished the vanished share
   * @param quantiles of |g| over the coordinates: 5 %, 25 %, 50 %, 75 % and 95 %
   */
  record Source(double[][] meanAbs, double[][] vanished, List<double[][]> quantiles) {}

  /**
   * Of an arm's runs.
   *
   * @param epochs which to show, from 1
   */
  static GradientFlow of(Arm arm, List<RunResult> runs, int[] epochs) {
    List<ParameterGradient> places =
        runs.stream()
            .filter(run -> !run.epochs().isEmpty())
            .findFirst()
            .map(run -> run.epochs().get(0).gradients())
            .orElse(List.of());
    Map<String, Source> sources = new LinkedHashMap<>();
    for (GradientSource source : GradientSource.values()) {
      if (source == GradientSource.TOTAL || !(arm.settings().penalty() instanceof Penalty.None)) {
        int[] rows =
            IntStream.range(0, places.size())
                .filter(i -> places.get(i).source() == source)
                .toArray();
        sources.put(source.label(), source(new Medians(runs, rows, epochs)));
      }
    }
    return new GradientFlow(
        places.stream().map(ParameterGradient::parameter).distinct().toList(), sources);
  }

  private static Source source(Medians medians) {
    return new Source(
        medians.of(GradientStatistics::meanAbs),
        medians.of(GradientStatistics::vanishedShare),
        List.of(
            medians.of(GradientStatistics::q05),
            medians.of(GradientStatistics::q25),
            medians.of(GradientStatistics::q50),
            medians.of(GradientStatistics::q75),
            medians.of(GradientStatistics::q95)));
  }

  /**
   * Medians over the runs.
   *
   * @param rows places in {@code EpochRecord.gradients}, which all runs of an arm have alike
   */
  private record Medians(List<RunResult> runs, int[] rows, int[] epochs) {

    double[][] of(ToDoubleFunction<GradientStatistics> number) {
      return IntStream.of(rows)
          .mapToObj(row -> IntStream.of(epochs).mapToDouble(e -> at(row, e, number)).toArray())
          .toArray(double[][]::new);
    }

    private double at(int row, int epoch, ToDoubleFunction<GradientStatistics> number) {
      double[] values =
          runs.stream()
              .filter(run -> run.epochs().size() >= epoch)
              .mapToDouble(
                  run ->
                      number.applyAsDouble(
                          run.epochs().get(epoch - 1).gradients().get(row).statistics()))
              .filter(Double::isFinite)
              .toArray();
      return values.length == 0 ? Double.NaN : Median.withDefaults().evaluate(values);
    }
  }
}
