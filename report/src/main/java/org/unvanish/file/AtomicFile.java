package org.unvanish.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Files that appear complete or not at all. What is written replaces whatever is there: results go
 * through {@link ResultFile}.
 */
public final class AtomicFile {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a file is to say, made while it is written. */
  public interface Content {
    void to(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes to a temporary name in the same folder, which nobody can foresee, and renames; replaces
   * what was there.
   *
   * @throws IOException if it cannot be written; what was there is there still
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /**
   * The same for a content of any size.
   *
   * @throws IOException if it cannot be written; what was there is there still, as it is where the
   *     content throws anything
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, content, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Writes a file that is not there yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there; it stays as it is
   * @throws IOException if it cannot be written
   */
  public static void create(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content), new CopyOption[0]);
  }

  private static void write(Path file, Content content, CopyOption... how) throws IOException {
    byte[] name = new byte[12];
    RANDOM.nextBytes(name);
    // Not Files.createTempFile, whose files nobody but their owner may read.
    Path temporary = file.resolveSibling(".unvanish-" + HexFormat.of().formatHex(name) + ".tmp");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        content.to(out);
      }
      Files.move(temporary, file, how);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
