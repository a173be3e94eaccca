package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Spread;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** How the arms of an experiment compare, as tables. */
public final class ComparisonTable {

  private ComparisonTable() {}

  /**
   * For each arm its measures over the seeds, and how soon given values of the headline score were
   * reached on the test data.
   *
   * @param shares in [0, 1]; left out where that score is no share
   */
  public static Table arms(ExperimentResult result, List<Double> shares) {
    return arms(result, PairwiseComparison.measures(result), reachable(result, shares));
  }

  /** What arms can reach: shares where the headline score is one, else nothing. */
  public static List<Double> reachable(ExperimentResult result, List<Double> shares) {
    return result.experiment().headline().form() == Score.Form.SHARE ? shares : List.of();
  }

  /**
   * The same with measures of one's choice.
   *
   * @param values of the headline score
   */
  public static Table arms(
      ExperimentResult result, List<RunMeasure> measures, List<Double> values) {
    Score headline = result.experiment().headline();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("arm"));
    measures.forEach(measure -> header.add(measure.label()));
    values.forEach(value -> header.add("epochs to " + goal(headline, value)));
    rows.add(header);
    for (Arm arm : result.experiment().arms()) {
      List<RunResult> finished = result.of(arm).stream().filter(RunResult::isFinished).toList();
      List<String> row = new ArrayList<>(List.of(arm.name()));
      measures.forEach(measure -> row.add(spread(finished, measure)));
      values.forEach(value -> row.add(epochsTo(finished, headline, value)));
      rows.add(row);
    }
    return new Table(
        rows,
        "Of the finished runs: mean [25 % and 75 % quantile] over the seeds"
            + (values.isEmpty()
                ? "."
                : "; median number of epochs where more than half of the runs get there."));
  }

  /** Every pair of arms, or of the best ones, measure by measure. */
  public static Table pairs(ExperimentResult result) {
    return pairs(result.experiment(), PairwiseComparison.all(result));
  }

  /** Some of these pairs; where they are of the best arms alone, the note says so. */
  public static Table pairs(Experiment experiment, List<PairwiseComparison> comparisons) {
    Table table = pairs(comparisons);
    return new Table(
        table.rows(),
        BestArms.note(experiment).map(note -> table.note() + "\n" + note).orElse(table.note()));
  }

  /** Pairs of arms, measure by measure. */
  public static Table pairs(List<PairwiseComparison> comparisons) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("measure", "arms", "difference [95 %]", "effect", "p (Holm)", "seeds"));
    for (PairwiseComparison pairwise : comparisons) {
      Comparison c = pairwise.comparison();
      rows.add(
          List.of(
              c.measure().label(),
              "“%s” − “%s”".formatted(c.secondArm(), c.firstArm()),
              difference(c),
              c.pairs() == 0 ? ShownNumber.MISSING : ShownNumber.of("%+.2f", c.effect()),
              c.pairs() == 0 ? ShownNumber.MISSING : ShownNumber.pValue(pairwise.holm()),
              "higher in %d, lower in %d of %d%s"
                  .formatted(
                      c.higher(),
                      c.lower(),
                      c.pairs(),
                      c.leftOut() == 0 ? "" : ", %d left out".formatted(c.leftOut()))));
    }
    int leftOut = comparisons.stream().mapToInt(p -> p.comparison().leftOut()).sum();
    return new Table(
        rows,
        "Paired by seed: mean difference (of gradients: mean ratio) with its bootstrap interval;"
            + " effect: rank-biserial\ncorrelation, from −1 to 1; p: Wilcoxon's signed-rank test,"
            + " two-sided, Holm-corrected within each measure."
            + (leftOut == 0
                ? ""
                : "\nLeft out, as there is no ratio: %d %s of runs with a gradient of 0."
                    .formatted(leftOut, leftOut == 1 ? "pair" : "pairs")));
  }

  /** Every pair of arms, or of the best ones, in lines of limited width. */
  public static StyledText text(ExperimentResult result, int width) {
    return text(PairwiseComparison.all(result), width)
        .paragraph(BestArms.note(result.experiment()).orElse(""), width);
  }

  /** Pairs of arms in lines of limited width: a table for each measure, one note for all. */
  public static StyledText text(List<PairwiseComparison> comparisons, int width) {
    StyledText text = new StyledText();
    Table all = pairs(comparisons);
    Map<String, List<List<String>>> tables = new LinkedHashMap<>();
    List<String> header = all.rows().get(0);
    for (List<String> row : all.rows().subList(1, all.rows().size())) {
      tables
          .computeIfAbsent(
              row.get(0),
              measure -> new ArrayList<>(List.of(List.copyOf(header.subList(1, header.size())))))
          .add(row.subList(1, row.size()));
    }
    tables.forEach(
        (measure, rows) ->
            text.add(measure + "\n", Style.STRONG).add(TextTable.of(rows, width)).blank());
    return text.paragraph(all.note().replace('\n', ' '), width);
  }

  /** The difference with its interval, in points or as a ratio. */
  public static String difference(Comparison c) {
    if (c.pairs() == 0) {
      return ShownNumber.MISSING;
    }
    return switch (c.measure().unit()) {
      case SHARE ->
          "%s points [%s, %s]"
              .formatted(
                  points(c.difference()), points(c.interval().low()), points(c.interval().high()));
      case NUMBER ->
          "%s [%s, %s]"
              .formatted(
                  ShownNumber.of("%+.3g", c.difference()),
                  ShownNumber.of("%+.3g", c.interval().low()),
                  ShownNumber.of("%+.3g", c.interval().high()));
      case MAGNITUDE, SECONDS ->
          "×%s [%s, %s]"
              .formatted(
                  ratio(c.difference()), ratio(c.interval().low()), ratio(c.interval().high()));
    };
  }

  private static String points(double share) {
    return ShownNumber.of("%+.1f", 100 * share);
  }

  /** Of any finite logarithm, also where the ratio itself leaves the range of numbers. */
  public static String ratio(double logarithm) {
    double ratio = Math.exp(logarithm);
    if (ratio >= Double.MIN_NORMAL && ratio <= Double.MAX_VALUE) {
      return ShownNumber.of(ratio >= 0.01 && ratio < 1000 ? "%.2f" : "%.1e", ratio);
    }
    if (!Double.isFinite(logarithm)) {
      return ShownNumber.of("%.2f", logarithm);
    }
    double decades = logarithm / Math.log(10);
    double exponent = Math.floor(decades);
    double mantissa = Math.round(10 * Math.pow(10, decades - exponent)) / 10.0;
    return mantissa < 10
        ? ShownNumber.of("%.1f", mantissa) + ShownNumber.of("e%+.0f", exponent)
        : "1.0" + ShownNumber.of("e%+.0f", exponent + 1);
  }

  private static String spread(List<RunResult> runs, RunMeasure measure) {
    Optional<Spread> spread = Spread.of(runs.stream().mapToDouble(measure::of).toArray());
    return spread
        .map(
            s ->
                "%s [%s, %s]"
                    .formatted(
                        measure.format(s.mean()), bare(measure, s.q25()), bare(measure, s.q75())))
        .orElse(ShownNumber.MISSING);
  }

  private static String bare(RunMeasure measure, double value) {
    return measure.format(value).replaceFirst(" .*", "");
  }

  private static String epochsTo(List<RunResult> runs, Score score, double value) {
    int[] reached =
        runs.stream()
            .map(run -> RunMeasure.epochsTo(run, score, value))
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .sorted()
            .toArray();
    String share = reached.length + " of " + runs.size() + " runs";
    // The median over all runs: those that never get there come last in the order.
    return 2 * reached.length > runs.size()
        ? "%s (%s)"
            .formatted(
                number((reached[(runs.size() - 1) / 2] + reached[runs.size() / 2]) / 2.0), share)
        : ShownNumber.MISSING + " (" + share + ")";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String goal(Score score, double value) {
    return switch (score.form()) {
      case SHARE -> number(Math.round(1000 * value) / 10.0) + " %";
      case NUMBER -> ShownNumber.of("%.3g", value);
    };
  }
}
