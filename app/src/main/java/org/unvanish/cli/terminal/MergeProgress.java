package org.unvanish.cli.terminal;

/** Shows how far a merge is. */
public final class MergeProgress {

  private final ProgressLine line;
  private final long start;

  public MergeProgress(ProgressLine line) {
    this.line = line;
    this.start = line.now();
  }

  /** So many of all runs are merged. */
  public void advanced(int done, int total) {
    line.update(
        () -> {
          String left = TimeLeft.of(done, total, (line.now() - start) / 1e9);
          return "merging: %d of %d runs".formatted(done, total)
              + (left.isEmpty() ? "" : ", " + left);
        });
  }
}
