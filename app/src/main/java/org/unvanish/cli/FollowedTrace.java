package org.unvanish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.unvanish.store.RunStore;
import org.unvanish.trace.Trace;
import org.unvanish.trace.TraceException;

/**
 * A trace that is shown while it is written: a folder of temporary files has it as a store, which
 * is brought up to date whenever the trace has grown.
 */
final class FollowedTrace implements AutoCloseable {

  private final Path file;
  private final Path folder = TraceFiles.temporaryFolder();
  private final Consumer<String> warnings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "trace-watch");
            made.setDaemon(true);
            return made;
          });
  private long size = -1;
  private int earlier;

  /**
   * Reads the trace and follows it from now on.
   *
   * @param warnings is told when what was added cannot be read
   */
  FollowedTrace(Path file, long everyMilliseconds, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    Trace trace = TraceFiles.read(file);
    earlier = trace.earlier();
    TraceFiles.store(trace, folder);
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, everyMilliseconds, everyMilliseconds, TimeUnit.MILLISECONDS);
  }

  /** Where the store is. */
  Path folder() {
    return folder;
  }

  void look() {
    try {
      long now = Files.size(file);
      if (now == size) {
        return;
      }
      size = now;
      Trace trace = Trace.read(file);
      if (trace.earlier() != earlier) {
        // Another training: what was measured of the one before is none of its snapshots.
        earlier = trace.earlier();
        Files.delete(folder.resolve(RunStore.FILE));
      }
      TraceFiles.store(trace, folder);
    } catch (IOException | TraceException e) {
      warnings.accept(String.valueOf(e.getMessage()));
    }
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
