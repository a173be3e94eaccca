package org.unvanish.data.format.csv;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.format.csv.CsvHeader.Role;

/**
 * What single cells of a CSV file hold, and what is wrong with them.
 *
 * @param file which
 * @param header of the file
 */
record CsvCells(Path file, CsvHeader header) {
  private static final String NUMBER_CHARACTERS = "0123456789+-.eE";

  /** What programs write where there is no value, in lower case. */
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "#n/a", "nan", "null", "?");

  /** Characters of a time: nanoseconds since 1970 have 19. */
  private static final int LONGEST_TIME = 40;

  /**
   * A number of single precision.
   *
   * @throws DataException if it is none
   */
  float number(String cell, long line, int column) {
    float number = number(cell);
    if (Float.isFinite(number)) {
      return number;
    }
    require(cell, line, column, "the value");
    throw problem(
        line,
        column,
        "\"%s\" is not a number in single precision. %s."
            .formatted(
                InputFiles.abbreviated(cell),
                header.roles().get(column) == Role.TARGET
                    ? "A target column holds numbers; if these are classes, name it as label-column"
                    : "If the column holds categories, name it in categorical-columns; numbers are written 1.5 or -2e-3"));
  }

  /** A number of single precision; NaN or infinite where the cell holds none. */
  static float number(String cell) {
    // Java would also take NaN, Infinity, hexadecimal numbers and endings like f.
    if (!cell.isEmpty() && cell.chars().allMatch(c -> NUMBER_CHARACTERS.indexOf(c) >= 0)) {
      try {
        return Float.parseFloat(cell);
      } catch (NumberFormatException e) {
        // It has the characters of numbers, but in no order that makes one.
      }
    }
    return Float.NaN;
  }

  /** Whether nothing stands in a cell, in one of the ways in which programs write that. */
  static boolean isMissing(String cell) {
    return MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  /**
   * A time, exactly: nanoseconds since 1970 differ where single and double precision see no
   * difference.
   *
   * @throws DataException if it is no number
   */
  BigDecimal time(String cell, long line, int column) {
    require(cell, line, column, "the time");
    return time(cell)
        .orElseThrow(
            () ->
                problem(
                    line,
                    column,
                    ("\"%s\" is not a time. Times are numbers, such as 3 or 1.5e9; write dates as days or "
                            + "seconds since the first.")
                        .formatted(InputFiles.abbreviated(cell))));
  }

  /** A time, exactly; empty where the cell holds none. */
  static Optional<BigDecimal> time(String cell) {
    return cell.length() <= LONGEST_TIME && MeasuredColumns.NUMBER.matcher(cell).matches()
        ? Optional.of(new BigDecimal(cell))
        : Optional.empty();
  }

  /**
   * A cell that holds something.
   *
   * @param what in words
   * @throws DataException if it does not
   */
  void require(String cell, long line, int column, String what) {
    if (isMissing(cell)) {
      throw problem(
          line,
          column,
          "%s is missing%s. Fill it in, or remove the line."
              .formatted(what, cell.isEmpty() ? "" : " (\"" + cell + "\")"));
    }
  }

  /** What is wrong at a place, told with the place. */
  DataException problem(long line, int column, String what) {
    return new DataException(
        "%s, line %d, column \"%s\": %s".formatted(file, line, name(column), what));
  }

  /** The name of a column. */
  String name(int column) {
    return header.columns().get(column);
  }
}
