package org.unvanish.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.unvanish.store.StoreException;

/**
 * The SQLite file: one connection, one thread at a time, every access a transaction.
 *
 * <p>The write-ahead log lets others read while one process writes. {@code synchronous} is NORMAL:
 * a process that dies loses no transaction, as the system has it; when the power fails the last
 * ones may be missing, but never a part of one, and those epochs are trained again. FULL would wait
 * for the disk after every epoch.
 */
public final class Database implements AutoCloseable {

  /** Statements. */
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Statements without a result. */
  public interface Task {
    void on(Connection connection) throws SQLException;
  }

  private static final int BUSY_MILLISECONDS = 10_000;
  private static final long CHECKPOINT_NANOSECONDS = 10_000_000_000L;

  private final Path file;
  private final Connection connection;
  private final String begin;
  private final Optional<Object> key;
  private boolean outdated;
  private long checkpointed = System.nanoTime();

  private Database(Path file, Connection connection, String begin) {
    this.file = file.toAbsolutePath();
    this.connection = connection;
    this.begin = begin;
    this.key = key(this.file);
  }

  /**
   * Opens a file for writing; creates it, or its tables, if they are missing. Tables of an older
   * layout are brought up to date by the first {@link #write}: until then, nothing has changed.
   */
  public static Database writable(Path file) {
    try {
      Connection connection = connect(file, "", config());
      try {
        if (Schema.isEmpty(connection)) {
          execute(connection, "PRAGMA journal_mode = WAL");
          Database database = new Database(file, connection, "BEGIN IMMEDIATE");
          database.write(Schema::create);
          return database;
        }
        Schema.check(connection, file);
        execute(connection, "PRAGMA journal_mode = WAL");
        Database database = new Database(file, connection, "BEGIN IMMEDIATE");
        database.outdated = !Schema.isUpToDate(connection);
        return database;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw SqlErrors.explain(e, file);
    }
  }

  /** Opens a file that exists, for reading only. */
  public static Database readable(Path file) {
    try {
      return readable(file, "");
    } catch (SQLException e) {
      // Even readers need a small file beside the database, for which a full or read-only disk has
      // no room. Without a log, nobody is writing, and it can be read as one that never changes.
      if (hasLog(file)) {
        throw SqlErrors.explain(e, file);
      }
      try {
        return readable(file, "?immutable=1");
      } catch (SQLException again) {
        throw SqlErrors.explain(again, file);
      }
    }
  }

  private static Database readable(Path file, String parameters) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection connection = connect(file, parameters, config);
    try {
      Schema.check(connection, file);
      return new Database(file, connection, "BEGIN");
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean hasLog(Path file) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    try {
      return Files.exists(log) && Files.size(log) > 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLISECONDS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.enforceForeignKeys(true);
    return config;
  }

  private static Connection connect(Path file, String parameters, SQLiteConfig config)
      throws SQLException {
    // As a URI, so that a question mark in the path does not begin parameters.
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + parameters);
  }

  /** Does all of the task, or if it throws, nothing. */
  public synchronized void write(Task task) {
    requireInPlace();
    transaction(
        connection -> {
          if (outdated) {
            Schema.bringUpToDate(connection);
          }
          task.on(connection);
          return true;
        });
    outdated = false;
    if (System.nanoTime() - checkpointed > CHECKPOINT_NANOSECONDS) {
      checkpoint();
    }
  }

  /**
   * Moves what the log holds into the file, as far as readers allow. SQLite does so by itself after
   * four megabytes only: long after the first epochs, which whoever copies the file alone misses.
   */
  public synchronized void checkpoint() {
    try {
      execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    } catch (SQLException e) {
      // It is kept in the log as well. The next transaction tells if nothing more can be written.
    }
    checkpointed = System.nanoTime();
  }

  /** The system would go on writing into a file that was moved, or that nobody can see any more. */
  private void requireInPlace() {
    if (!key(file).equals(key)) {
      throw new StoreException(
          ("%s or its folder was moved, replaced or deleted while it was in use. If it was "
                  + "moved, continue there with unvanish run: all epochs up to here are kept.")
              .formatted(file));
    }
  }

  /** What tells a file from one that has taken its place; empty if there is none. */
  private static Optional<Object> key(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(found.fileKey() == null ? "there" : found.fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private synchronized <T> T transaction(Work<T> work) {
    try {
      execute(connection, begin);
      try {
        T result = work.on(connection);
        execute(connection, "COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException e) {
      throw SqlErrors.explain(e, file);
    } catch (IllegalArgumentException | DateTimeException e) {
      // Rows, records and enums refuse what was never written.
      throw SqlErrors.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  /** Reads everything as it stands at one snapshot. */
  public <T> T read(Work<T> work) {
    return transaction(work);
  }

  private void rollBack(Throwable reason) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // A full disk may have rolled it back already.
      reason.addSuppressed(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlErrors.explain(e, file);
    }
  }
}
