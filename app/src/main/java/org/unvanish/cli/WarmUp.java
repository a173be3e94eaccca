package org.unvanish.cli;

import java.time.Duration;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Calibration;
import org.unvanish.experiment.Experiment;

/**
 * Trains every distinct network of an experiment for a moment and keeps nothing, so that Java has
 * compiled what runs need before the first of them is timed.
 */
final class WarmUp {

  /** A test has no time to measure and shortens it. */
  private static final Duration TIME =
      Duration.ofMillis(Long.getLong("unvanish.warm-up.milliseconds", 4000));

  private WarmUp() {}

  /** Ends early where the calling thread is interrupted, and leaves that to be seen. */
  static void of(Experiment experiment, Dataset data) {
    // A thread of its own: the calibration stops its networks by interrupting the thread it is on.
    Thread thread = new Thread(() -> Calibration.measure(experiment, data, TIME), "warm-up");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
