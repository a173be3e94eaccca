package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
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
    List<Row> rows = new ArrayList<>();
    result.experiment().arms().forEach(arm -> rows.addAll(rows(result, arm)));
    return new Summary(rows);
  }

  /** The rows of one arm, for experiments whose rows together would not fit into memory. */
  public static List<Row> rows(ExperimentResult result, Arm arm) {
    List<Metric> metrics = Metric.all(result.experiment().scores());
    // [epoch][metric] over the runs, each of which is read once.
    List<List<DoubleStream.Builder>> values = new ArrayList<>();
    for (RunResult run : result.of(arm)) {
      int index = 0;
      for (EpochRecord epoch : run.epochs()) {
        if (index == values.size()) {
          values.add(metrics.stream().map(metric -> DoubleStream.builder()).toList());
        }
        for (int m = 0; m < metrics.size(); m++) {
          values.get(index).get(m).add(metrics.get(m).of(epoch));
        }
        index++;
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      int epoch = index + 1;
      for (int m = 0; m < metrics.size(); m++) {
        Metric metric = metrics.get(m);
        Spread.of(values.get(index).get(m).build().toArray())
            .ifPresent(spread -> rows.add(new Row(arm.name(), epoch, metric, spread)));
      }
    }
    return rows;
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
