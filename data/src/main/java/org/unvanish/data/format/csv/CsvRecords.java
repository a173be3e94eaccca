package org.unvanish.data.format.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.LoadProgress;

/** The records of a CSV file, one after the other, so that no file must be in memory as text. */
final class CsvRecords {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  /** Takes in the records behind the header. */
  interface Rows {
    /**
     * The next one.
     *
     * @param line where the record ends, from 1
     */
    void add(CSVRecord row, long line);
  }

  private CsvRecords() {}

  /**
   * Reads a file.
   *
   * @param begin makes of the header line what takes in the rows
   * @return the same, with all rows
   * @throws DataException if the file cannot be read, or is empty
   */
  static <T extends Rows> T read(Path file, LoadProgress progress, Function<CSVRecord, T> begin) {
    InputFiles.requireFile(file);
    // Not a stream of bytes: this reader refuses what is not UTF-8.
    try (CsvRecordGuard guard =
            new CsvRecordGuard(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(guard).setFormat(FORMAT).get()) {
      guard.tell(progress, Files.size(file));
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        throw new DataException(file + " is empty. Its first line must name the columns.");
      }
      T rows = begin.apply(records.next());
      while (records.hasNext()) {
        guard.recordEnded(parser.getCurrentLineNumber() + 1);
        rows.add(records.next(), parser.getCurrentLineNumber());
      }
      return rows;
    } catch (UncheckedIOException e) {
      throw DataException.cannotRead(file, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
  }
}
