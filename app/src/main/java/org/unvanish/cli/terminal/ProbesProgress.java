package org.unvanish.cli.terminal;

/** Shows how far the probing of many networks is. */
public final class ProbesProgress {

  private final String name;
  private final int networks;
  private final double work;
  private final ProgressLine line;
  private final long start;
  private int probed;
  private double done;

  /**
   * @param name of what is measured
   * @param networks how many are probed
   * @param work all of it, in any unit
   */
  public ProbesProgress(String name, int networks, double work, ProgressLine line) {
    this.name = name;
    this.networks = networks;
    this.work = work;
    this.line = line;
    this.start = line.now();
  }

  /**
   * One more network is probed.
   *
   * @param part of the work
   */
  public void probed(double part) {
    probed++;
    done += part;
    line.update(
        () -> {
          String left = TimeLeft.of(done, work, (line.now() - start) / 1e9);
          return "%s: %d of %d networks probed%s"
              .formatted(name, probed, networks, left.isEmpty() ? "" : ", " + left);
        });
  }
}
