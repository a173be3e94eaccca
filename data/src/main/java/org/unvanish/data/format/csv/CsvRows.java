package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.Memory;
import org.unvanish.data.TrainAndTest;

/** Takes in the lines of a CSV file one by one. */
final class CsvRows {
  private static final String NUMBER_CHARACTERS = "0123456789+-.eE";

  private final Path file;
  private final CsvHeader header;
  private final int features;

  /** The labels with their places in the order of their first rows. */
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  private float[] values = new float[1024];
  private byte[] rowLabels = new byte[64];
  private int rows;

  CsvRows(Path file, CsvHeader header) {
    this.file = file;
    this.header = header;
    this.features = header.columns().size() - 1;
  }

  /**
   * @param line where the record ends, from 1
   * @throws DataException if the record is too short or too long, its label is missing or one too
   *     many, or another cell is no number
   */
  void add(CSVRecord cells, long line) {
    if (cells.size() != header.columns().size()) {
      throw new DataException(
          "%s, line %d: there are %d cells, but the header names %d columns. Complete the line, or remove it."
              .formatted(file, line, cells.size(), header.columns().size()));
    }
    makeRoom();
    int at = rows * features;
    for (int column = 0; column < cells.size(); column++) {
      if (column != header.label()) {
        values[at++] = number(cells.get(column), line, column);
      }
    }
    rowLabels[rows++] = (byte) label(cells.get(header.label()), line);
  }

  private void makeRoom() {
    long needed = (rows + 1L) * features;
    if (needed > values.length) {
      long most = Memory.MOST_BYTES / Float.BYTES;
      float[] larger = Memory.floats(Math.max(needed, Math.min(most, 2 * needed)));
      System.arraycopy(values, 0, larger, 0, rows * features);
      values = larger;
    }
    if (rows == rowLabels.length) {
      rowLabels = Arrays.copyOf(rowLabels, 2 * rows);
    }
  }

  private int label(String label, long line) {
    if (label.isEmpty()) {
      throw new DataException(
          "%s, line %d, column \"%s\": the label is missing."
              .formatted(file, line, header.columns().get(header.label())));
    }
    int place = labels.computeIfAbsent(label, first -> labels.size());
    if (place >= TrainAndTest.MOST_CLASSES) {
      String column = header.columns().get(header.label());
      MeasuredColumns.problem(
              "the label column \"%s\" of %s".formatted(column, file), labels.keySet(), rows)
          .ifPresent(
              problem -> {
                throw new DataException(problem);
              });
      throw new DataException(
          "%s, line %d: \"%s\" is the %dth different label, but there may be at most %d classes. Is \"%s\" the label column?"
              .formatted(
                  file, line, abbreviated(label), place + 1, TrainAndTest.MOST_CLASSES, column));
    }
    return place;
  }

  private float number(String cell, long line, int column) {
    // Java would also take NaN, Infinity, hexadecimal numbers and endings like f.
    if (!cell.isEmpty() && cell.chars().allMatch(c -> NUMBER_CHARACTERS.indexOf(c) >= 0)) {
      try {
        float number = Float.parseFloat(cell);
        if (Float.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
    }
    throw new DataException(
        "%s, line %d, column \"%s\": \"%s\" is no number of single precision. Every cell but the label must be one, such as 1.5 or -2e-3."
            .formatted(file, line, header.columns().get(column), abbreviated(cell)));
  }

  private static String abbreviated(String cell) {
    return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
  }

  /**
   * All rows.
   *
   * @throws DataException if there are none
   */
  CsvTable finish() {
    if (rows == 0) {
      throw new DataException(file + " has a header line, but no samples.");
    }
    return new CsvTable(
        header.features(),
        Arrays.copyOf(values, rows * features),
        List.copyOf(labels.keySet()),
        Arrays.copyOf(rowLabels, rows));
  }
}
