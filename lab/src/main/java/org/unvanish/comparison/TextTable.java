package org.unvanish.comparison;

import java.util.List;

/** Rows of cells as lines with aligned columns. */
public final class TextTable {

  private TextTable() {}

  /**
   * Columns are as wide as their widest cell and two spaces apart.
   *
   * @param rows all with as many cells as the first, which is the header
   * @return lines that end in LF
   */
  public static String of(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int c = column;
        int width = rows.stream().mapToInt(r -> length(r.get(c))).max().orElse(0);
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width - length(cell) + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
