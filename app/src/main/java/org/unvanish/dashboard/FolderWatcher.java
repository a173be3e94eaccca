package org.unvanish.dashboard;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.unvanish.page.PageJson;

/** One thread that looks at all folders and tells all browsers what has changed. */
final class FolderWatcher implements AutoCloseable {

  private static final int LOOKS_BETWEEN_BEATS = 10;

  private final List<ServedFolder> folders;
  private final EventStreams streams;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "dashboard-watch");
            made.setDaemon(true);
            return made;
          });
  private int quiet;

  private record Change(String folder, long revision) {}

  FolderWatcher(List<ServedFolder> folders, EventStreams streams, long everyMilliseconds) {
    this.folders = folders;
    this.streams = streams;
    // So that the first who ask need not wait.
    thread.execute(() -> folders.forEach(ServedFolder::snapshot));
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::look, everyMilliseconds, everyMilliseconds, TimeUnit.MILLISECONDS);
  }

  /** The state of all folders: a browser that misses a message learns all from the next one. */
  String state() {
    return PageJson.text(
        folders.stream().map(folder -> new Change(folder.name(), folder.revision())).toList());
  }

  private void look() {
    boolean changed = false;
    for (ServedFolder folder : folders) {
      changed |= folder.look();
    }
    if (changed) {
      quiet = 0;
      streams.send(state());
    } else if (++quiet % LOOKS_BETWEEN_BEATS == 0) {
      streams.beat();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
