package org.unvanish.data.format.csv;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Looks whether rows are steps of the sequences that one column seems to tell. */
final class SequenceSurvey {
  private final int id;
  private final List<Integer> targets;

  /** Columns whose numbers have grown within each sequence so far. */
  private final Set<Integer> growing;

  /** Those that began anew at least once. */
  private final Set<Integer> begun = new HashSet<>();

  private boolean changes;
  private @Nullable CSVRecord last;

  /**
   * @param id the column that may tell the sequence
   * @param times columns of numbers that may tell the time
   * @param targets columns that are the same in all rows of a sequence
   */
  SequenceSurvey(int id, List<Integer> times, List<Integer> targets) {
    this.id = id;
    this.targets = targets;
    this.growing = new HashSet<>(times);
    growing.remove(id);
  }

  void add(CSVRecord row) {
    CSVRecord before = last;
    last = row;
    if (before == null || growing.isEmpty()) {
      return;
    }
    boolean begins = !row.get(id).equals(before.get(id));
    if (begins) {
      growing.stream().filter(time -> !isLater(row, before, time)).forEach(begun::add);
    } else {
      growing.removeIf(time -> !isLater(row, before, time));
      changes |= targets.stream().anyMatch(i -> !row.get(i).equals(before.get(i)));
    }
  }

  private static boolean isLater(CSVRecord row, CSVRecord before, int time) {
    Optional<BigDecimal> now = CsvCells.time(row.get(time));
    Optional<BigDecimal> earlier = CsvCells.time(before.get(time));
    return now.isPresent() && earlier.isPresent() && now.get().compareTo(earlier.get()) > 0;
  }

  /**
   * What was found.
   *
   * @param sequence the column that tells the sequence
   * @param time the column that tells the time
   */
  record Found(int sequence, int time) {}

  /** The first column that tells the time, if the rows are steps of sequences. */
  Optional<Found> found() {
    return changes
        ? Optional.empty()
        : growing.stream()
            .filter(begun::contains)
            .min(Integer::compare)
            .map(time -> new Found(id, time));
  }
}
