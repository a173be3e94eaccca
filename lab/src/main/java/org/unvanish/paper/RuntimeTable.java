package org.unvanish.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.report.Comparison;
import org.unvanish.report.ComparisonTable;
import org.unvanish.report.RunMeasure;
import org.unvanish.report.Table;

/** Table 4: what the remedies cost in time, beside the paper's numbers. */
public final class RuntimeTable {

  /** The experiment that it is of. */
  public static final String EXPERIMENT = "table4";

  /** Ven &amp; Lederer (2021), table 4: seconds, in the order of the arms. */
  private static final List<Double> PAPER = List.of(1057.8, 1385.2, 986.8, 1339.1);

  private RuntimeTable() {}

  /**
   * For each arm the time of an epoch and of each arm with remedies its overhead over the one
   * before it without, paired by seed.
   *
   * @param result of the experiment {@code table4}, whose runs had the machine to themselves
   */
  public static Table of(ExperimentResult result) {
    List<Arm> arms = result.experiment().arms();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "time of an epoch", "overhead [95 %]", "paper", "paper's overhead"));
    for (int i = 0; i < arms.size(); i++) {
      boolean remedies = i % 2 == 1;
      Comparison c =
          Comparison.of(result, arms.get(remedies ? i - 1 : i), arms.get(i), RunMeasure.SECONDS);
      rows.add(
          List.of(
              arms.get(i).name(),
              c.pairs() == 0 ? "–" : c.measure().format(c.second()),
              remedies ? ComparisonTable.difference(c) : "",
              PAPER.get(i) + " s",
              remedies ? percent(PAPER.get(i) / PAPER.get(i - 1)) : ""));
    }
    return new Table(
        rows,
        "Mean over the seeds, one run at a time"
            + (arms.stream().allMatch(arm -> arm.backend() == Backend.ENGINE)
                ? ", after each network has trained for a moment that does not count"
                : "")
            + ";\noverhead: mean ratio to the same function without"
            + " remedies, paired by seed.\nThe paper's times are of whole runs on a graphics card; only"
            + " the ratios compare.");
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "×%.2f (%+.1f %%)", ratio, 100 * (ratio - 1));
  }
}
