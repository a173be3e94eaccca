package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Spread;
import org.unvanish.train.EpochRecord;

/** The final results as a table. */
public final class ResultTable {

  private ResultTable() {}

  /**
   * For each arm: its runs by outcome; the headline score after the last epoch of the finished
   * runs, and the mean absolute total gradient of epoch 1 of all runs, as mean [25 % quantile, 75 %
   * quantile] over the seeds. Where the networks differ in size, also what they cost: their
   * parameters, and the median time of an epoch.
   */
  public static Table of(ExperimentResult result) {
    List<List<String>> rows = new ArrayList<>();
    Score score = result.experiment().headline();
    boolean costs = differInSize(result.experiment().arms());
    List<String> header =
        new ArrayList<>(
            List.of(
                "arm",
                "runs",
                "test " + score.title(),
                "training " + score.title(),
                "gradient in epoch 1"));
    if (costs) {
      header.addAll(List.of("parameters", "time of an epoch"));
    }
    rows.add(header);
    for (Arm arm : result.experiment().arms()) {
      List<RunResult> runs = result.of(arm);
      List<RunResult> finished = runs.stream().filter(RunResult::isFinished).toList();
      List<RunResult> started = runs.stream().filter(r -> !r.epochs().isEmpty()).toList();
      List<String> row =
          new ArrayList<>(
              List.of(
                  arm.name(),
                  outcomes(runs),
                  score(score, spread(finished, r -> last(r, new Metric.Test(score)))),
                  score(score, spread(finished, r -> last(r, new Metric.Train(score)))),
                  gradient(spread(started, r -> Metric.GRADIENT_MEAN_ABS.of(r.epochs().get(0))))));
      if (costs) {
        row.add(String.format(Locale.ROOT, "%,d", arm.network().parameterCount()));
        row.add(RunMeasure.SECONDS.format(medianSeconds(runs)));
      }
      rows.add(row);
    }
    return new Table(
        rows,
        "Mean over the seeds [25 % and 75 % quantile]."
            + (costs ? " Times are medians, rough where runs shared the machine." : ""));
  }

  private static boolean differInSize(List<Arm> arms) {
    return arms.stream().noneMatch(Arm::isWatched)
        && arms.stream().mapToInt(arm -> arm.network().parameterCount()).distinct().count() > 1;
  }

  /** A machine that slept in one epoch, or was busy in a few, does not matter. NaN for none. */
  private static double medianSeconds(List<RunResult> runs) {
    return Median.withDefaults()
        .evaluate(
            runs.stream()
                .flatMap(run -> run.epochs().stream())
                .mapToDouble(EpochRecord::seconds)
                .filter(Double::isFinite)
                .toArray());
  }

  private static double last(RunResult run, Metric metric) {
    return metric.of(run.epochs().get(run.epochs().size() - 1));
  }

  private static Optional<Spread> spread(List<RunResult> runs, ToDoubleFunction<RunResult> number) {
    return Spread.of(runs.stream().mapToDouble(number).toArray());
  }

  /** {@code 6 finished}, or {@code 5 finished, 1 diverged}. */
  private static String outcomes(List<RunResult> runs) {
    return runs.stream()
        .map(r -> word(r.outcome()))
        .distinct()
        .map(word -> runs.stream().filter(r -> word(r.outcome()).equals(word)).count() + " " + word)
        .collect(Collectors.joining(", "));
  }

  /** What readers are told, who may look while the run goes on. */
  static String word(RunOutcome outcome) {
    return outcome instanceof RunOutcome.Interrupted ? "unfinished" : outcome.label();
  }

  private static String score(Score score, Optional<Spread> spread) {
    return switch (score.form()) {
      case SHARE -> text("%.1f %% [%.1f, %.1f]", 100, spread);
      case NUMBER -> text("%.3g [%.3g, %.3g]", 1, spread);
    };
  }

  private static String gradient(Optional<Spread> spread) {
    return text("%.1e [%.1e, %.1e]", 1, spread);
  }

  private static String text(String format, double factor, Optional<Spread> spread) {
    return spread
        .map(
            s ->
                String.format(
                    Locale.ROOT, format, factor * s.mean(), factor * s.q25(), factor * s.q75()))
        .orElse(ShownNumber.MISSING);
  }
}
