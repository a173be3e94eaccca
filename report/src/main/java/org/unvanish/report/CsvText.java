package org.unvanish.report;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * The text of a CSV file while it grows: a header line, LF line ends, quotes where RFC 4180 asks.
 *
 * <p>A text that a spreadsheet would run as a formula, for it begins with {@code =}, {@code +},
 * {@code -}, {@code @} or a control character, gets an apostrophe in front. Numbers are left alone.
 */
public final class CsvText {

  private static final String BEGINS_FORMULA = "=+-@\t\r\n";

  private final Appendable text;
  private final CSVPrinter printer;

  /** Begins with the names of the columns. */
  public CsvText(String... header) throws IOException {
    this(new StringBuilder(), header);
  }

  /**
   * The same where the text goes elsewhere.
   *
   * @param text takes it
   */
  CsvText(Appendable text, String... header) throws IOException {
    this.text = text;
    printer =
        CSVFormat.RFC4180.builder().setRecordSeparator('\n').setHeader(header).get().print(text);
  }

  /** Adds a row; numbers are written by their own {@code toString}, but NaN as an empty cell. */
  public void row(Object... cells) throws IOException {
    printer.printRecord(Arrays.stream(cells).map(CsvText::cell));
  }

  /** What is missing is missing: an empty cell is what other programs take for that. */
  private static @Nullable Object cell(Object value) {
    if (value instanceof Double number && Double.isNaN(number)) {
      return null;
    }
    boolean formula =
        value instanceof String string
            && !string.isEmpty()
            && BEGINS_FORMULA.indexOf(string.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }

  /** All lines so far. */
  public String text() {
    return text.toString();
  }
}
