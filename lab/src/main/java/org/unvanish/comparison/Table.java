package org.unvanish.comparison;

import java.util.List;

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
}
