package org.unvanish.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.text.Bars;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** The way back through the steps of recurrent layers, as a table. */
final class TimeTable {

  /** Parts of an order of magnitude at which a row is shown: 1, 2, 5, 10, 20, 50, … steps back. */
  private static final int[] ROWS = {1, 2, 5};

  private static final String GATES = "gates alone";

  private final List<TimeEvidence> time;

  /**
   * @param time in the order of the network
   */
  TimeTable(List<TimeEvidence> time) {
    this.time = time;
  }

  /** From the last layer to the first, as the gradient goes; nothing without recurrent layers. */
  StyledText text(String when, int width) {
    StyledText text = new StyledText();
    if (time.isEmpty()) {
      return text;
    }
    boolean gated = time.stream().anyMatch(TimeEvidence::gated);
    double scale =
        time.stream()
            .flatMap(way -> way.points().stream())
            .mapToDouble(point -> Math.abs(point.carriedLog10()))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    Bars bars = new Bars(Math.max(1, scale));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(gated, "layer", "steps back", "net", "", "typical", "f′", "weights", GATES));
    for (int i = time.size() - 1; i >= 0; i--) {
      TimeEvidence way = time.get(i);
      String name = way.layer() + (way.reverse() ? " reverse" : "");
      for (Point point : chosen(way)) {
        rows.add(
            row(
                gated,
                name,
                Integer.toString(point.back()),
                log10(point.carriedLog10()),
                bars.signed(point.carriedLog10()),
                log10(point.typicalLog10()),
                log10(point.activationLog10()),
                log10(point.recurrentLog10()),
                way.gated() ? log10(point.cellLog10()) : ""));
        name = "";
      }
    }
    text.blank()
        .paragraph(
            "Back through time "
                + when
                + ", from a sequence's last state, as log₁₀ of what is left:",
            width)
        .add(TextTable.of(rows, width));
    return gated
        ? text.paragraph(
            "f′ and weights: along the path through the weighted sums, which gates bypass", width)
        : text;
  }

  private static List<String> row(boolean gated, String... cells) {
    return List.of(cells).subList(0, gated ? cells.length : cells.length - 1);
  }

  /** The points next to round numbers of steps, and the last one. */
  private static List<Point> chosen(TimeEvidence way) {
    TreeMap<Integer, Point> chosen = new TreeMap<>();
    int last = way.last().back();
    for (int unit = 1; unit <= last; unit *= 10) {
      for (int part : ROWS) {
        int back = part * unit;
        if (back < last) {
          Point nearest =
              way.points().stream()
                  .min(Comparator.comparingInt(point -> Math.abs(point.back() - back)))
                  .orElseThrow();
          chosen.put(nearest.back(), nearest);
        }
      }
    }
    chosen.remove(0);
    chosen.put(last, way.last());
    return List.copyOf(chosen.values());
  }

  private static String log10(double value) {
    return MagnitudeText.signed(value);
  }
}
