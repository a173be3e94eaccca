package org.unvanish.data;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which files are read, and how much of them: all limits for users' files are here. Without them a
 * damaged or hostile file takes the memory, or the time, before it is refused.
 */
public final class InputFiles {

  /**
   * Of a CSV file. A colour image of 256×256 pixels has 196,608 values; a header of a million names
   * would take hundreds of megabytes before the first number.
   */
  public static final int MOST_COLUMNS = 200_000;

  /** Different categories of one column: an input each, or a row each of an embedding. */
  public static final int MOST_CATEGORIES = 10_000;

  /** Sequences of a CSV file: their names are held while it is read. */
  public static final int MOST_SEQUENCES = 1_000_000;

  /**
   * Of the name of a sequence. Labels and categories that are longer are texts, even where all are
   * digits: comparing numbers takes time with the square of their length.
   */
  public static final int MOST_NAME_CHARACTERS = 200;

  /** Of what messages repeat of a file. */
  private static final int MOST_SHOWN_CHARACTERS = 40;

  /** Characters of one CSV record: 80 for each of the most columns. */
  public static final int MOST_RECORD_CHARACTERS = 80 * MOST_COLUMNS;

  /**
   * Of one image: 4096×4096. A few kilobytes of PNG can say that they are billions of pixels, and
   * nobody trains on images of this size.
   */
  public static final long MOST_PIXELS = 1L << 24;

  /**
   * Bytes of an archive between one file and the next, where names and their like stand. A few
   * kilobytes of gzip can unpack to a name of gigabytes.
   */
  public static final long MOST_ARCHIVE_HEADER_BYTES = 1L << 20;

  /** What an archive's files may unpack to, as a multiple of what is looked for. */
  public static final long MOST_ARCHIVE_EXCESS = 4;

  /** Of a file with the names of classes, a line each. */
  public static final long MOST_NAMES_BYTES = 1L << 16;

  private InputFiles() {}

  /** The beginning of a text from a file, for messages. */
  public static String abbreviated(String text) {
    return text.length() <= MOST_SHOWN_CHARACTERS
        ? text
        : text.substring(0, MOST_SHOWN_CHARACTERS) + "…";
  }

  /**
   * Whether a path is something that neither ends nor says how large it is: a named pipe, a device
   * or a socket. What is not there is not.
   */
  public static boolean isEndless(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /**
   * A file that is about to be read as data.
   *
   * @return the same
   * @throws DataException if it is there, but no file
   */
  public static Path requireFile(Path file) {
    if (isEndless(file)) {
      throw new DataException(
          file + " is a pipe, a device or a socket. Save the data in a file or folder first.");
    }
    return file;
  }
}
