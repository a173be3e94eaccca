package org.unvanish.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.unvanish.store.RunStore;

/**
 * Files of results: tables, figures, pages, specs that were carried out. Each appears complete or
 * not at all, and replaces only what Unvanish has written and nobody has changed since: a file says
 * so itself, by its {@link FileMark}.
 */
public final class ResultFile {

  /** Longer than any header. */
  private static final int HEAD = 1 << 16;

  private ResultFile() {}

  /**
   * Writes a file with its mark.
   *
   * @throws FileAlreadyExistsException if something is there that Unvanish did not write
   * @throws IOException if it cannot be written; what was there is there still
   */
  public static void write(Path file, byte[] content) throws IOException {
    requireReplaceable(file);
    replace(file, content);
  }

  /**
   * Writes a CSV file, which has no mark, of any size.
   *
   * @throws FileAlreadyExistsException if something is there that Unvanish did not write
   * @throws IOException if it cannot be written; what was there is there still
   */
  public static void writeCsv(Path file, AtomicFile.Content content) throws IOException {
    requireReplaceable(file);
    AtomicFile.write(file, content);
  }

  /** The same where the caller knows that what is there is Unvanish's, though it has no mark. */
  public static void replace(Path file, byte[] content) throws IOException {
    AtomicFile.write(file, FileMark.mark(file, content));
  }

  /**
   * Looks whether a file can be written, before work for it begins.
   *
   * @throws FileAlreadyExistsException if something is there that Unvanish did not write; the
   *     reason is a sentence with the file's name
   * @throws IOException if what is there cannot be read
   */
  public static void requireReplaceable(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isReplaceable(file)) {
      throw new FileAlreadyExistsException(
          file.toString(),
          null,
          file.getFileName() + " exists already, and was changed or not written by Unvanish");
    }
  }

  /**
   * True for a file that Unvanish wrote as it is, and for an empty one.
   *
   * @param file one that exists
   * @throws IOException if it cannot be read
   */
  public static boolean isReplaceable(Path file) throws IOException {
    // A rename would replace a link, not what it points to.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || RunStore.isPartOf(file)) {
      return false;
    }
    return Files.size(file) == 0 || FileMark.isOurs(file, content(file));
  }

  /** Of a CSV file, which may be larger than the memory, the beginning: its header tells. */
  private static byte[] content(Path file) throws IOException {
    if (!String.valueOf(file.getFileName()).endsWith(".csv")) {
      return Files.readAllBytes(file);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }
}
