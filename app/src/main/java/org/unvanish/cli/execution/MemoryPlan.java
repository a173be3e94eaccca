package org.unvanish.cli.execution;

import java.util.Locale;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.train.MemoryNeed;

/**
 * How much memory an experiment needs at least, beside how much there is.
 *
 * @param data bytes of the samples
 * @param run bytes of the largest run on the engine; 0 where there is none
 * @param most bytes that Java may use
 */
public record MemoryPlan(long data, long run, long most) {

  static final String MORE =
      "Allow more with the environment variable JDK_JAVA_OPTIONS=-Xmx8g (for 8 GiB)";

  /** On this Java. */
  public static MemoryPlan of(Experiment experiment, Dataset data) {
    return new MemoryPlan(
        MemoryNeed.ofData(data),
        experiment.arms().stream()
            .mapToLong(arm -> ofRun(arm, data.train().count()))
            .max()
            .orElse(0),
        Runtime.getRuntime().maxMemory());
  }

  /** What is enough for either. */
  MemoryPlan max(MemoryPlan other) {
    return new MemoryPlan(Math.max(data, other.data), Math.max(run, other.run), most);
  }

  private static long ofRun(Arm arm, int samples) {
    return arm.backend() == Backend.ENGINE
        ? MemoryNeed.ofRun(arm.network(), arm.settings(), samples)
        : 0;
  }

  /**
   * Refuses what cannot fit.
   *
   * @param workers runs that are under way at a time
   * @throws CommandFailure if they need more than Java may use
   */
  public void require(int workers) {
    if (data + workers * run <= most) {
      return;
    }
    long fitting = run == 0 ? 0 : Math.max(0, most - data) / run;
    throw new CommandFailure(
        "%s, but Java may use no more than %s. %s%s"
            .formatted(
                need(workers),
                size(most),
                MORE,
                fitting == 0
                    ? ", or use a smaller network or less data"
                    : ", or train fewer runs at a time: --workers " + fitting));
  }

  /** {@code at least 1.2 GiB for a run and 0.3 GiB for the data}. */
  public String text() {
    return "at least %s per concurrent run, plus %s of data; Java may use %s"
        .formatted(size(run), size(data), size(most));
  }

  private String need(int workers) {
    return "%d %s at a time and the data need at least %s of memory"
        .formatted(workers, workers == 1 ? "run" : "runs", size(data + workers * run));
  }

  /** What to say where memory ran out all the same. */
  public static String exhausted() {
    return "Java ran out of memory: it may use %s. %s, or use a smaller network, fewer workers or less data."
        .formatted(size(Runtime.getRuntime().maxMemory()), MORE);
  }

  static String size(long bytes) {
    if (bytes < 1 << 30) {
      return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / (1 << 20));
    }
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / (1 << 30));
  }
}
