package org.unvanish.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.unvanish.store.StoreException;

/** The layout of the tables: which a store has, and whether they are whole. */
public final class Schema {

  /**
   * Of this layout of the tables; doubled when it changes. So no bit that a disk loses makes one
   * layout another, with which checksums would go unread.
   */
  public static final int VERSION = 256;

  /** The first layout. It lacks {@link Tables#DIAGNOSES}, and is otherwise like the next. */
  private static final int WITHOUT_DIAGNOSES = 1;

  /** The next. It lacks {@link Tables#CHECKSUMS}, and is otherwise like the next. */
  private static final int WITHOUT_CHECKSUMS = 2;

  /** The next. It lacks {@link Tables#SCORES}, and is otherwise like the next. */
  private static final int WITHOUT_SCORES = 4;

  /**
   * The next. It lacks {@link Tables#UPDATES} and {@link Tables#COLUMNS}, and is otherwise like the
   * next.
   */
  private static final int WITHOUT_UPDATES = 8;

  /** The next. It lacks {@link Tables#SCALES}, and its snapshots say nothing of typical samples. */
  private static final int WITHOUT_SCALES = 16;

  /** The next. Its snapshots say nothing of the way back through time; its tables are the same. */
  private static final int WITHOUT_TIME = 32;

  /**
   * The next. It lacks {@link Tables#SHARDS} and {@link Tables#RACES}, and is otherwise like the
   * next.
   */
  private static final int WITHOUT_SHARDS = 64;

  /** The next. It lacks {@link Tables#SIZES}, and is otherwise like the next. */
  private static final int WITHOUT_SIZES = 128;

  private static final List<Integer> LAYOUTS =
      List.of(
          WITHOUT_DIAGNOSES,
          WITHOUT_CHECKSUMS,
          WITHOUT_SCORES,
          WITHOUT_UPDATES,
          WITHOUT_SCALES,
          WITHOUT_TIME,
          WITHOUT_SHARDS,
          WITHOUT_SIZES,
          VERSION);

  /** Tells our files from other programs' databases: "unvh". */
  private static final int APPLICATION = 0x756e7668;

  private Schema() {}

