package org.unvanish.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.unvanish.store.StoreException;

/** What SQLite says, as users need it. */
public final class SqlErrors {

  private static final long LITTLE = 1 << 20;

  private SqlErrors() {}

  public static StoreException explain(SQLException e, Path file) {
    String why = String.valueOf(e.getMessage());
    String text =
        switch (primary(e)) {
          case SQLITE_FULL -> full(file);
          case SQLITE_IOERR ->
              hasLittleRoom(file)
                  ? full(file)
                  : ("%s cannot be read or written (%s). Check the disk, the quota and the "
                          + "limit on file sizes (ulimit -f), then run again. Every finished epoch is "
                          + "kept.")
                      .formatted(file, why);
          case SQLITE_NOTADB, SQLITE_CORRUPT -> damage(file, why);
          case SQLITE_READONLY, SQLITE_PERM ->
              "%s cannot be written: permission denied.".formatted(file);
          case SQLITE_CANTOPEN ->
              "%s cannot be opened: permission denied, or its folder cannot be written."
                  .formatted(file);
          case SQLITE_BUSY, SQLITE_LOCKED ->
              "%s is in use by another program. Close that and try again.".formatted(file);
          // The statements are ours, so the tables are not.
          case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_CONSTRAINT, SQLITE_FORMAT -> damage(file, why);
          default -> "%s: %s".formatted(file, why);
        };
    return new StoreException(text, e);
  }

  public static StoreException damaged(Path file, String why) {
    return new StoreException(damage(file, why));
  }

  private static String damage(Path file, String why) {
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return ("%s is damaged, or not a database (%s). Put a copy in its place, or move it away "
            + "and start again.%s")
        .formatted(
            file,
            why,
            Files.exists(log)
                ? ""
                : " If it was copied while a training ran, its %s is missing: bring that too."
                    .formatted(log.getFileName()));
  }

  private static String full(Path file) {
    return "the disk that holds %s is full. Free space and run again: every finished epoch is kept."
        .formatted(file);
  }

  /** The error without its extension: SQLITE_IOERR for SQLITE_IOERR_WRITE. */
  private static SQLiteErrorCode primary(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static boolean hasLittleRoom(Path file) {
    try {
      return Files.getFileStore(file).getUsableSpace() < LITTLE;
    } catch (IOException e) {
      return false;
    }
  }
}
