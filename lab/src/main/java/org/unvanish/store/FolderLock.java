package org.unvanish.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Keeps every process but one from training in a folder. The system lets go of the lock when the
 * process dies, however that happens.
 */
final class FolderLock implements AutoCloseable {

  /**
   * Folders that this process has locked. They must not be tried again: closing any channel of a
   * file gives up all locks that the process has on it, as POSIX has it.
   */
  private static final Set<Path> OWN = new HashSet<>();

  static final String FILE = "runs.lock";

  // Behind the process id, so that others can read that where locks forbid reading.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int MOST_DIGITS = 20;
  private static final int ATTEMPTS = 5;
  private static final long MILLISECONDS_BETWEEN = 20;

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder that exists.
   *
   * @throws StoreException if it is locked already
   */
  static FolderLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (OWN) {
      if (OWN.contains(real)) {
        throw refusal(folder, OptionalLong.of(ProcessHandle.current().pid()));
      }
      requireOwn(file(real));
      FileChannel channel =
          FileChannel.open(
              file(real),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        // Somebody who only looks holds the lock for a moment.
        Optional<FileLock> lock = Optional.empty();
        for (int attempt = 0; lock.isEmpty() && attempt < ATTEMPTS; attempt++) {
          if (attempt > 0) {
            pause();
          }
          lock = Optional.ofNullable(channel.tryLock(LOCKED_BYTE, 1, false));
        }
        if (lock.isEmpty()) {
          throw refusal(folder, pid(real));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(("" + ProcessHandle.current().pid()).getBytes(US_ASCII)), 0);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      OWN.add(real);
      return new FolderLock(real, channel);
    }
  }

  /** The process that has locked a folder, if one has; 0 if it has not said which it is. */
  static OptionalLong holder(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (OWN) {
      if (OWN.contains(real)) {
        return OptionalLong.of(ProcessHandle.current().pid());
      }
      if (!Files.exists(file(real))) {
        return OptionalLong.empty();
      }
      try (FileChannel channel = FileChannel.open(file(real), StandardOpenOption.READ)) {
        // Shared, which a channel that is open for reading may ask for.
        FileLock free = channel.tryLock(LOCKED_BYTE, 1, true);
        return free != null ? OptionalLong.empty() : OptionalLong.of(pid(real).orElse(0));
      }
    }
  }

  @Override
  public void close() {
    synchronized (OWN) {
      OWN.remove(folder);
      try {
        channel.close();
      } catch (IOException e) {
        // It is open for this process's lock only, and that ends with the process at the latest.
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  /** Nobody else's file is to become a lock: what it says would be lost. */
  private static void requireOwn(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            || Files.size(file) > MOST_DIGITS
            || !new String(Files.readAllBytes(file), US_ASCII).matches("\\d*"))) {
      throw new StoreException(
          file + " exists already and is not a lock of Unvanish. Choose another folder.");
    }
  }

  private static OptionalLong pid(Path folder) throws IOException {
    String text = new String(Files.readAllBytes(file(folder)), US_ASCII).strip();
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static StoreException refusal(Path folder, OptionalLong pid) {
    return new StoreException(
        "another process%s is training in %s. Wait until it ends, or stop it."
            .formatted(pid.isPresent() ? " (" + pid.getAsLong() + ")" : "", folder));
  }

  private static void pause() {
    try {
      Thread.sleep(MILLISECONDS_BETWEEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
