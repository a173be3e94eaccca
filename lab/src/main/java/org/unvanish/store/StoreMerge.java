package org.unvanish.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.unvanish.store.merge.DiagnosisMerge;
import org.unvanish.store.merge.ExperimentMerge;
import org.unvanish.store.merge.MergeSource;
import org.unvanish.store.merge.RunMerge;
import org.unvanish.store.sql.Database;
import org.unvanish.store.table.ExperimentReader;

/**
 * Makes one store of several, such as those of an experiment's shards.
 *
 * <p>A run that two stores have must be the same in both as far as both went, in every bit but the
 * clock's; the one with more epochs is kept. The merged store has the experiments as a whole,
 * whatever the order of the sources, and its runs are the rows of the sources. It is built beside
 * its place and renamed: whatever happens, there is the old store or the new one.
 */
public final class StoreMerge {

  /** Where it is built, in the folder of the result. */
  private static final String BESIDE = "runs.merging";

  private final List<Path> sources;
  private final Path folder;

  /**
   * @param sources folders with stores, which are only read
   * @param folder of the result, created if it is missing; where it has a store, that is a source
   *     as well
   */
  public StoreMerge(List<Path> sources, Path folder) {
    this.sources = List.copyOf(sources);
    this.folder = folder;
  }

  /**
   * Merges.
   *
   * @param progress is told after each run how many are done, and of how many
   * @return how many runs the merged store has
   * @throws StoreException if a folder has no store, a process trains in one, two disagree, or the
   *     folder cannot be written; then nothing has changed
   */
  public int merge(BiConsumer<Integer, Integer> progress) {
    boolean isNew = !Files.exists(folder);
    List<Path> stores = stores();
    stores.forEach(StoreMerge::requireIdle);
    try {
      Files.createDirectories(folder);
      boolean hadLock = Files.exists(folder.resolve(FolderLock.FILE));
      boolean done = false;
      FolderLock lock = FolderLock.of(folder);
      try {
        int runs = build(stores, progress);
        putInPlace();
        remove(beside());
        done = true;
        return runs;
      } finally {
        lock.close();
        if (!done) {
          undo(isNew, hadLock);
        }
      }
    } catch (IOException e) {
      throw new StoreException("the folder %s cannot be used: %s.".formatted(folder, e), e);
    }
  }

  /** Leaves the folder as it was, whatever has failed. */
  private void undo(boolean isNew, boolean hadLock) throws IOException {
    remove(beside());
    if (!hadLock) {
      Files.deleteIfExists(folder.resolve(FolderLock.FILE));
    }
    if (isNew) {
      Files.deleteIfExists(folder);
    }
  }

  /** Each once, however it is written. */
  private List<Path> stores() {
    List<Path> all = new ArrayList<>(sources);
    if (RunStore.isIn(folder)) {
      all.add(folder);
    }
    Map<Path, Path> stores = new LinkedHashMap<>();
    for (Path store : all) {
      if (!RunStore.isIn(store)) {
        throw new StoreException(
            "there is no experiment in %s: it has no %s.".formatted(store, RunStore.FILE));
      }
      try {
        stores.putIfAbsent(store.toRealPath(), store);
      } catch (IOException e) {
        throw new StoreException("the folder %s cannot be read: %s.".formatted(store, e), e);
      }
    }
    return List.copyOf(stores.values());
  }

  private static void requireIdle(Path store) {
    try {
      OptionalLong process = FolderLock.holder(store);
      if (process.isPresent()) {
        throw new StoreException(
            ("process %d is training in %s. Merge when it has ended, or stop it. No finished "
                    + "epoch is lost.")
                .formatted(process.getAsLong(), store));
      }
    } catch (IOException e) {
      throw new StoreException("the folder %s cannot be read: %s.".formatted(store, e), e);
    }
  }

  private Path beside() {
    return folder.resolve(BESIDE);
  }

  private int build(List<Path> stores, BiConsumer<Integer, Integer> progress) throws IOException {
    // What a merge that was killed has left.
    remove(beside());
    Files.createDirectory(beside());
    List<MergeSource> opened = new ArrayList<>();
    try {
      for (Path store : stores) {
        opened.add(MergeSource.open(store));
        if (Files.isSameFile(store, folder)) {
          requireWhole(opened.get(opened.size() - 1));
        }
      }
      ExperimentMerge experiments = new ExperimentMerge(opened);
      RunMerge runs = new RunMerge(opened, experiments);
      try (Database target = Database.writable(beside().resolve(RunStore.FILE))) {
        experiments.write(target);
        int[] done = {0};
        runs.write(target, () -> progress.accept(++done[0], runs.size()));
        new DiagnosisMerge(opened, experiments).write(target);
      }
      return runs.size();
    } finally {
      opened.forEach(MergeSource::close);
    }
  }

  /** Who goes on with a shard's folder expects the shard there. */
  private void requireWhole(MergeSource own) {
    for (StoredExperiment stored :
        own.database().read(connection -> new ExperimentReader(connection).experiments())) {
      if (stored.shard().isPresent()) {
        throw new StoreException(
            "%s holds %s of %s. Name another folder for the merged experiment."
                .formatted(folder, stored.shard().get(), stored.name()));
      }
    }
  }

  private void putInPlace() throws IOException {
    Path file = folder.resolve(RunStore.FILE);
    if (Files.exists(file)) {
      // Moves the log into the file, so that the new one does not get the old one's log.
      Database.writable(file).close();
      Path log = folder.resolve(RunStore.FILE + "-wal");
      if (Files.exists(log) && Files.size(log) > 0) {
        throw new StoreException(
            "%s is in use by another program. Close that and try again.".formatted(file));
      }
    }
    Files.move(
        beside().resolve(RunStore.FILE),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a folder that a merge has made, and nothing but a store in it. */
  private static void remove(Path beside) throws IOException {
    if (!Files.isDirectory(beside)) {
      return;
    }
    try (Stream<Path> files = Files.list(beside)) {
      for (Path file : files.filter(RunStore::isPartOf).toList()) {
        Files.delete(file);
      }
    }
    Files.delete(beside);
  }
}
