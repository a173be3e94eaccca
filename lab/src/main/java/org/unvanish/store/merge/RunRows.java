package org.unvanish.store.merge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.unvanish.store.RunState;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.RowChecksums.Of;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/**
 * All that a store has of a run.
 *
 * @param source the store
 * @param run its row
 * @param sessions in order
 * @param epochs for each, from the first on, its rows by their tables
 * @param checkpoint empty where another program trained, or no epoch is done
 */
record RunRows(
    MergeSource source,
    Row run,
    List<Row> sessions,
    List<Map<String, List<Row>>> epochs,
    Optional<Row> checkpoint) {

  static final String EPOCH = "epoch";

  /** Tables that older versions did not have, so that an epoch of theirs has no rows there. */
  static final Set<String> NOT_ALWAYS_MEASURED =
      Set.of("parameter_update", "learned_scale", "value_size");

  /** The tables that measure an epoch and the keys of their rows, as its checksum covers them. */
  private static final Map<String, String> MEASURED = new LinkedHashMap<>();

  static {
    MEASURED.put(EPOCH, "epoch");
    MEASURED.put("gradient", "position");
    MEASURED.put("score", "name");
    MEASURED.put("parameter_update", "position");
    MEASURED.put("learned_scale", "position");
    MEASURED.put("value_size", "position");
  }

  /**
   * Which of several to keep: the one with most epochs, then the one that knows best how it ended,
   * then the one with most measurements, then the one that was trained first.
   */
  static final Comparator<RunRows> BEST_FIRST =
      Comparator.comparingInt(RunRows::epochsDone)
          .reversed()
          .thenComparingInt(RunRows::rank)
          .thenComparingInt(rows -> -rows.measured())
          .thenComparing(RunRows::history);

  /**
   * Reads a run.
   *
   * @param id its key in the store
   * @param name for the message
   * @throws IllegalArgumentException if something is not as it was written
   */
  static RunRows read(MergeSource source, Connection connection, long id, String name)
      throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    Row run = Sql.row(connection, "SELECT * FROM run WHERE id = ?", id).orElseThrow();
    checksums.require(Of.RUN, id, 0, "the run of " + name);
    List<Map<String, List<Row>>> epochs = epochs(connection, id, run.count("epochs_done"), name);
    for (int i = 0; i < epochs.size(); i++) {
      checksums.require(Of.EPOCH, id, i + 1, all(epochs.get(i)), epoch(i + 1, name));
    }
    Optional<Row> checkpoint = Sql.row(connection, "SELECT * FROM checkpoint WHERE run = ?", id);
    if (checkpoint.isPresent()) {
      String what = "the checkpoint of " + name;
      checksums.require(Of.CHECKPOINT, id, 0, List.of(checkpoint.get()), what);
    }
    return new RunRows(
        source,
        run,
        Sql.rows(connection, "SELECT * FROM session WHERE run = ? ORDER BY id", id),
        epochs,
        checkpoint);
  }

  private static List<Map<String, List<Row>>> epochs(
      Connection connection, long id, int done, String name) throws SQLException {
    Map<Integer, Map<String, List<Row>>> found = new TreeMap<>();
    for (Map.Entry<String, String> table : MEASURED.entrySet()) {
      if (Schema.hasTable(connection, table.getKey())) {
        String query =
            "SELECT * FROM %s WHERE run = ? ORDER BY epoch, %s"
                .formatted(table.getKey(), table.getValue());
        for (Row row : Sql.rows(connection, query, id)) {
          found
              .computeIfAbsent(row.count("epoch"), epoch -> new LinkedHashMap<>())
              .computeIfAbsent(table.getKey(), none -> new ArrayList<>())
              .add(row);
        }
      }
    }
    List<Map<String, List<Row>>> epochs = new ArrayList<>();
    for (Map.Entry<Integer, Map<String, List<Row>>> entry : found.entrySet()) {
      if (entry.getKey() != epochs.size() + 1 || !entry.getValue().containsKey(EPOCH)) {
        throw new IllegalArgumentException(epoch(epochs.size() + 1, name) + " is missing");
      }
      epochs.add(entry.getValue());
    }
    if (epochs.size() != done) {
      throw new IllegalArgumentException(
          "%s has %d epochs, but should have %d".formatted(name, epochs.size(), done));
    }
    return epochs;
  }

  static String epoch(int epoch, String name) {
    return "epoch %d of %s".formatted(epoch, name);
  }

  private static List<Row> all(Map<String, List<Row>> epoch) {
    return epoch.values().stream().flatMap(List::stream).toList();
  }

  int epochsDone() {
    return epochs.size();
  }

  /** Where it stands; whoever trained it, nobody does now. */
  RunState state() {
    RunState state = RunState.of(run.text("state"));
    return state == RunState.RUNNING ? RunState.PLANNED : state;
  }

  private int measured() {
    return epochs.stream().mapToInt(epoch -> all(epoch).size()).sum();
  }

  private int rank() {
    return List.of(RunState.DIVERGED, RunState.FINISHED, RunState.FAILED, RunState.PLANNED)
        .indexOf(state());
  }

  private String history() {
    return sessions.stream()
        .map(row -> Arrays.toString(row.with("id", 0).with("run", 0).values()))
        .collect(Collectors.joining("\n"));
  }

  /** The versions of Unvanish that trained it, on which processors. */
  String trainedBy() {
    return sessions.stream()
        .map(row -> "%s on %s".formatted(row.text("version"), row.text("cpu")))
        .distinct()
        .collect(Collectors.joining(", then "));
  }

  /** Writes it under other keys. */
  void write(Connection connection, long id, long arm) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    Row changed = run.with("id", id).with("arm", arm).with("state", state().stored());
    Sql.insert(connection, "run", List.of(changed));
    Sql.insert(
        connection,
        "session",
        sessions.stream().map(row -> row.with("id", null).with("run", id)).toList());
    checksums.write(Of.RUN, id, 0);
    for (int i = 0; i < epochs.size(); i++) {
      List<Row> written = new ArrayList<>();
      for (Map.Entry<String, List<Row>> table : epochs.get(i).entrySet()) {
        List<Row> rows = table.getValue().stream().map(row -> row.with("run", id)).toList();
        Sql.insert(connection, table.getKey(), rows);
        written.addAll(rows);
      }
      checksums.write(Of.EPOCH, id, i + 1, written);
    }
    if (checkpoint.isPresent()) {
      List<Row> row = List.of(checkpoint.get().with("run", id));
      Sql.insert(connection, "checkpoint", row);
      checksums.write(Of.CHECKPOINT, id, 0, row);
    }
  }
}
