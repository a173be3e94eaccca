package org.unvanish.page;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.NaNPolicy;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.RunResult;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.train.EpochRecord;
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
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
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
      if (source == GradientSource.TOTAL || arm.isPenalised()) {
        int[] rows =
            IntStream.range(0, places.size())
                .filter(i -> places.get(i).source() == source)
                .toArray();
        sources.put(source.label(), source(Medians.of(runs, rows, epochs)));
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
   * @param all statistics, [parameter][epoch][run]
   */
  // An array of arrays, since there may be a million of them.
  @SuppressWarnings("ArrayRecordComponent")
  private record Medians(GradientStatistics[][][] all) {

    private static final Median MEDIAN = Median.withDefaults().with(NaNPolicy.EXCLUDE);

    /**
     * Of some places in {@code EpochRecord.gradients}, which all runs of an arm have alike.
     *
     * @param epochs which of them, from 1
     */
    static Medians of(List<RunResult> runs, int[] places, int[] epochs) {
      GradientStatistics[][][] all = new GradientStatistics[places.length][epochs.length][];
      for (int e = 0; e < epochs.length; e++) {
        int epoch = epochs[e];
        List<EpochRecord> records =
            runs.stream()
                .filter(run -> run.epochs().size() >= epoch)
                .map(run -> run.epochs().get(epoch - 1))
                .toList();
        for (int p = 0; p < places.length; p++) {
          int place = places[p];
          all[p][e] =
              records.stream()
                  .map(record -> record.gradients().get(place).statistics())
                  .toArray(GradientStatistics[]::new);
        }
      }
      return new Medians(all);
    }

    double[][] of(ToDoubleFunction<GradientStatistics> number) {
      return Arrays.stream(all)
          .map(epochs -> Arrays.stream(epochs).mapToDouble(runs -> median(runs, number)).toArray())
          .toArray(double[][]::new);
    }

    /** NaN where there is no run. */
    private static double median(
        GradientStatistics[] runs, ToDoubleFunction<GradientStatistics> number) {
      double[] values = new double[runs.length];
      for (int i = 0; i < runs.length; i++) {
        values[i] = number.applyAsDouble(runs[i]);
      }
      return MEDIAN.evaluate(values);
    }
  }
}
