package org.unvanish.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.forecast.Forecast;
import org.unvanish.text.Bars;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** What each layer does to the gradient at a snapshot, as a table from the last to the first. */
final class LayerTable {

  /** More layers are not read line by line, where that is not asked for. */
  private static final int MOST = 14;

  /** So many of more layers are shown: those that do most. */
  private static final int CHOSEN = 10;

  private static final List<String> HEADER =
      List.of(
          "layer",
          "f′",
          "",
          "weights",
          "",
          "norm",
          "net",
          "typical",
          "forecast",
          "saturated",
          "",
          "cause");

  private static final List<Integer> BARS = List.of(2, 4, 10);
  private static final int NORMALIZATION = 5;
  private static final int FORECAST = 8;

  /**
   * The numbers of a row.
   *
   * @param name of a layer, indented inside a residual block
   * @param activation what f′ does, as log₁₀
   * @param weights what they do, without normalization; NaN where there are none
   * @param normalization what that does; 0 where there is none
   * @param saturated share of the pre-activations, with a word for dead units
   * @param share the same in [0, 1]
   */
  private record Row(
      String name,
      double activation,
      double weights,
      double normalization,
      double net,
      double typical,
      double forecast,
      String saturated,
      double share,
      String cause) {}

  private final SnapshotDiagnosis snapshot;
  private final Optional<Forecast> forecast;
  private final List<LayerEvidence> layers;

  /**
   * @param forecast of the same weights, if there is one
   */
  LayerTable(SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
    this.snapshot = snapshot;
    this.forecast = forecast;
    this.layers = snapshot.evidence().layers();
  }

  /**
   * The table, with bars as far as they fit.
   *
   * @param all whether all layers and columns are shown, or what does most
   */
  StyledText text(int width, boolean all) {
    List<Row> rows = rows(all);
    List<List<String>> full = cells(rows, true);
    List<List<String>> shown =
        TextTable.width(full) <= width ? full : all ? cells(rows, false) : brief(rows);
    int worst = worst(rows);
    StyledText text = TextTable.of(shown, width, row -> row - 1 == worst ? Style.BAD : Style.PLAIN);
    if (all) {
      forecast.ifPresent(f -> text.paragraph(sums(f), width));
    }
    return rows.stream().anyMatch(row -> row.name().endsWith("*"))
        ? text.paragraph("* nothing arrives here, so it was measured with a random gradient", width)
        : text;
  }

  /** What a forecast says from end to end. */
  private static String sums(Forecast forecast) {
    return "Forecast from end to end: net %s, typical %s ± %.1f over seeds."
        .formatted(
            MagnitudeText.signed(forecast.rmsLog10()).strip(),
            MagnitudeText.signed(forecast.typicalLog10()).strip(),
            forecast.spreadLog10());
  }

