package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.comparison.Table;
import org.unvanish.statistics.ConfidenceInterval;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/** What a sweep came to, in sentences and tables. */
public final class SweepText {

  private static final String GRADIENT = "%.1e";

  private final SweepResult result;
  private final RunMeasure measure;

  public SweepText(SweepResult result) {
    this.result = result;
    measure = result.measure();
  }

  /**
   * The conclusion, the best arms and what each setting matters.
   *
   * @param width of a line in characters
   * @param all whether the map of two settings is shown, too
   */
  public StyledText text(int width, boolean all) {
    StyledText text = new StyledText();
    List<String> conclusion = conclusion();
    text.paragraph(conclusion.get(0), width, Style.STRONG);
    conclusion.stream().skip(1).forEach(sentence -> text.paragraph(sentence, width));
    if (result.ranked().isEmpty()) {
      return text;
    }
    Table best = best();
    text.blank()
        .add(best.text(width, row -> row.equals(best.rows().get(1)) ? Style.STRONG : Style.PLAIN));
    text.blank().add(settings().text(width));
    if (all) {
      result.map().ifPresent(map -> text.blank().add(map(map).text(width)));
    }
    return text;
  }

  /** Sentences, the conclusion first. */
  public List<String> conclusion() {
    List<SweptArm> ranked = result.ranked();
    if (ranked.isEmpty()) {
      return List.of("No run of the sweep is finished yet.");
    }
    List<String> sentences = new ArrayList<>();
    SweptArm best = ranked.get(0);
    sentences.add(
        "Best of %d arms: %s, with a %s of %s."
            .formatted(result.arms().size(), best.arm().name(), measure.label(), score(best)));
    List<SweptArm> next = ranked.subList(1, Math.min(SweepResult.BEST, ranked.size()));
    long near = next.stream().filter(arm -> overlap(arm, best)).count();
    if (near > 0) {
      sentences.add(
          "The intervals of %d of the next %d overlap its own: they may be as good."
              .formatted(near, next.size()));
    }
    matters().ifPresent(sentences::add);
    unfinished().ifPresent(sentences::add);
    return List.copyOf(sentences);
  }

  private static boolean overlap(SweptArm a, SweptArm b) {
    ConfidenceInterval x = a.interval();
    ConfidenceInterval y = b.interval();
    return x.low() <= y.high() && y.low() <= x.high();
  }

  private Optional<String> matters() {
    List<Marginal> known =
        result.marginals().stream().filter(m -> !Double.isNaN(m.share())).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<String> shares =
        known.stream()
            .map(m -> m.levels().axis().symbol() + " " + ShownNumber.of("%.0f %%", 100 * m.share()))
            .toList();
    String first = shares.get(0);
    int gap = known.get(0).levels().axis().symbol().length();
    return Optional.of(
        "What matters: "
            + first.substring(0, gap)
            + " explains"
            + first.substring(gap)
            + " of the variance of the arms' scores"
            + (shares.size() == 1 ? "" : ", " + String.join(", ", shares.subList(1, shares.size())))
            + ".");
  }

  private Optional<String> unfinished() {
    Map<String, Long> flaws =
        result.arms().stream()
            .flatMap(arm -> arm.flaw().stream())
            .collect(
                Collectors.groupingBy(flaw -> flaw, LinkedHashMap::new, Collectors.counting()));
    return flaws.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Arms with runs that did not finish: "
                + flaws.entrySet().stream()
                    .map(flaw -> flaw.getValue() + " " + flaw.getKey())
                    .collect(Collectors.joining(", "))
                + ".");
  }

  /** A mean score with its interval, and what became of runs that did not finish. */
  private String score(SweptArm arm) {
    ConfidenceInterval interval = arm.interval();
    String between =
        Double.isNaN(interval.low())
            ? ""
            : " [%s, %s]".formatted(bare(interval.low()), bare(interval.high()));
    return measure.format(arm.score()) + between;
  }

  private String bare(double value) {
    return measure.format(value).replaceFirst(" .*", "");
  }

  /** The best arms. */
  public Table best() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("arm", measure.label() + " [95 %]", "runs", "first layer's gradient in epoch 1"));
    List<SweptArm> ranked = result.ranked();
    for (SweptArm arm : ranked.subList(0, Math.min(SweepResult.BEST, ranked.size()))) {
      rows.add(
          List.of(
              arm.arm().name(),
              score(arm),
              arm.isComplete()
                  ? Integer.toString(arm.asked())
                  : "%d of %d %s".formatted(arm.scores().size(), arm.asked(), arm.mark()).strip(),
              ShownNumber.of(GRADIENT, arm.gradient())));
    }
    return new Table(
        rows,
        "Mean over the seeds with its bootstrap interval. The best of many arms is partly chance,"
            + " which no interval\nhere allows for: before you rely on it, train it with other seeds.");
  }

  /** How much each setting matters: a row for each of its values. */
  public Table settings() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("setting", "explains", "value", "arms", "mean " + measure.label(), "best arm's"));
    for (Marginal marginal : result.marginals()) {
      Levels levels = marginal.levels();
      for (int i = 0; i < levels.labels().size(); i++) {
        int level = i;
        rows.add(
            List.of(
                i == 0 ? levels.axis().symbol() : "",
                i == 0 ? ShownNumber.of("%.0f %%", 100 * marginal.share()) : "",
                levels.labels().get(i),
                Long.toString(levels.of().stream().filter(l -> l == level).count()),
                marginal
                    .scores()
                    .get(i)
                    .map(
                        s ->
                            "%s [%s, %s]"
                                .formatted(measure.format(s.mean()), bare(s.q25()), bare(s.q75())))
                    .orElse(ShownNumber.MISSING),
                measure.format(marginal.best().get(i))));
      }
    }
    return new Table(
        rows,
        "Explains: share of the variance of the arms' mean scores (main effect, η²); what is left is"
            + " in combinations\nof settings and in the seeds. Mean [25 % and 75 % quantile] over"
            + " the arms with the value.");
  }

  /** A map as a table, with what it shows above. */
  public Table map(HeatMap map) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    header.add(map.down().axis().symbol() + " \\ " + map.across().axis().symbol());
    header.addAll(map.across().labels());
    rows.add(header);
    for (int i = 0; i < map.cells().size(); i++) {
      List<String> row = new ArrayList<>(List.of(map.down().labels().get(i)));
      map.cells().get(i).forEach(cell -> row.add(cell(cell)));
      rows.add(row);
    }
    return new Table(rows, mapNote(List.of(map)) + ".");
  }

  /** How maps are read. */
  public String mapNote(List<HeatMap> maps) {
    boolean unfinished =
        maps.stream()
            .flatMap(map -> map.cells().stream())
            .flatMap(List::stream)
            .anyMatch(HeatMap.Cell::isUnfinished);
    return "%s%s; %s diverged, %s%s no arm there"
        .formatted(
            measure.label(),
            result.axes().size() > 2 ? ", the best over the other settings" : "",
            SweptArm.DIVERGED,
            unfinished ? HeatMap.Cell.UNFINISHED + " unfinished, " : "",
            ShownNumber.MISSING);
  }

  private String cell(HeatMap.Cell cell) {
    return cell.marked(bare(cell.score()));
  }
}
