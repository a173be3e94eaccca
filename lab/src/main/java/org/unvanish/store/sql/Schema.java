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

/** The tables. */
public final class Schema {

  /**
   * Of this layout of the tables; doubled when it changes. So no bit that a disk loses makes one
   * layout another, with which checksums would go unread.
   */
  public static final int VERSION = 32;

  /** The first layout. It lacks {@link #DIAGNOSES}, and is otherwise like the next. */
  private static final int WITHOUT_DIAGNOSES = 1;

  /** The next. It lacks {@link #CHECKSUMS}, and is otherwise like the next. */
  private static final int WITHOUT_CHECKSUMS = 2;

  /** The next. It lacks {@link #SCORES}, and is otherwise like the next. */
  private static final int WITHOUT_SCORES = 4;

  /** The next. It lacks {@link #UPDATES} and {@link #COLUMNS}, and is otherwise like the next. */
  private static final int WITHOUT_UPDATES = 8;

  /** The layout that lacks {@link #SCALES} only. */
  private static final int WITHOUT_SCALES = 16;

  private static final List<Integer> LAYOUTS =
      List.of(
          WITHOUT_DIAGNOSES,
          WITHOUT_CHECKSUMS,
          WITHOUT_SCORES,
          WITHOUT_UPDATES,
          WITHOUT_SCALES,
          VERSION);

