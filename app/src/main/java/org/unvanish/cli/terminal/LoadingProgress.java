package org.unvanish.cli.terminal;

import org.unvanish.data.LoadProgress;

/** Shows how far the reading of data is, once that has taken two seconds. */
public final class LoadingProgress implements LoadProgress {

  private static final double SILENT_SECONDS = 2;

  private final ProgressLine line;
  private String latest = "";
  private long start;

  public LoadingProgress(ProgressLine line) {
    this.line = line;
  }

  @Override
  public void advanced(String file, long done, long total) {
    if (!file.equals(latest)) {
      latest = file;
      start = line.now();
    }
    double seconds = (line.now() - start) / 1e9;
    if (seconds >= SILENT_SECONDS && total > 0) {
      line.update(() -> text(done, total, seconds));
    }
  }

  private String text(long done, long total, double seconds) {
    String left = TimeLeft.of((double) done, (double) total, seconds);
    return "reading %s: %d %%%s"
        .formatted(latest, Math.min(100, 100 * done / total), left.isEmpty() ? "" : ", " + left);
  }
}