  /** True for a new file, also one whose creation was cut off. */
  public static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == 0
        && number(connection, "SELECT count(*) FROM sqlite_master") == 0;
  }

  /** Creates all tables. */
  public static void create(Connection connection) throws SQLException {
    execute(connection, Tables.TABLES);
    execute(connection, Tables.DIAGNOSES);
    execute(connection, Tables.CHECKSUMS);
    execute(connection, Tables.SCORES);
    execute(connection, Tables.UPDATES);
    execute(connection, Tables.COLUMNS);
    execute(connection, Tables.SCALES);
    execute(connection, Tables.SHARDS);
    execute(connection, Tables.RACES);
    execute(connection, Tables.SIZES);
    execute(
        connection,
        List.of("PRAGMA application_id = " + APPLICATION, "PRAGMA user_version = " + VERSION));
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public static boolean hasDiagnoses(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_DIAGNOSES;
  }

  public static boolean hasChecksums(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_CHECKSUMS;
  }

  public static boolean hasScores(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_SCORES;
  }

  public static boolean hasUpdates(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_UPDATES;
  }

  public static boolean hasColumns(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_UPDATES;
  }

  public static boolean hasScales(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_SCALES;
  }

  public static boolean hasShards(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_SHARDS;
  }

  public static boolean hasRaces(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_SHARDS;
  }

  public static boolean hasSizes(Connection connection) throws SQLException {
    return layout(connection) > WITHOUT_SIZES;
  }

  /** Whether a store's layout has a table. */
  public static boolean hasTable(Connection connection, String table) throws SQLException {
    return Sql.row(
            connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
        .isPresent();
  }

  /** Whether this is the layout that is written. */
  static boolean isUpToDate(Connection connection) throws SQLException {
    return layout(connection) == VERSION;
  }

  private static int layout(Connection connection) throws SQLException {
    return number(connection, "PRAGMA user_version");
  }

  /**
   * Makes an older layout this one; checksums that are there stay, as nothing they cover changes.
   */
  public static void bringUpToDate(Connection connection) throws SQLException {
    boolean hasChecksums = hasChecksums(connection);
    if (!hasDiagnoses(connection)) {
      execute(connection, Tables.DIAGNOSES);
    }
    if (!hasChecksums) {
      execute(connection, Tables.CHECKSUMS);
    }
    if (!hasScores(connection)) {
      execute(connection, Tables.SCORES);
    }
    if (!hasUpdates(connection)) {
      execute(connection, Tables.UPDATES);
    }
    if (!hasColumns(connection)) {
      execute(connection, Tables.COLUMNS);
    }
    if (!hasScales(connection)) {
      execute(connection, Tables.SCALES);
    }
    if (!hasShards(connection)) {
      execute(connection, Tables.SHARDS);
    }
    if (!hasRaces(connection)) {
      execute(connection, Tables.RACES);
    }
    if (!hasSizes(connection)) {
      execute(connection, Tables.SIZES);
    }
    execute(connection, List.of("PRAGMA user_version = " + VERSION));
    if (!hasChecksums) {
      RowChecksums.writeAll(connection);
    }
  }

  /**
   * Looks whether these are our tables.
   *
   * @throws StoreException if there are none yet, or they are another program's or version's
   */
  public static void check(Connection connection, Path file) throws SQLException {
    if (isEmpty(connection)) {
      throw new StoreException(
          file
              + (" is empty: no experiment has begun there yet. Wait, or choose another folder. "
                      + "If it was copied or moved, copy its %s too.")
                  .formatted(file.getFileName() + "-wal"));
    }
    if (number(connection, "PRAGMA application_id") != APPLICATION) {
      throw new StoreException(file + " is not a run store of Unvanish. Choose another folder.");
    }
    int version = layout(connection);
    if (!LAYOUTS.contains(version)) {
      throw new StoreException(
          ("%s has layout %d, but this version of Unvanish knows layouts %s only. Use the version"
                  + " that wrote it, or choose another folder.")
              .formatted(
                  file,
                  version,
                  LAYOUTS.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    requireIntact(connection, file);
  }

  /**
   * Looks whether the tables are as they were created, and SQLite finds its own structures whole:
   * pages, order of rows, indexes. What the rows say is for {@link RowChecksums}.
   */
  private static void requireIntact(Connection connection, Path file) throws SQLException {
    List<String> expected = new ArrayList<>(Tables.TABLES);
    if (hasDiagnoses(connection)) {
      expected.addAll(Tables.DIAGNOSES);
    }
    if (hasChecksums(connection)) {
      expected.addAll(Tables.CHECKSUMS);
    }
    if (hasScores(connection)) {
      expected.addAll(Tables.SCORES);
    }
    if (hasUpdates(connection)) {
      expected.addAll(Tables.UPDATES);
    }
    if (hasColumns(connection)) {
      expected.addAll(Tables.COLUMNS);
    }
    if (hasScales(connection)) {
      expected.addAll(Tables.SCALES);
    }
    if (hasShards(connection)) {
      expected.addAll(Tables.SHARDS);
    }
    if (hasRaces(connection)) {
      expected.addAll(Tables.RACES);
    }
    if (hasSizes(connection)) {
      expected.addAll(Tables.SIZES);
    }
    List<Object> found = new ArrayList<>();
    for (Row row : Sql.rows(connection, "SELECT sql FROM sqlite_master")) {
      found.add(String.valueOf(row.values()[0]).replaceAll("\\s+", " "));
    }
    for (String sql : expected) {
      if (!found.contains(sql.strip().replaceAll("\\s+", " "))) {
        throw SqlErrors.damaged(
            file, "a table is not as it was created: " + sql.substring(0, sql.indexOf(" (")));
      }
    }
    String problem = text(connection, "PRAGMA integrity_check(1)");
    if (!problem.equals("ok")) {
      throw SqlErrors.damaged(file, problem);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "no answer";
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