  /** Tells our files from other programs' databases: "unvh". */
  private static final int APPLICATION = 0x756e7668;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE experiment (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            spec TEXT NOT NULL,
            files TEXT NOT NULL,
            data_name TEXT NOT NULL,
            data_title TEXT NOT NULL,
            data_sha256 TEXT NOT NULL,
            channels INTEGER NOT NULL,
            rows INTEGER NOT NULL,
            columns INTEGER NOT NULL,
            classes INTEGER NOT NULL,
            train_samples INTEGER NOT NULL,
            test_samples INTEGER NOT NULL
          ) STRICT""",
          // Named by content: whatever two experiments call it, it is trained once.
          """
          CREATE TABLE arm (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL
          ) STRICT""",
          // Seeds are numbers with spaces in between.
          """
          CREATE TABLE experiment_arm (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            arm INTEGER NOT NULL REFERENCES arm,
            epochs INTEGER NOT NULL,
            seeds TEXT NOT NULL,
            PRIMARY KEY (experiment, position),
            UNIQUE (experiment, name)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            state TEXT NOT NULL,
            epochs_done INTEGER NOT NULL DEFAULT 0,
            diverged_epoch INTEGER,
            diverged_step INTEGER,
            failure TEXT,
            stack_trace TEXT,
            UNIQUE (arm, seed)
          ) STRICT""",
          // Times are UTC in ISO 8601.
          """
          CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run,
            first_epoch INTEGER NOT NULL,
            version TEXT NOT NULL,
            jvm TEXT NOT NULL,
            cpu TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT
          ) STRICT""",
          "CREATE INDEX session_by_run ON session (run)",
          // A number that is not one, NaN, is NULL.
          """
          CREATE TABLE epoch (
            run INTEGER NOT NULL REFERENCES run,
            epoch INTEGER NOT NULL,
            train_loss REAL,
            train_accuracy REAL,
            test_loss REAL,
            test_accuracy REAL,
            seconds REAL,
            PRIMARY KEY (run, epoch)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE gradient (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            source TEXT NOT NULL,
            count INTEGER NOT NULL,
            mean_abs REAL,
            rms REAL,
            max_abs REAL,
            q05 REAL,
            q25 REAL,
            q50 REAL,
            q75 REAL,
            q95 REAL,
            vanished_share REAL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""",
          // After the run's last epoch. Floats, the highest byte first.
          """
          CREATE TABLE checkpoint (
            run INTEGER PRIMARY KEY REFERENCES run,
            epoch INTEGER NOT NULL,
            step INTEGER NOT NULL,
            parameters BLOB NOT NULL,
            first_moments BLOB NOT NULL,
            second_moments BLOB NOT NULL
          ) STRICT""");

  /**
   * What was found by probing, in the words of {@code diagnosis.schema.json}. A moment depends on
   * arm, seed and step alone, so it needs no run: the seed may be one that is not trained.
   */
  private static final List<String> DIAGNOSES =
      List.of(
          """
          CREATE TABLE moment (
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            step INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (arm, seed, step)
          ) STRICT""",
          """
          CREATE TABLE prescription (
            arm INTEGER NOT NULL REFERENCES arm,
            seed INTEGER NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (arm, seed)
          ) STRICT""");

  /**
   * All checksums, and what a prescription's proof was measured by before there were {@link
   * #SCORES}: read, but no longer written.
   */
  private static final List<String> CHECKSUMS =
      List.of(
          """
          CREATE TABLE constant_predictor (
            experiment INTEGER PRIMARY KEY REFERENCES experiment,
            accuracy REAL NOT NULL,
            loss REAL NOT NULL,
            samples INTEGER NOT NULL
          ) STRICT""",
          """
          CREATE TABLE checksum (
            what TEXT NOT NULL,
            first INTEGER NOT NULL,
            second INTEGER NOT NULL,
            value INTEGER NOT NULL,
            PRIMARY KEY (what, first, second)
          ) STRICT, WITHOUT ROWID""");

  /**
   * Scores beyond those of a classification, which are columns of {@code epoch}; and what a
   * prescription's proof is measured by.
   */
  private static final List<String> SCORES =
      List.of(
          """
          CREATE TABLE score (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            name TEXT NOT NULL,
            train REAL,
            test REAL,
            PRIMARY KEY (run, epoch, name),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE constant_score (
            experiment INTEGER NOT NULL REFERENCES experiment,
            name TEXT NOT NULL,
            value REAL NOT NULL,
            clear REAL NOT NULL,
            PRIMARY KEY (experiment, name)
          ) STRICT, WITHOUT ROWID""");

  /** By how much an epoch's steps moved each trained parameter tensor. */
  private static final List<String> UPDATES =
      List.of(
          """
          CREATE TABLE parameter_update (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            ratio REAL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""");

  /** What the inputs and targets of a table are, which decides networks with embeddings. */
  private static final List<String> COLUMNS =
      List.of(
          // Categories are a list in JSON: one, or all that a coded column has; none of a number.
          """
          CREATE TABLE input_column (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            form TEXT NOT NULL,
            name TEXT NOT NULL,
            categories TEXT NOT NULL,
            PRIMARY KEY (experiment, position)
          ) STRICT, WITHOUT ROWID""",
          """
          CREATE TABLE target_column (
            experiment INTEGER NOT NULL REFERENCES experiment,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            mean REAL NOT NULL,
            deviation REAL NOT NULL,
            PRIMARY KEY (experiment, position)
          ) STRICT, WITHOUT ROWID""");

  /** Where each learned α stands at the end of an epoch. */
  private static final List<String> SCALES =
      List.of(
          """
          CREATE TABLE learned_scale (
            run INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            position INTEGER NOT NULL,
            parameter TEXT NOT NULL,
            value REAL NOT NULL,
            PRIMARY KEY (run, epoch, position),
            FOREIGN KEY (run, epoch) REFERENCES epoch
          ) STRICT, WITHOUT ROWID""");

  private Schema() {}

  /** True for a new file, also one whose creation was cut off. */
  public static boolean isEmpty(Connection connection) throws SQLException {
    return number(connection, "PRAGMA application_id") == 0
        && number(connection, "SELECT count(*) FROM sqlite_master") == 0;
  }

  /** Creates all tables. */
  public static void create(Connection connection) throws SQLException {
    execute(connection, TABLES);
    execute(connection, DIAGNOSES);
    execute(connection, CHECKSUMS);
    execute(connection, SCORES);
    execute(connection, UPDATES);
    execute(connection, COLUMNS);
    execute(connection, SCALES);
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
      execute(connection, DIAGNOSES);
    }
    if (!hasChecksums) {
      execute(connection, CHECKSUMS);
    }
    if (!hasScores(connection)) {
      execute(connection, SCORES);
    }
    if (!hasUpdates(connection)) {
      execute(connection, UPDATES);
    }
    if (!hasColumns(connection)) {
      execute(connection, COLUMNS);
    }
    execute(connection, SCALES);
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
              + " is empty: no experiment has begun there yet. Wait, or choose another folder. If it"
              + " was copied or moved, its %s is missing: bring that too."
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
    List<String> expected = new ArrayList<>(TABLES);
    if (hasDiagnoses(connection)) {
      expected.addAll(DIAGNOSES);
    }
    if (hasChecksums(connection)) {
      expected.addAll(CHECKSUMS);
    }
    if (hasScores(connection)) {
      expected.addAll(SCORES);
    }
    if (hasUpdates(connection)) {
      expected.addAll(UPDATES);
    }
    if (hasColumns(connection)) {
      expected.addAll(COLUMNS);
    }
    if (hasScales(connection)) {
      expected.addAll(SCALES);
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
