package org.unvanish.data.format.csv;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.InputFiles;

/** Takes in the cells of one column, and tells what they look like. */
final class ColumnSurvey {
  private final String name;
  private final int most;

  /** In how many rows each different cell stands, in no order; no more than are counted. */
  private final Map<String, Integer> counts = new HashMap<>();

  private boolean counted = true;
  private boolean numeric = true;
  private boolean together = true;
  private boolean rowNumber = true;
  private long missing;
  private @Nullable String last;

  /**
   * @param most different cells that are counted at most
   */
  ColumnSurvey(String name, int most) {
    this.name = name;
    this.most = Math.min(most, InputFiles.MOST_CATEGORIES);
  }

  void add(String cell) {
    if (CsvCells.isMissing(cell)) {
      missing++;
      last = null;
      return;
    }
    float number = numeric ? CsvCells.number(cell) : Float.NaN;
    numeric &= Float.isFinite(number);
    rowNumber &= numeric && (last == null ? missing == 0 : number == CsvCells.number(last) + 1);
    boolean again = cell.equals(last);
    together &= again || !counts.containsKey(cell);
    if (counts.size() < most || counts.containsKey(cell)) {
      counts.merge(cell, 1, Integer::sum);
    } else {
      counted = false;
    }
    last = cell;
  }

  /**
   * What they look like.
   *
   * @param rows how many there were
   */
  SurveyedColumn finish(long rows) {
    boolean any = !counts.isEmpty();
    boolean measured =
        any
            && numeric
            && (!counted || MeasuredColumns.problem(name, counts.keySet(), rows).isPresent());
    return new SurveyedColumn(
        name,
        missing,
        any && numeric,
        measured,
        counts.size(),
        counted,
        counts.values().stream().mapToInt(i -> i).min().orElse(0),
        counts.values().stream().mapToInt(i -> i).max().orElse(0),
        counted && together,
        any && rowNumber && missing == 0);
  }
}
