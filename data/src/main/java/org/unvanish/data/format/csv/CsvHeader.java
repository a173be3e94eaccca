package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;

/**
 * The first line of a CSV file.
 *
 * @param columns all names, no two the same
 * @param label which column holds the labels, from 0
 */
record CsvHeader(List<String> columns, int label) {
  /** What some spreadsheets write before the first name. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * @throws DataException if a name is missing or twice there, or there is no column of labels or
   *     none of numbers
   */
  static CsvHeader of(Path file, CSVRecord line, String labelColumn) {
    if (line.size() > InputFiles.MOST_COLUMNS) {
      throw CsvRecordGuard.tooManyColumns(file, 1);
    }
    List<String> columns = new ArrayList<>(line.toList());
    if (columns.get(0).startsWith(BYTE_ORDER_MARK)) {
      columns.set(0, columns.get(0).substring(BYTE_ORDER_MARK.length()).strip());
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isEmpty()) {
        throw new DataException(
            "%s, line 1: column %d has no name. Name it, or remove the column."
                .formatted(file, i + 1));
      }
      if (!seen.add(columns.get(i))) {
        throw new DataException(
            "%s, line 1: two columns are named \"%s\". Rename one."
                .formatted(file, columns.get(i)));
      }
    }
    int label = columns.indexOf(labelColumn);
    if (label < 0) {
      throw new DataException(
          "%s has no column \"%s\" for the labels. Give the label column; the columns, separated by commas, are: %s."
              .formatted(file, labelColumn, abbreviated(columns)));
    }
    if (columns.size() < 2) {
      throw new DataException(
          file + " has no column but that of the labels. There must be numbers to learn from.");
    }
    return new CsvHeader(List.copyOf(columns), label);
  }

  List<String> features() {
    List<String> features = new ArrayList<>(columns);
    features.remove(label);
    return List.copyOf(features);
  }

  private static String abbreviated(List<String> columns) {
    int shown = Math.min(columns.size(), 10);
    return String.join(", ", columns.subList(0, shown))
        + (shown < columns.size() ? ", … (" + columns.size() + " in all)" : "");
  }
}
