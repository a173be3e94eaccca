package org.unvanish.store.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.store.RunState;
import org.unvanish.store.StoreException;
import org.unvanish.store.sql.Row;

/** Whether two stores have the same of a run, as far as both went: every bit but the clock's. */
final class RunAgreement {

  /** Columns that may differ: the keys, which are those of the store, and the clock. */
  private static final List<String> NOT_COMPARED = List.of("run", "seconds");

  private final RunRows longer;
  private final RunRows shorter;
  private final String name;

  private RunAgreement(RunRows longer, RunRows shorter, String name) {
    this.longer = longer;
    this.shorter = shorter;
    this.name = name;
  }

  /**
   * Looks at all that both have.
   *
   * @param longer has as many epochs as the other, or more
   * @param name of the run
   * @throws StoreException if they disagree; it names run, epoch and what differs
   */
  static void require(RunRows longer, RunRows shorter, String name) {
    new RunAgreement(longer, shorter, name).require();
  }

  private void require() {
    for (int i = 0; i < shorter.epochsDone(); i++) {
      Map<String, List<Row>> a = longer.epochs().get(i);
      Map<String, List<Row>> b = shorter.epochs().get(i);
      TreeSet<String> tables = new TreeSet<>(a.keySet());
      tables.addAll(b.keySet());
      for (String table : tables) {
        Optional<String> difference =
            difference(table, a.getOrDefault(table, List.of()), b.getOrDefault(table, List.of()));
        if (difference.isPresent()) {
          throw disagreement(RunRows.epoch(i + 1, name), difference.get());
        }
      }
    }
    requireSameEnd();
    if (longer.epochsDone() == shorter.epochsDone()
        && longer.checkpoint().isPresent()
        && shorter.checkpoint().isPresent()) {
      difference(longer.checkpoint().get(), shorter.checkpoint().get())
          .ifPresent(
              column -> {
                throw disagreement(
                    "the checkpoint of " + name, column.replace('_', ' ') + " differ");
              });
    }
  }

  /** A run that diverged has no epoch beyond. */
  private void requireSameEnd() {
    boolean shorterDiverged = shorter.state() == RunState.DIVERGED;
    if (shorterDiverged
        && (longer.epochsDone() > shorter.epochsDone() || longer.state() == RunState.DIVERGED)
        && !divergence(shorter).equals(divergence(longer))) {
      throw disagreement(
          name, "it %s in the first, and %s in the second".formatted(end(longer), end(shorter)));
    }
  }

  private static List<Object> divergence(RunRows rows) {
    return rows.state() == RunState.DIVERGED
        ? List.of(rows.run().count("diverged_epoch"), rows.run().count("diverged_step"))
        : List.of();
  }

  private static String end(RunRows rows) {
    List<Object> divergence = divergence(rows);
    return divergence.isEmpty()
        ? "has %d epochs".formatted(rows.epochsDone())
        : "diverged in epoch %s at step %s".formatted(divergence.get(0), divergence.get(1));
  }

  /** What differs in the rows of an epoch, in words. */
  private static Optional<String> difference(String table, List<Row> a, List<Row> b) {
    if (RunRows.NOT_ALWAYS_MEASURED.contains(table) && (a.isEmpty() || b.isEmpty())) {
      return Optional.empty();
    }
    if (a.size() != b.size()) {
      return Optional.of(
          "it has %d rows of %s in the first, %d in the second"
              .formatted(a.size(), table.replace('_', ' '), b.size()));
    }
    for (int i = 0; i < a.size(); i++) {
      Row first = a.get(i);
      Row second = b.get(i);
      Optional<String> column = difference(first, second);
      if (column.isPresent()) {
        String of =
            Stream.of("parameter", "name")
                .filter(first.columns()::contains)
                .map(named -> " of " + first.text(named))
                .findFirst()
                .orElse("");
        return Optional.of(
            "%s%s%s is %s in the first, %s in the second"
                .formatted(
                    table.equals(RunRows.EPOCH) ? "" : table.replace('_', ' ') + " ",
                    column.get(),
                    of,
                    value(first, column.get()),
                    value(second, column.get())));
      }
    }
    return Optional.empty();
  }

  /** The first column that differs. */
  private static Optional<String> difference(Row a, Row b) {
    List<String> columns = new ArrayList<>(a.columns());
    columns.removeAll(NOT_COMPARED);
    return columns.stream()
        .filter(column -> !Objects.deepEquals(value(a, column), value(b, column)))
        .findFirst();
  }

  private static @Nullable Object value(Row row, String column) {
    return Arrays.asList(row.values()).get(row.columns().indexOf(column));
  }

  private StoreException disagreement(String what, String difference) {
    return new StoreException(
        ("%s and %s disagree on %s: %s. Trained by: %s; %s. Nothing was merged, and both are "
                + "unchanged. To find out which is wrong, train that run again in a new folder, and "
                + "merge it with each.")
            .formatted(
                longer.source(),
                shorter.source(),
                what,
                difference,
                longer.trainedBy(),
                shorter.trainedBy()));
  }
}
