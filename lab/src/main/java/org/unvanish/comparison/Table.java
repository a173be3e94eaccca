package org.unvanish.comparison;

import java.util.List;
import java.util.function.Function;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/**
 * A table that people read: on the terminal or on a page.
 *
 * @param rows cells as text; the first row is the header, and all have as many cells
 * @param note sentences on how to read it
 */
public record Table(List<List<String>> rows, String note) {

  /** Copies the rows. */
  public Table {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * For the terminal: aligned columns, the note below.
   *
   * @return lines that end in LF
   */
  public String text() {
    return TextTable.of(rows) + note + "\n";
  }

  /** The same in lines of limited width. */
  public StyledText text(int width) {
    return text(width, row -> Style.PLAIN);
  }

  /**
   * The same with rows that stand out.
   *
   * @param style of a row's cells
   */
  public StyledText text(int width, Function<List<String>, Style> style) {
    return TextTable.of(rows, width, row -> style.apply(rows.get(row)))
        .paragraph(note.replace('\n', ' '), width);
  }
}
