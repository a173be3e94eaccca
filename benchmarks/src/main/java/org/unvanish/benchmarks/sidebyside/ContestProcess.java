package org.unvanish.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A contestant's process, as {@link org.unvanish.contest} describes it. */
final class ContestProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 300;

  /** An event and when it came. */
  private record Event(JsonNode json, long nanos) {}

  private final String name;
  private final Path log;
  private final long start = System.nanoTime();
  private final Process process;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /**
   * Starts it.
   *
   * @param task the task's file
   * @param log where its standard error goes
   */
  ContestProcess(Entrant entrant, Path task, int threads, double warmUp, Path log)
      throws IOException {
    this.name = entrant.id();
    this.log = log;
    List<String> command = new ArrayList<>(entrant.command());
    command.addAll(List.of(task.toString(), String.valueOf(threads), String.valueOf(warmUp)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(entrant.environment());
    builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
    builder.environment().put("MKL_NUM_THREADS", String.valueOf(threads));
    process = builder.start();
    Thread reader = new Thread(this::read, "events of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        long now = System.nanoTime();
        // Native libraries may write there, too.
        if (line.startsWith("{\"event\":")) {
          events.add(new Event(JSON.readTree(line), now));
        }
      }
    } catch (IOException e) {
      // It has ended: whoever waits finds out.
    }
  }

  /**
   * Waits for the next event, which must be of that kind.
   *
   * @throws ContestFailure if the process ends or does not come so far
   */
  JsonNode await(String kind) throws ContestFailure, InterruptedException {
    return next(kind).json();
  }

  /** Seconds from the process's start to its first finished step. */
  double awaitFirstStep(StringBuilder framework) throws ContestFailure, InterruptedException {
    Event event = next("first_step");
    framework.setLength(0);
    framework.append(event.json().path("framework").asText());
    return (event.nanos() - start) / 1e9;
  }

  private Event next(String kind) throws ContestFailure, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Event event = events.poll(100, TimeUnit.MILLISECONDS);
      if (event != null) {
        if (!event.json().path("event").asText().equals(kind)) {
          throw new ContestFailure(name + " says " + event.json() + " instead of " + kind);
        }
        return event;
      }
      if (!process.isAlive() && events.isEmpty()) {
        throw new ContestFailure(
            name + " ended before its " + kind + ", with " + process.exitValue() + ": see " + log);
      }
    }
    throw new ContestFailure(
        "%s had no %s within %d seconds: see %s".formatted(name, kind, PATIENCE_SECONDS, log));
  }

  /** Opens a window. */
  void measure(double seconds) throws ContestFailure {
    order("measure " + seconds);
  }

  private void order(String order) throws ContestFailure {
    try {
      process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new ContestFailure(name + " has ended: see " + log);
    }
  }

  /** Processor time so far, in ticks. */
  long ticks() {
    return Machine.ticks(process.pid());
  }

  double peakMegabytes() {
    return Machine.peakMegabytes(process.pid());
  }

  /** Stops it, kindly at first. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
