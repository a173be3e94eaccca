package org.unvanish.data.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.unvanish.data.DataException;
import org.unvanish.data.InputFiles;

/**
 * The bytes of an archive, from a file or the network, reported as they pass. If they cannot be
 * read that shows as a {@link DataException}, so that it is told apart from bytes that are wrong.
 */
final class ArchiveSource extends InputStream {
  private final InputStream in;
  private final String location;
  private final long total;
  private final InstallProgress progress;
  private long done;

  private ArchiveSource(String location, InputStream in, long total, InstallProgress progress) {
    this.in = in;
    this.location = location;
    this.total = total;
    this.progress = progress;
  }

  /**
   * @param location a path, or an http, https or file URL
   * @throws DataException if there is nothing that can be read
   */
  static ArchiveSource open(String location, InstallProgress progress) {
    String scheme = location.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    try {
      if (scheme.equals("http") || scheme.equals("https")) {
        Download download = Download.start(URI.create(location));
        return new ArchiveSource(location, download.body(), download.bytes(), progress);
      }
      if (location.contains("://") && !scheme.equals("file")) {
        throw new DataException(
            "cannot read " + location + ": only http, https and file URLs and paths are known.");
      }
      Path file = scheme.equals("file") ? Path.of(URI.create(location)) : Path.of(location);
      return ofFile(location, file, progress);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "\"" + location + "\" is neither a path nor a URL: " + e.getMessage(), e);
    }
  }

  private static ArchiveSource ofFile(String location, Path file, InstallProgress progress) {
    if (Files.isDirectory(file)) {
      throw new DataException(
          location
              + " is a folder, but an archive is needed. To use a folder with the six files "
              + "directly: --data "
              + location);
    }
    if (InputFiles.isEndless(file)) {
      throw new DataException(
          location + " is a pipe, a device or a socket. Save the archive as a file first.");
    }
    try {
      return new ArchiveSource(location, Files.newInputStream(file), Files.size(file), progress);
    } catch (IOException e) {
      throw new DataException("cannot read " + location + ": " + DataException.reason(e) + ".", e);
    }
  }

  /** As the user wrote it. */
  String location() {
    return location;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new DataException(
          "reading "
              + location
              + " broke off after "
              + done
              + " bytes: "
              + DataException.reason(e)
              + ". Nothing was installed. Try again.",
          e);
    }
    if (count > 0) {
      done += count;
      progress.advanced(location, done, total);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
