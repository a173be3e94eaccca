package org.unvanish.data.format.csv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Memory;
import org.unvanish.data.TrainAndTest;
import org.unvanish.data.format.csv.CsvHeader.Role;

/** Takes in the lines of a CSV file one by one. */
final class CsvRows implements CsvRecords.Rows {
  private final Path file;
  private final CsvHeader header;
  private final CsvCells cells;
  private final CsvSequences sequences;
  private final List<Integer> features;

  /** The column of the labels; below 0 where there is none. */
  private final int label;

  /** The labels with their places in the order of their first rows. */
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  /** The same for the categories of each feature; empty where it is a number. */
  private final List<Map<String, Integer>> categories;

  private float[] values = new float[1024];
  private int rows;

  private float[] targets = new float[64];
  private byte[] sampleLabels = new byte[64];
  private int samples;

  /** Of the last sample, where there are labels. */
  private String lastLabel = "";

  CsvRows(Path file, CsvHeader header) {
    this.file = file;
    this.header = header;
    this.cells = new CsvCells(file, header);
    this.sequences = new CsvSequences(cells);
    this.features = header.features();
    this.label = header.place(Role.LABEL);
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
   * Takes in one more.
   *
   * @param line where the record ends, from 1
   * @throws DataException if the record is too short or too long, a cell is missing, a label is one
   *     too many, a cell that must be a number is none, or the row does not fit its sequence
   */
  @Override
  public void add(CSVRecord row, long line) {
    CsvHeader.requireComplete(file, header.columns(), row, line);
    boolean begins = sequences.begins(row, line);
    values = grown(values, rows, features.size());
    for (int i = 0; i < features.size(); i++) {
      int column = features.get(i);
      String cell = row.get(column);
      values[rows * features.size() + i] =
          header.roles().get(column) == Role.CATEGORY
              ? category(categories.get(i), cell, line, column)
              : cells.number(cell, line, column);
    }
    rows++;
    if (begins) {
      addSample(row, line);
    } else {
      requireSame(row, line);
    }
  }

  private void addSample(CSVRecord row, long line) {
    int width = header.targets().size();
    targets = grown(targets, samples, width);
    if (samples == sampleLabels.length) {
      sampleLabels = Arrays.copyOf(sampleLabels, 2 * samples);
    }
    for (int i = 0; i < width; i++) {
      int column = header.targets().get(i);
      targets[samples * width + i] = cells.number(row.get(column), line, column);
    }
    if (label >= 0) {
      lastLabel = row.get(label);
      sampleLabels[samples] = (byte) label(lastLabel, line);
    }
    samples++;
  }

  /** A further step of a sequence, of which the same is to be learnt. */
  private void requireSame(CSVRecord row, long line) {
    int width = header.targets().size();
    for (int i = 0; i < width; i++) {
      int column = header.targets().get(i);
      String cell = row.get(column);
      float before = targets[(samples - 1) * width + i];
      if (cells.number(cell, line, column) != before) {
        throw sequences.changes(line, column, Float.toString(before), cell);
      }
    }
    if (label >= 0 && !row.get(label).equals(lastLabel)) {
      cells.require(row.get(label), line, label, "the label");
      throw sequences.changes(line, label, lastLabel, row.get(label));
    }
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
    cells.require(cell, line, label, "the label");
    int place = labels.computeIfAbsent(cell, first -> labels.size());
    if (place >= TrainAndTest.MOST_CLASSES) {
      String column = header.columns().get(label);
      MeasuredColumns.problem(
              "the label column \"%s\" of %s".formatted(column, file), labels.keySet(), samples)
          .ifPresent(
              problem -> {
                throw new DataException(problem);
              });
      throw new DataException(
          "%s, line %d: \"%s\" is the %dth different label, but there may be at most %d classes. Is \"%s\" the label column?"
              .formatted(
                  file,
                  line,
                  InputFiles.abbreviated(cell),
                  place + 1,
                  TrainAndTest.MOST_CLASSES,
                  column));
    }
    return place;
  }

  private int category(Map<String, Integer> seen, String cell, long line, int column) {
    cells.require(cell, line, column, "the category");
    int place = seen.computeIfAbsent(cell, first -> seen.size());
    if (place >= InputFiles.MOST_CATEGORIES) {
      throw new DataException(
          ("%s, line %d: \"%s\" is the %dth category of the column \"%s\", but there may be at "
                  + "most %d. If it is different in each row, remove the column.")
              .formatted(
                  file,
                  line,
                  InputFiles.abbreviated(cell),
                  place + 1,
                  header.columns().get(column),
                  InputFiles.MOST_CATEGORIES));
    }
    return place;
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
        Arrays.copyOf(sampleLabels, samples),
        Arrays.copyOf(targets, samples * header.targets().size()),
        sequences.lengths());
  }
}