  private List<Row> rows(boolean all) {
    List<Row> rows = new ArrayList<>();
    OutputActivation last = snapshot.evidence().output().last();
    if (last != null) {
      rows.add(last(last));
    }
    Set<Integer> chosen = all || layers.size() <= MOST ? allLayers() : mostActive();
    int left = 0;
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (!chosen.contains(i)) {
        left++;
        continue;
      }
      addFold(rows, left);
      left = 0;
      int number = i;
      rows.add(
          row(
              "",
              layers.get(i),
              snapshot.layers().get(i),
              forecast.map(f -> f.layers().get(number).rmsLog10()).orElse(Double.NaN)));
      List<LayerEvidence> inside = layers.get(i).inside();
      for (int k = inside.size() - 1; k >= 0 && chosen.size() == layers.size(); k--) {
        rows.add(row("  ", inside.get(k), snapshot.inside().get(i).get(k), Double.NaN));
      }
    }
    addFold(rows, left);
    return rows;
  }

  private Set<Integer> allLayers() {
    return new HashSet<>(IntStream.range(0, layers.size()).boxed().toList());
  }

  private Set<Integer> mostActive() {
    return new HashSet<>(
        IntStream.range(0, layers.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -Math.abs(layers.get(i).netLog10())))
            .limit(CHOSEN)
            .toList());
  }

  private static void addFold(List<Row> rows, int left) {
    if (left > 0) {
      String name = left == 1 ? "… 1 layer" : "… %d layers".formatted(left);
      double none = Double.NaN;
      rows.add(new Row(name, none, none, 0, none, none, none, "", none, ""));
    }
  }

  private static Row row(String indent, LayerEvidence layer, Verdict verdict, double theory) {
    // A residual block is measured as a whole; its branch has rows of its own.
    double normalization = layer.isResidual() ? 0 : layer.normalizationLog10();
    return new Row(
        indent + layer.name() + (layer.testGradient() ? "*" : ""),
        layer.activationLog10(),
        layer.weightsLog10() - normalization,
        normalization,
        layer.netLog10(),
        layer.typicalLog10(),
        theory,
        saturated(layer.saturation()),
        worst(layer.saturation()),
        cause(verdict.cause()));
  }

  /** The activation behind the last weights: the first stretch of the way back. */
  private Row last(OutputActivation last) {
    boolean named =
        snapshot.verdict().cause() == Cause.SATURATED_OUTPUT
            || snapshot.besides().contains(Cause.SATURATED_OUTPUT);
    return new Row(
        "output: " + last.function(),
        last.log10(),
        Double.NaN,
        0,
        last.log10(),
        Double.NaN,
        Double.NaN,
        saturated(last.saturation()),
        worst(last.saturation()),
        named ? Cause.SATURATED_OUTPUT.label() : "");
  }

  private static String cause(Cause cause) {
    return cause == Cause.NONE ? "" : cause.label();
  }

  private static double worst(Saturation saturation) {
    return Math.max(saturation.saturatedShare(), saturation.deadShare());
  }

  private static String saturated(Saturation saturation) {
    double share = worst(saturation);
    return Double.isNaN(share)
        ? ""
        : String.format(
            Locale.ROOT, "%3.0f %%%s", 100 * share, saturation.deadShare() > 0 ? " dead" : "");
  }

  /** The row that does most where something is wrong; −1 where nothing is, or all do their part. */
  private int worst(List<Row> rows) {
    double[] nets = layers.stream().mapToDouble(LayerEvidence::netLog10).toArray();
    Verdict verdict = snapshot.verdict();
    boolean shared = verdict.cause() == Cause.MANY_LAYERS && verdict.signal().mainPart(nets) < 0;
    return verdict.isHealthy() || shared
        ? -1
        : IntStream.range(0, rows.size())
            .filter(i -> !Double.isNaN(rows.get(i).net()))
            .boxed()
            .max(Comparator.comparingDouble(i -> Math.abs(rows.get(i).net())))
            .orElse(-1);
  }

  /** No drama where all is well: a full bar is at least an order of magnitude. */
  private static Bars bars(Stream<Double> values) {
    return new Bars(
        Math.max(
            1,
            values
                .map(Math::abs)
                .filter(Double::isFinite)
                .max(Comparator.naturalOrder())
                .orElse(1.0)));
  }

  private static String bar(Bars bars, double value) {
    return Double.isNaN(value) ? "" : bars.signed(value);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : MagnitudeText.signed(value);
  }

  /** Where lines are short: what f′ and weights do together is drawn. */
  private static List<List<String>> brief(List<Row> rows) {
    Bars bars = bars(rows.stream().map(Row::net));
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("layer", "f′", "weights", "net", "", "saturated", "cause"));
    for (Row row : rows) {
      cells.add(
          List.of(
              row.name(),
              number(row.activation()),
              number(row.weights()),
              number(row.net()),
              bar(bars, row.net()),
              row.saturated(),
              row.cause()));
    }
    return cells;
  }

  /** All numbers; columns of which nothing is known are left out. */
  private List<List<String>> cells(List<Row> rows, boolean drawn) {
    Bars bars = bars(rows.stream().flatMap(row -> Stream.of(row.activation(), row.weights())));
    List<Integer> left = new ArrayList<>();
    if (rows.stream().allMatch(row -> row.normalization() == 0)) {
      left.add(NORMALIZATION);
    }
    if (forecast.isEmpty()) {
      left.add(FORECAST);
    }
    if (!drawn) {
      left.addAll(BARS);
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(without(left, HEADER));
    for (Row row : rows) {
      cells.add(
          without(
              left,
              List.of(
                  row.name(),
                  number(row.activation()),
                  bar(bars, row.activation()),
                  number(row.weights()),
                  bar(bars, row.weights()),
                  row.normalization() == 0 ? "" : number(row.normalization()),
                  number(row.net()),
                  number(row.typical()),
                  number(row.forecast()),
                  row.saturated(),
                  Double.isNaN(row.share()) ? "" : Bars.share(row.share()),
                  row.cause())));
    }
    return cells;
  }

  private static List<String> without(List<Integer> columns, List<String> row) {
    return IntStream.range(0, row.size())
        .filter(c -> !columns.contains(c))
        .mapToObj(row::get)
        .toList();
  }
}
