package org.unvanish.data.format.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.LoadProgress;

/**
 * The content of one CSV file.
 *
 * @param features the names of the columns of numbers
 * @param values of the features, row by row
 * @param labels the different labels, in the order of their first rows
 * @param rowLabels the place of each row's label among the labels, unsigned
 */
// Identity is enough: nobody compares tables.
@SuppressWarnings("ArrayRecordComponent")
record CsvTable(List<String> features, float[] values, List<String> labels, byte[] rowLabels) {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  /**
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  static CsvTable read(Path file, String labelColumn, LoadProgress progress) {
    // Not a stream of bytes: this reader refuses what is not UTF-8.
    InputFiles.requireFile(file);
    try (CsvRecordGuard guard =
            new CsvRecordGuard(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(guard).setFormat(FORMAT).get()) {
      guard.tell(progress, Files.size(file));
      return read(file, labelColumn, parser, guard);
    } catch (UncheckedIOException e) {
      throw DataException.cannotRead(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
  }

  private static CsvTable read(
      Path file, String labelColumn, CSVParser parser, CsvRecordGuard guard) {
    Iterator<CSVRecord> records = parser.iterator();
    if (!records.hasNext()) {
      throw new DataException(file + " is empty. Its first line must name the columns.");
    }
    CsvHeader header = CsvHeader.of(file, records.next(), labelColumn);
    CsvRows rows = new CsvRows(file, header);
    while (records.hasNext()) {
      guard.recordEnded(parser.getCurrentLineNumber() + 1);
      rows.add(records.next(), parser.getCurrentLineNumber());
    }
    return rows.finish();
  }
}
