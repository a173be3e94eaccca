package org.unvanish.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/** Table 4: what the remedies cost in time, beside the paper's numbers. */
public final class RuntimeTable {

  /** The experiment that it is of. */
  static final String EXPERIMENT = "table4";

  /**
   * A row of Ven &amp; Lederer (2021), table 4.
   *
   * @param arm its name in the paper's spec
   * @param seconds what the paper measured
   * @param before the arm without remedies that it is compared with, or null
   */
  private record Row(String arm, double seconds, @Nullable Row before) {}

  private static final Row TANH = new Row("tanh", 1057.8, null);
  private static final Row RELU = new Row("relu", 986.8, null);
  private static final List<Row> ROWS =
      List.of(
          TANH,
          new Row("tanh, r = 0.01, α = 2", 1385.2, TANH),
          RELU,
          new Row("relu, r = 0.01", 1339.1, RELU));

  private RuntimeTable() {}

  /** Whether an experiment is table 4, so that its runs must have the machine to themselves. */
  public static boolean isOf(Experiment experiment) {
    return PaperSpecs.SERIES.find(experiment).filter(p -> p.name().equals(EXPERIMENT)).isPresent();
  }

  /**
   * For each arm the time of an epoch and of each arm with remedies its overhead over the one
   * without, paired by seed.
   *
   * @return empty if the result is not of table 4
   */
  public static Optional<Table> of(ExperimentResult result) {
    return PaperSpecs.SERIES
        .find(result.experiment())
        .filter(paper -> paper.name().equals(EXPERIMENT))
        .map(paper -> of(result, paper.arms()));
  }

  private static Table of(ExperimentResult result, Map<String, Arm> arms) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "time of an epoch", "overhead [95 %]", "paper", "paper's overhead"));
    for (Row row : ROWS) {
      if (!arms.containsKey(row.arm())) {
        continue;
      }
      Arm arm = Objects.requireNonNull(arms.get(row.arm()));
      Row before = row.before();
      @Nullable Arm without = before == null ? null : arms.get(before.arm());
      Comparison c =
          Comparison.of(result, without == null ? arm : without, arm, RunMeasure.SECONDS);
      rows.add(
          List.of(
              arm.name(),
              c.pairs() == 0 ? "–" : c.measure().format(c.second()),
              without == null ? "" : ComparisonTable.difference(c),
              row.seconds() + " s",
              before == null ? "" : percent(row.seconds() / before.seconds())));
    }
    return new Table(
        rows,
        "Mean over the seeds, one run at a time"
            + (arms.values().stream().allMatch(arm -> arm.backend() == Backend.ENGINE)
                ? ", each network after a warm-up that does not count"
                : "")
            + ";\noverhead: mean ratio to the same function without"
            + " remedies, paired by seed.\nThe paper's times are of whole runs on a graphics card; only"
            + " the ratios compare.");
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "×%.2f (%+.1f %%)", ratio, 100 * (ratio - 1));
  }
}
