package org.unvanish.page;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import org.unvanish.comparison.Metric;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.statistics.Spread;

/** The metrics of an experiment over its epochs, as arrays that have an element for each epoch. */
final class Curves {

  /** More than these would not be told apart on a screen. */
  static final int MOST_EPOCHS = 400;

  /**
   * One metric over the seeds, epoch by epoch; NaN where no run has it.
   *
   * @param mean over the seeds
   * @param median over the seeds
   * @param q25 25 % quantile over the seeds
   * @param q75 75 % quantile over the seeds
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record Curve(
      @JsonSerialize(using = PageJson.Precise.class) double[] mean,
      @JsonSerialize(using = PageJson.Precise.class) double[] median,
      @JsonSerialize(using = PageJson.Precise.class) double[] q25,
      @JsonSerialize(using = PageJson.Precise.class) double[] q75) {}

  private static final Median MEDIAN = Median.withDefaults();

  private final Summary summary;
  private final List<Metric> metrics;
  private final int[] epochs;

  private Curves(Summary summary, List<Metric> metrics, int[] epochs) {
    this.summary = summary;
    this.metrics = metrics;
    this.epochs = epochs;
  }

  static Curves of(ExperimentResult result) {
    Summary summary = Summary.of(result);
    return new Curves(
        summary, Metric.all(result.experiment().scores()), shown(summary.lastEpoch(), MOST_EPOCHS));
  }

  /** Evenly spaced epochs, the first and the last among them. */
  static int[] shown(int last, int most) {
    if (last <= most) {
      return IntStream.rangeClosed(1, last).toArray();
    }
    return IntStream.range(0, most)
        .map(i -> 1 + (int) Math.round((last - 1.0) * i / (most - 1)))
        .toArray();
  }

  int[] epochs() {
    return epochs.clone();
  }

  int lastEpoch() {
    return summary.lastEpoch();
  }

  /** How many of some runs completed each epoch. */
  int[] completed(List<RunResult> runs) {
    return IntStream.of(epochs)
        .map(epoch -> (int) runs.stream().filter(run -> run.epochs().size() >= epoch).count())
        .toArray();
  }

  /**
   * The metrics of an arm, by label.
   *
   * @param runs its own
   */
  Map<String, Curve> of(Arm arm, List<RunResult> runs) {
    Map<String, Curve> curves = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      Spread[] spreads = new Spread[summary.lastEpoch() + 1];
      Arrays.fill(spreads, new Spread(Double.NaN, Double.NaN, Double.NaN, 0));
      summary.of(arm, metric).forEach(row -> spreads[row.epoch()] = row.spread());
      curves.put(
          metric.label(),
          new Curve(
              IntStream.of(epochs).mapToDouble(e -> spreads[e].mean()).toArray(),
              IntStream.of(epochs).mapToDouble(e -> median(runs, e, metric)).toArray(),
              IntStream.of(epochs).mapToDouble(e -> spreads[e].q25()).toArray(),
              IntStream.of(epochs).mapToDouble(e -> spreads[e].q75()).toArray()));
    }
    return curves;
  }

  /** Of the finite values, as are mean and quartiles; NaN without any. */
  private static double median(List<RunResult> runs, int epoch, Metric metric) {
    return MEDIAN.evaluate(
        runs.stream()
            .mapToDouble(run -> at(run, epoch, metric))
            .filter(Double::isFinite)
            .toArray());
  }

  /** The metrics of single runs, by label: [run][epoch], NaN where a run has no such epoch. */
  Map<String, double[][]> lines(List<RunResult> runs) {
    Map<String, double[][]> lines = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      lines.put(
          metric.label(),
          runs.stream()
              .map(run -> IntStream.of(epochs).mapToDouble(e -> at(run, e, metric)).toArray())
              .toArray(double[][]::new));
    }
    return lines;
  }

  private static double at(RunResult run, int epoch, Metric metric) {
    return run.epochs().size() < epoch ? Double.NaN : metric.of(run.epochs().get(epoch - 1));
  }
}
