package org.unvanish.report;

import java.io.IOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A CSV file's text while it grows: a header line, LF line ends, quotes where RFC 4180 asks. */
public final class CsvText {

  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;

  /** Begins with the names of the columns. */
  public CsvText(String... header) throws IOException {
    printer =
        CSVFormat.RFC4180.builder().setRecordSeparator('\n').setHeader(header).get().print(text);
  }

  /** Adds a row; numbers are written by their own {@code toString}. */
  public void row(Object... cells) throws IOException {
    printer.printRecord(cells);
  }

  /** All lines so far. */
  public String text() {
    return text.toString();
  }
}
