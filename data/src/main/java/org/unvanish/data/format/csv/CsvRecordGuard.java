package org.unvanish.data.format.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;
import org.unvanish.data.LoadProgress;

/**
 * Refuses a record that is too long while it is read, for the parser would first hold all of it: a
 * file without line ends, a quote that is never closed, a million columns.
 *
 * <p>The parser reads ahead, so the limits are exact but for its buffer; {@link CsvHeader} counts
 * the columns.
 */
final class CsvRecordGuard extends FilterReader {

  private static final int READ_AHEAD = 1 << 16;

  private final Path file;
  private long characters;
  private long commas;
  private long line = 1;

  private LoadProgress progress = LoadProgress.SILENT;
  private long all;
  private long total;

  CsvRecordGuard(Path file, Reader in) {
    super(in);
    this.file = file;
  }

  /**
   * Tells how far it is.
   *
   * @param bytes of the file, about as many as characters
   */
  void tell(LoadProgress listener, long bytes) {
    progress = listener;
    total = bytes;
  }

  /** A record has ended before this line. */
  void recordEnded(long nextLine) {
    characters = 0;
    commas = 0;
    line = nextLine;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    characters += Math.max(0, count);
    all += Math.max(0, count);
    progress.advanced(file.toString(), all, total);
    for (int i = offset; i < offset + count; i++) {
      commas += buffer[i] == ',' ? 1 : 0;
    }
    if (commas > InputFiles.MOST_COLUMNS + READ_AHEAD) {
      throw tooManyColumns(file, line);
    }
    if (characters > InputFiles.MOST_RECORD_CHARACTERS + READ_AHEAD) {
      throw new DataException(
          "%s, line %d: this line, with the quoted cells that it begins, has more than %d characters. Is it CSV, and is every quote closed?"
              .formatted(file, line, InputFiles.MOST_RECORD_CHARACTERS));
    }
    return count;
  }

  static DataException tooManyColumns(Path file, long line) {
    return new DataException(
        "%s, line %d: there are more than %d columns, the most that can be read. Leave some out, or save the samples as images."
            .formatted(file, line, InputFiles.MOST_COLUMNS));
  }
}
