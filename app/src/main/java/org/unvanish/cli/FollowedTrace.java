package org.unvanish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.trace.Trace;
import org.unvanish.trace.TraceException;
import org.unvanish.trace.TraceReader;

/**
 * A trace that is shown while it is written: a folder of temporary files has it as a store, which
 * is brought up to date whenever the trace has grown.
 */
final class FollowedTrace implements AutoCloseable {

  /** So many times as long as a look has taken, others have the machine. */
  private static final int REST = 4;

  private final Path file;
  private final Path folder;
  private final Consumer<String> warnings;
  private final TraceReader reader;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "trace-watch");
            made.setDaemon(true);
            return made;
          });
  private String seen = "";
  private long restUntil = System.nanoTime();
  private boolean awaits = true;
  private int restarts;
  private String warned = "";

  /**
   * Reads the trace and follows it from now on; if it is not there yet, it is waited for.
   *
   * @param warnings is told when what was added cannot be read
   * @throws CommandFailure if what is there is no trace, or there is not even a folder for it
   */
  FollowedTrace(Path file, long everyMilliseconds, Consumer<String> warnings) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
      throw new CommandFailure("there is no file " + file);
    }
    this.file = file;
    this.warnings = warnings;
    reader = new TraceReader(file);
    folder = TraceFiles.temporaryFolder(file);
    TraceFiles.await(file, folder);
    try {
      if (Files.exists(file)) {
        update();
      } else {
        warnings.accept(
            "there is no file %s yet. It appears as soon as it is written".formatted(file));
      }
    } catch (IOException | TraceException e) {
      TraceFiles.delete(folder);
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::lookUnlessTired, everyMilliseconds, everyMilliseconds, TimeUnit.MILLISECONDS);
  }

  /** Where the store is. */
  Path folder() {
    return folder;
  }

  private void lookUnlessTired() {
    long start = System.nanoTime();
    if (start - restUntil >= 0) {
      look();
      long end = System.nanoTime();
      restUntil = end + REST * (end - start);
    }
  }

  void look() {
    try {
      if (Files.exists(file) && !mark().equals(seen)) {
        update();
        warned = "";
      }
    } catch (IOException | TraceException | StoreException e) {
      // The same each time that the file grows: said once.
      String message = String.valueOf(e.getMessage());
      if (!message.equals(warned)) {
        warnings.accept(message);
      }
      warned = message;
    }
  }

  /** What changes with the file. */
  private String mark() throws IOException {
    return Files.size(file) + " bytes of " + Files.getLastModifiedTime(file);
  }

  private void update() throws IOException {
    seen = mark();
    Optional<Trace> trace = reader.read();
    if (trace.isEmpty()) {
      return;
    }
    if (awaits || reader.restarts() != restarts) {
      // Another training: what was measured of the one before is none of its snapshots.
      Files.delete(folder.resolve(RunStore.FILE));
      awaits = false;
      restarts = reader.restarts();
    }
    TraceFiles.store(trace.get(), folder);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean unused = thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    TraceFiles.delete(folder);
  }
}
