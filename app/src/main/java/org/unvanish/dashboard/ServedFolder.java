package org.unvanish.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.page.PageJson;
import org.unvanish.page.PageModel;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoreMark;

/**
 * A folder that is shown live. Its store is read at the start, and when somebody asks and it has
 * changed: once for all who ask, and never for longer than a fifth of the time, since others train
 * meanwhile.
 */
final class ServedFolder {

  private static final int REST = 4;

  /**
   * What the folder holds.
   *
   * @param revision when it was so; higher is later, also over restarts of the server
   * @param read when it was found to be so
   * @param json the page's model, or an object with the error
   * @param error why there is no model
   * @param training whether a process trains there
   * @param experiments their names and titles
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record Snapshot(
      long revision,
      Instant read,
      byte[] json,
      Optional<String> error,
      boolean training,
      List<Heading> experiments) {}

  /** An experiment in a list. */
  record Heading(String name, String title) {}

  private record Failure(String error) {}

  private final String name;
  private final Path folder;
  private final String version;

  private volatile long revision = System.currentTimeMillis();
  private volatile long restUntil = System.nanoTime();

  /** Only the watching thread uses it. */
  private StoreMark mark;

  private @Nullable Snapshot latest;

  ServedFolder(String name, Path folder, String version) {
    this.name = name;
    this.folder = folder;
    this.version = version;
    mark = StoreMark.of(folder);
  }

  String name() {
    return name;
  }

  long revision() {
    return revision;
  }

  /** Looks whether the store has changed since the last look. For a single thread. */
  boolean look() {
    if (System.nanoTime() - restUntil < 0) {
      return false;
    }
    StoreMark now = StoreMark.of(folder);
    if (now.equals(mark)) {
      return false;
    }
    mark = now;
    revision = Math.max(revision + 1, System.currentTimeMillis());
    return true;
  }

  /** Whether anything has been read so far. */
  synchronized boolean isRead() {
    return latest != null;
  }

  /** What there is; others who ask at the same moment wait for the same answer. */
  synchronized Snapshot snapshot() {
    Snapshot known = latest;
    // Before the store is read: what is written from now on makes the next revision.
    long asked = revision;
    if (known == null || known.revision() != asked) {
      long start = System.nanoTime();
      known = read(asked);
      latest = known;
      long end = System.nanoTime();
      restUntil = end + REST * (end - start);
    }
    return known;
  }

  private Snapshot read(long asked) {
    if (!RunStore.isIn(folder)) {
      return failed(
          asked,
          "there is no experiment in %s yet. It appears here as soon as unvanish run begins one."
              .formatted(folder));
    }
    try (RunStore store = RunStore.read(folder)) {
      Instant now = Instant.now();
      PageModel model = PageModel.of(store, version, now);
      List<Heading> headings =
          model.experiments().stream().map(e -> new Heading(e.name(), e.title())).toList();
      return new Snapshot(
          asked, now, model.toJson().getBytes(UTF_8), Optional.empty(), model.training(), headings);
    } catch (StoreException | SpecException e) {
      return failed(asked, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever a store can hold, the other folders are still to be seen.
      return failed(asked, "%s cannot be shown: %s".formatted(folder, e));
    }
  }

  private static Snapshot failed(long asked, String error) {
    byte[] json = PageJson.text(new Failure(error)).getBytes(UTF_8);
    return new Snapshot(asked, Instant.now(), json, Optional.of(error), false, List.of());
  }
}
