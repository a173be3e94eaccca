package org.unvanish.data.format.csv;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.InputFiles;

/** Takes in the cells of one column, and tells what they look like. */
final class ColumnSurvey {
  private final String name;
  private final int most;

  /** Those that are different; no more than are counted. */
  private final Set<String> cells = new HashSet<>();

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
    numeric = numeric && Float.isFinite(CsvCells.number(cell));
    rowNumber = rowNumber && numeric && (last == null ? missing == 0 : isNext(cell, last));
    boolean again = cell.equals(last);
    together &= again || !cells.contains(cell);
    if (cells.size() < most || cells.contains(cell)) {
      cells.add(cell);
    } else {
      counted = false;
    }
    last = cell;
  }

  private static boolean isNext(String cell, String before) {
    Optional<BigDecimal> number = CsvCells.time(cell);
    return number.isPresent()
        && CsvCells.time(before)
            .filter(earlier -> earlier.add(BigDecimal.ONE).compareTo(number.get()) == 0)
            .isPresent();
  }

  /**
   * What they look like.
   *
   * @param rows how many there were
   */
  SurveyedColumn finish(long rows) {
    boolean any = !cells.isEmpty();
    boolean measured =
        any && numeric && (!counted || MeasuredColumns.problem(name, cells, rows).isPresent());
    return new SurveyedColumn(
        name,
        missing,
        any && numeric,
        measured,
        cells.size(),
        counted,
        counted && together,
        any && rowNumber && missing == 0);
  }
}
