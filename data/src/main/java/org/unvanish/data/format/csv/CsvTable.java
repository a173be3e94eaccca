package org.unvanish.data.format.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Lengths;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.TargetChoice;

/**
 * The content of one CSV file.
 *
 * @param file which
 * @param features the names of the columns that are inputs
 * @param categories of each of these, in the order of their first rows; none where it is a number
 * @param values of the features, row by row: a number, or the place of a category
 * @param labels the different labels, in the order of their first rows; none without a label column
 * @param sampleLabels the place of each sample's label among the labels, unsigned
 * @param targets the numbers to be learnt, sample by sample
 * @param lengths how many rows each sample has; full where rows are samples
 */
// Identity is enough: nobody compares tables.
@SuppressWarnings("ArrayRecordComponent")
record CsvTable(
    Path file,
    List<String> features,
    List<List<String>> categories,
    float[] values,
    List<String> labels,
    byte[] sampleLabels,
    float[] targets,
    Lengths lengths) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  /**
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  static CsvTable read(Path file, DataSource source, LoadProgress progress) {
    // Not a stream of bytes: this reader refuses what is not UTF-8.
    InputFiles.requireFile(file);
    try (CsvRecordGuard guard =
            new CsvRecordGuard(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(guard).setFormat(FORMAT).get()) {
      guard.tell(progress, Files.size(file));
      return read(file, source, parser, guard);
    } catch (UncheckedIOException e) {
      throw DataException.cannotRead(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
  }

  /** How many samples there are: rows, or sequences. */
  int samples() {
    return sampleLabels.length;
  }

  /** How many rows a sample has. */
  int steps(int sample) {
    return lengths.steps(sample, 1);
  }

  /** How many rows the longest sample has. */
  int longest() {
    return IntStream.range(0, samples()).map(this::steps).max().orElse(1);
  }

  private static CsvTable read(
      Path file, DataSource source, CSVParser parser, CsvRecordGuard guard) {
    Iterator<CSVRecord> records = parser.iterator();
    if (!records.hasNext()) {
      throw new DataException(file + " is empty. Its first line must name the columns.");
    }
    CsvHeader header =
        CsvHeader.of(
            file, records.next(), source.columns(), source.targets() == TargetChoice.INPUTS);
    CsvRows rows = new CsvRows(file, header);
    while (records.hasNext()) {
      guard.recordEnded(parser.getCurrentLineNumber() + 1);
      rows.add(records.next(), parser.getCurrentLineNumber());
    }
    return rows.finish();
  }
}
