package org.unvanish.data.format.csv;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Lengths;
import org.unvanish.data.format.csv.CsvHeader.Role;

/**
 * Which rows of a CSV file are steps of the same sequence. Where no column tells it, each row is a
 * sample of its own.
 */
final class CsvSequences {
  private final CsvCells cells;

  /** The column of the sequences; below 0 where there is none. */
  private final int id;

  /** The column of the times; below 0 where there is none. */
  private final int time;

  /** The sequences so far, with the lines where they began. */
  private final Map<String, Long> began = new HashMap<>();

  private @Nullable String current;
  private @Nullable BigDecimal lastTime;
  private int[] lengths = new int[64];

  CsvSequences(CsvCells cells) {
    this.cells = cells;
    this.id = cells.header().place(Role.SEQUENCE);
    this.time = cells.header().place(Role.TIME);
  }

  /**
   * Takes the next row in.
   *
   * @return whether it begins a sample
   * @throws DataException if its sequence is missing, or came earlier and another one since, or its
   *     time does not increase
   */
  boolean begins(CSVRecord row, long line) {
    if (id < 0) {
      return true;
    }
    String sequence = row.get(id);
    boolean begins = !sequence.equals(current);
    if (begins) {
      begin(sequence, line);
    }
    lengths[began.size() - 1]++;
    if (time >= 0) {
      requireLater(cells.time(row.get(time), line, time), line);
    }
    return begins;
  }

  private void begin(String sequence, long line) {
    cells.require(sequence, line, id, "the name of the sequence");
    if (sequence.length() > InputFiles.MOST_NAME_CHARACTERS) {
      throw cells.problem(
          line,
          id,
          "\"%s\" has %d characters, but the name of a sequence may have %d. Number the sequences instead."
              .formatted(
                  InputFiles.abbreviated(sequence),
                  sequence.length(),
                  InputFiles.MOST_NAME_CHARACTERS));
    }
    Long earlier = began.putIfAbsent(sequence, line);
    if (earlier != null) {
      throw cells.problem(
          line,
          id,
          ("the sequence \"%s\" began in line %d, and appears again after \"%s\". Sort the file "
                  + "by this column%s, so that all rows of a sequence are consecutive.")
              .formatted(sequence, earlier, current, time < 0 ? "" : ", then by the time"));
    }
    if (began.size() > InputFiles.MOST_SEQUENCES) {
      throw cells.problem(
          line,
          id,
          "this is the sequence number %d, but there may be at most %d. Leave some out."
              .formatted(began.size(), InputFiles.MOST_SEQUENCES));
    }
    if (began.size() > lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * lengths.length);
    }
    current = sequence;
    lastTime = null;
  }

  private void requireLater(BigDecimal now, long line) {
    if (lastTime != null && now.compareTo(lastTime) <= 0) {
      throw cells.problem(
          line,
          time,
          ("the time %s of the sequence \"%s\" is not after %s, the time of the step before. "
                  + "Sort the rows of each sequence by this column; two steps cannot have the same time.")
              .formatted(now, current, lastTime));
    }
    lastTime = now;
  }

  /** That what is to be learnt of the current sequence changes within it. */
  DataException changes(long line, int column, String before, String now) {
    return cells.problem(
        line,
        column,
        ("the target is \"%s\" here, but \"%s\" in the earlier rows of the sequence \"%s\", "
                + "which began in line %d. The target must be the same in all rows of a sequence; if it "
                + "changes, begin another sequence there.")
            .formatted(
                InputFiles.abbreviated(now),
                InputFiles.abbreviated(before),
                current,
                began.get(current)));
  }

  /** How long all are. */
  Lengths lengths() {
    return id < 0 ? Lengths.FULL : Lengths.of(Arrays.copyOf(lengths, began.size()));
  }
}
