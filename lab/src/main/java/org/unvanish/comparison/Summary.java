package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.statistics.Spread;
import org.unvanish.train.EpochRecord;

/**
 * Every metric of every arm in every epoch, over the seeds.
 *
 * <p>An epoch's spread covers the runs that completed this epoch, so {@code n} falls after a run
 * diverged or was interrupted.
 *
 * @param rows ordered by arm, epoch and metric; an epoch that no run completed has none
 */
public record Summary(List<Row> rows) {

  /**
   * One metric of one arm in one epoch.
   *
   * @param arm its name
   * @param epoch from 1
   * @param metric which number
   * @param spread of it over the seeds
   */
  public record Row(String arm, int epoch, Metric metric, Spread spread) {}

  /** Copies the list. */
  public Summary {
    rows = List.copyOf(rows);
  }

  /** Summarises what the runs of an experiment recorded. */
  public static Summary of(ExperimentResult result) {
    List<Metric> metrics = Metric.all(result.experiment().scores());
    List<Row> rows = new ArrayList<>();
    for (Arm arm : result.experiment().arms()) {
      List<RunResult> runs = result.of(arm);
      int last = runs.stream().mapToInt(r -> r.epochs().size()).max().orElse(0);
      for (int index = 0; index < last; index++) {
        List<EpochRecord> records = atIndex(runs, index);
        int epoch = records.get(0).epoch();
        for (Metric metric : metrics) {
          Spread.of(records.stream().mapToDouble(metric::of).toArray())
              .ifPresent(spread -> rows.add(new Row(arm.name(), epoch, metric, spread)));
        }
      }
    }
    return new Summary(rows);
  }

  private static List<EpochRecord> atIndex(List<RunResult> runs, int index) {
    return runs.stream()
        .filter(r -> index < r.epochs().size())
        .map(r -> r.epochs().get(index))
        .toList();
  }

  /** One metric of one arm over the epochs, in their order. */
  public List<Row> of(Arm arm, Metric metric) {
    return rows.stream()
        .filter(row -> row.arm().equals(arm.name()) && row.metric().label().equals(metric.label()))
        .toList();
  }

  /** The last epoch that any run completed; 0 if there is none. */
  public int lastEpoch() {
    return rows.stream().mapToInt(Row::epoch).max().orElse(0);
  }
}
