package org.unvanish.cli.terminal;

import org.unvanish.probe.ProbeProgress;

/** Shows how far the probing of several seeds is. */
public final class SeedsProgress implements ProbeProgress {

  private final int seeds;
  private final ProgressLine line;
  private long start;
  private long probed;

  /**
   * @param seeds how many are probed
   */
  public SeedsProgress(int seeds, ProgressLine line) {
    this.seeds = seeds;
    this.line = line;
  }

  @Override
  public void batchProbed(int done, int batches) {
    // What comes before the first mini-batch is no measure of the others.
    start = probed == 0 ? line.now() : start;
    probed++;
    line.update(
        () -> {
          String left =
              TimeLeft.of((double) probed, (double) seeds * batches, (line.now() - start) / 1e9);
          return "forecast: probing seed %d of %d%s"
              .formatted((probed - 1) / batches + 1, seeds, left.isEmpty() ? "" : ", " + left);
        });
  }
}
