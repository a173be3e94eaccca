package org.unvanish.cli.terminal;

/** Shows how far an audit is, once it has taken two seconds. */
public final class AuditProgress {

  private static final double SILENT_SECONDS = 2;

  private final long total;
  private final ProgressLine line;
  private final long start;
  private long cases;

  /**
   * @param total random cases in all
   */
  public AuditProgress(long total, ProgressLine line) {
    this.total = total;
    this.line = line;
    this.start = line.now();
  }

  /** So many more cases were tried. From any thread. */
  public synchronized void done(long more) {
    cases += more;
    double seconds = (line.now() - start) / 1e9;
    if (seconds >= SILENT_SECONDS) {
      line.update(() -> text(seconds));
    }
  }

  private String text(double seconds) {
    String left = TimeLeft.of((double) cases, (double) total, seconds);
    return "theory: %d of %d cases tried".formatted(cases, total)
        + (left.isEmpty() ? "" : ", " + left);
  }
}
