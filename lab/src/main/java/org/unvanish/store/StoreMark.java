package org.unvanish.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * How a folder's store looks from outside: two marks that differ tell that something may have been
 * written, or that a process has begun or ceased to train. Cheap: the database is not opened, so
 * that whoever watches a folder for days holds nothing in it.
 *
 * @param database size and time of the database
 * @param log size and time of its write-ahead log
 * @param trainer the process that trains; 0 if it is not known which
 * @param fresh differs from mark to mark while the files are so new that the next write could get
 *     the same time; otherwise 0
 */
public record StoreMark(String database, String log, OptionalLong trainer, long fresh) {

  private static final String NOTHING = "nothing";

  /** Longer than any clock of a file system ticks that SQLite's log is fit for. */
  private static final long FRESH_MILLISECONDS = 50;

  /** The folder's mark at this snapshot; whatever cannot be read counts as missing. */
  public static StoreMark of(Path folder) {
    Path database = folder.resolve(RunStore.FILE);
    Path log = folder.resolve(RunStore.FILE + "-wal");
    long now = System.currentTimeMillis();
    boolean fresh = isFresh(database, now) || isFresh(log, now);
    return new StoreMark(
        describe(database), describe(log), trainer(folder), fresh ? System.nanoTime() : 0);
  }

  /** A log without a byte is one that a reader has created. */
  private static String describe(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.size() == 0 ? NOTHING : found.size() + " " + found.lastModifiedTime();
    } catch (IOException e) {
      return NOTHING;
    }
  }

  private static boolean isFresh(Path file, long now) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.size() > 0
          && Math.abs(now - found.lastModifiedTime().toMillis()) < FRESH_MILLISECONDS;
    } catch (IOException e) {
      return false;
    }
  }

  private static OptionalLong trainer(Path folder) {
    try {
      return FolderLock.holder(folder);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
