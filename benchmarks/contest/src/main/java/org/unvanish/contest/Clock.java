package org.unvanish.contest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Measures a contestant and tells the driver, as the package describes. Where threads train
 * together, one of them has the clock and the others are its helpers.
 */
public final class Clock {

  private final int batch;
  private final String framework;
  private final long warmUpNanos;
  private final LongSupplier nanos;
  private final PrintStream out;
  private final List<Double> losses = new ArrayList<>();

  private long firstStep;
  private boolean isWarm;
  private boolean isOpen;
  private long opened;
  private long samples;

  /** The window that the driver asks for; 0 for none. */
  private volatile double asked;

  private volatile boolean isStopped;

  /**
   * @param batch samples a step
   * @param framework name and versions
   * @param warmUpSeconds how long to train before it says that it is warm
   * @param nanos tells the time
   * @param out where events go
   */
  Clock(int batch, String framework, double warmUpSeconds, LongSupplier nanos, PrintStream out) {
    this.batch = batch;
    this.framework = framework;
    this.warmUpNanos = (long) (warmUpSeconds * 1e9);
    this.nanos = nanos;
    this.out = out;
  }

  /** Whether the next step's loss is looked at. Later steps need not fetch theirs. */
  public boolean wantsLoss() {
    return losses.size() < Task.CHECKED_STEPS;
  }

  /**
   * Takes notice of a step.
   *
   * @param loss mean cross-entropy of the batch, before the parameters moved; anything where it is
   *     not wanted
   * @return whether to go on
   */
  public synchronized boolean stepDone(double loss) {
    long now = nanos.getAsLong();
    if (wantsLoss()) {
      check(loss, now);
    } else if (!isWarm) {
      isWarm = now - firstStep >= warmUpNanos;
      if (isWarm) {
        out.println("{\"event\":\"warm\"}");
      }
    } else if (isOpen) {
      samples += batch;
      if (now - opened >= asked * 1e9) {
        out.printf(
            Locale.ROOT,
            "{\"event\":\"result\",\"samples\":%d,\"seconds\":%s}%n",
            samples,
            (now - opened) / 1e9);
        isOpen = false;
        asked = 0;
      }
    } else if (asked > 0) {
      isOpen = true;
      opened = now;
      samples = 0;
    }
    return !isStopped;
  }

  /**
   * Takes notice of a step of another thread, which trains the same beside the first.
   *
   * @return whether to go on
   */
  public synchronized boolean helpersStepDone() {
    if (isOpen) {
      samples += batch;
    }
    return !isStopped;
  }

  private void check(double loss, long now) {
    if (losses.isEmpty()) {
      firstStep = now;
      out.printf("{\"event\":\"first_step\",\"framework\":\"%s\"}%n", framework);
    }
    losses.add(loss);
    if (!wantsLoss()) {
      // NaN and infinity are no JSON: the driver is told by a text.
      out.println(
          losses.stream()
              .map(value -> Double.isFinite(value) ? value.toString() : "\"" + value + "\"")
              .collect(Collectors.joining(",", "{\"event\":\"losses\",\"losses\":[", "]}")));
    }
  }

  /**
   * Takes orders until there are no more, then stops.
   *
   * @throws IllegalArgumentException if an order is none
   */
  void obey(InputStream orders) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("stop")) {
          break;
        }
        if (!line.startsWith("measure ")) {
          throw new IllegalArgumentException("there is no order \"" + line + "\"");
        }
        asked = Double.parseDouble(line.substring("measure ".length()));
      }
    } catch (IOException e) {
      // As good as its end.
    } finally {
      isStopped = true;
    }
  }
}
