package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Memory;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.format.csv.CsvHeader.Role;

/** Takes in the lines of a CSV file one by one. */
final class CsvRows {
  private static final String NUMBER_CHARACTERS = "0123456789+-.eE";

  /** What programs write where there is no value, in lower case. */
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "#n/a", "nan", "null", "?");

  private final Path file;
  private final CsvHeader header;
  private final List<Integer> features;

  /** The column of the labels; below 0 where there is none. */
  private final int label;

  /** The labels with their places in the order of their first rows. */
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  /** The same for the categories of each feature; empty where it is a number. */
  private final List<Map<String, Integer>> categories;

  private float[] values = new float[1024];
  private float[] targets = new float[64];
  private byte[] rowLabels = new byte[64];
  private int rows;

  CsvRows(Path file, CsvHeader header) {
    this.file = file;
    this.header = header;
    this.features = header.features();
    this.label = header.roles().indexOf(Role.LABEL);
    this.categories =
        features.stream()
            .map(
                column ->
                    header.roles().get(column) == Role.CATEGORY
                        ? new LinkedHashMap<String, Integer>()
                        : Map.<String, Integer>of())
            .toList();
  }

  /**
   * @param line where the record ends, from 1
   * @throws DataException if the record is too short or too long, a cell is missing, a label is one
   *     too many, or a cell that must be a number is none
   */
  void add(CSVRecord cells, long line) {
    if (cells.size() != header.columns().size()) {
      throw new DataException(
          "%s, line %d: there are %d cells, but the header names %d columns. Complete the line, or remove it."
              .formatted(file, line, cells.size(), header.columns().size()));
    }
    values = grown(values, rows, features.size());
    targets = grown(targets, rows, header.targets().size());
    if (rows == rowLabels.length) {
      rowLabels = Arrays.copyOf(rowLabels, 2 * rows);
    }
    for (int i = 0; i < features.size(); i++) {
      int column = features.get(i);
      String cell = cells.get(column);
      values[rows * features.size() + i] =
          header.roles().get(column) == Role.CATEGORY
              ? category(categories.get(i), cell, line, column)
              : number(cell, line, column);
    }
    for (int i = 0; i < header.targets().size(); i++) {
      int column = header.targets().get(i);
      targets[rows * header.targets().size() + i] = number(cells.get(column), line, column);
    }
    rowLabels[rows++] = label < 0 ? 0 : (byte) label(cells.get(label), line);
  }

  private static float[] grown(float[] numbers, int rows, int width) {
    long needed = (rows + 1L) * width;
    if (needed <= numbers.length) {
      return numbers;
    }
    long most = Memory.MOST_BYTES / Float.BYTES;
    float[] larger = Memory.floats(Math.max(needed, Math.min(most, 2 * needed)));
    System.arraycopy(numbers, 0, larger, 0, rows * width);
    return larger;
  }

  private int label(String cell, long line) {
    requireCell(cell, line, label, "the label");
    int place = labels.computeIfAbsent(cell, first -> labels.size());
    if (place >= TrainAndTest.MOST_CLASSES) {
      String column = header.columns().get(label);
      MeasuredColumns.problem(
              "the label column \"%s\" of %s".formatted(column, file), labels.keySet(), rows)
          .ifPresent(
              problem -> {
                throw new DataException(problem);
              });
      throw new DataException(
          "%s, line %d: \"%s\" is the %dth different label, but there may be at most %d classes. Is \"%s\" the label column?"
              .formatted(
                  file, line, abbreviated(cell), place + 1, TrainAndTest.MOST_CLASSES, column));
    }
    return place;
  }

  private int category(Map<String, Integer> seen, String cell, long line, int column) {
    requireCell(cell, line, column, "the category");
    int place = seen.computeIfAbsent(cell, first -> seen.size());
    if (place >= InputFiles.MOST_CATEGORIES) {
      throw new DataException(
          "%s, line %d: \"%s\" is the %dth category of the column \"%s\", but there may be at most %d. If it names the row and no kind of row, remove the column."
              .formatted(
                  file,
                  line,
                  abbreviated(cell),
                  place + 1,
                  header.columns().get(column),
                  InputFiles.MOST_CATEGORIES));
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
    requireCell(cell, line, column, "the value");
    throw new DataException(
        "%s, line %d, column \"%s\": \"%s\" is no number of single precision. %s."
            .formatted(
                file,
                line,
                header.columns().get(column),
                abbreviated(cell),
                header.roles().get(column) == Role.TARGET
                    ? "A target column holds numbers; if these are classes, name it as label-column"
                    : "If the column holds categories, name it in categorical-columns; numbers are written 1.5 or -2e-3"));
  }

  private void requireCell(String cell, long line, int column, String what) {
    if (MISSING.contains(cell.toLowerCase(Locale.ROOT))) {
      throw new DataException(
          "%s, line %d, column \"%s\": %s is missing%s. Fill it in, or remove the line."
              .formatted(
                  file,
                  line,
                  header.columns().get(column),
                  what,
                  cell.isEmpty() ? "" : " (\"" + cell + "\")"));
    }
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
        file,
        features.stream().map(column -> header.columns().get(column)).toList(),
        categories.stream().map(seen -> List.copyOf(seen.keySet())).toList(),
        Arrays.copyOf(values, rows * features.size()),
        List.copyOf(labels.keySet()),
        Arrays.copyOf(rowLabels, rows),
        Arrays.copyOf(targets, rows * header.targets().size()));
  }
}
