package org.unvanish.data.format.csv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.LoadProgress;

/**
 * What the columns of a table look like, for one who guesses what they are for.
 *
 * @param file the table; of a folder, the one to train on
 * @param rows how many there are
 * @param columns all of them, in their order
 */
public record TableSurvey(Path file, long rows, List<SurveyedColumn> columns) {

  /** Different cells that are counted, over all columns: the room that they take. */
  private static final int MOST_COUNTED = 1_000_000;

  /** Copies the list. */
  public TableSurvey {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at all rows of a table.
   *
   * @param path a CSV file, or a folder with one to train on
   * @throws DataException if it is no table, or has no rows
   */
  public static TableSurvey of(Path path, LoadProgress progress) {
    Path file = Files.isDirectory(path) ? path.resolve(CsvReader.TRAIN) : path;
    Counting counting =
        CsvRecords.read(file, progress, first -> new Counting(file, CsvHeader.names(file, first)));
    if (counting.rows == 0) {
      throw new DataException(file + " has a header line, but no samples.");
    }
    return new TableSurvey(
        file,
        counting.rows,
        counting.columns.stream().map(column -> column.finish(counting.rows)).toList());
  }

  /** The column of a name, if there is one. */
  public Optional<SurveyedColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * Whether the rows are steps of sequences, as far as that can be seen: a column has the same in
   * rows that follow each other, and another one's numbers grow there and begin anew where the
   * first one changes.
   *
   * @param targets columns to be learnt, which are the same in all rows of a sequence
   */
  public Optional<SequenceColumns> sequences(List<String> targets, LoadProgress progress) {
    List<Integer> ids =
        IntStream.range(0, columns.size())
            .filter(i -> !targets.contains(columns.get(i).name()) && isSequence(columns.get(i)))
            .boxed()
            .toList();
    List<Integer> times =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).isNumeric() && columns.get(i).missing() == 0)
            .filter(i -> !targets.contains(columns.get(i).name()))
            .boxed()
            .toList();
    if (ids.isEmpty() || times.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> learnt =
        IntStream.range(0, columns.size())
            .filter(i -> targets.contains(columns.get(i).name()))
            .boxed()
            .toList();
    List<SequenceSurvey> surveys =
        ids.stream().map(id -> new SequenceSurvey(id, times, learnt)).toList();
    CsvRecords.read(
        file, progress, first -> (row, line) -> surveys.forEach(survey -> survey.add(row)));
    return surveys.stream()
        .flatMap(survey -> survey.found().stream())
        .map(
            found ->
                new SequenceColumns(
                    columns.get(found.sequence()).name(), columns.get(found.time()).name()))
        .findFirst();
  }

  /**
   * The columns that make rows the steps of sequences.
   *
   * @param sequence which sequence
   * @param time when the step is
   */
  public record SequenceColumns(String sequence, String time) {}

  private boolean isSequence(SurveyedColumn column) {
    return column.isTogether()
        && column.missing() == 0
        && column.different() > 1
        && 2L * column.different() <= rows;
  }

  /** Takes in the rows. */
  private static final class Counting implements CsvRecords.Rows {
    private final Path file;
    private final List<String> names;
    private final List<ColumnSurvey> columns = new ArrayList<>();
    private long rows;

    Counting(Path file, List<String> names) {
      this.file = file;
      this.names = names;
      int most = Math.max(2, MOST_COUNTED / names.size());
      names.forEach(name -> columns.add(new ColumnSurvey(name, most)));
    }

    @Override
    public void add(CSVRecord row, long line) {
      CsvHeader.requireComplete(file, names, row, line);
      rows++;
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(row.get(i));
      }
    }
  }
}
