package org.unvanish.cli.terminal;

import org.unvanish.data.catalog.InstallProgress;

/** Shows how far an install is. */
public final class BytesProgress implements InstallProgress {

  private static final double MEGABYTE = 1e6;

  private final String name;
  private final ProgressLine line;
  private final long start;

  /**
   * @param name of the data set
   */
  public BytesProgress(String name, ProgressLine line) {
    this.name = name;
    this.line = line;
    this.start = line.now();
  }

  @Override
  public void advanced(String source, long bytesDone, long bytesTotal) {
    line.update(
        () -> {
          String text = "installing %s: %.1f".formatted(name, bytesDone / MEGABYTE);
          if (bytesTotal == UNKNOWN) {
            return text + " MB";
          }
          double seconds = (line.now() - start) / 1e9;
          String left = TimeLeft.of((double) bytesDone, (double) bytesTotal, seconds);
          return text
              + " of %.1f MB (%d %%)".formatted(bytesTotal / MEGABYTE, 100 * bytesDone / bytesTotal)
              + (left.isEmpty() ? "" : ", " + left);
        });
  }
}
