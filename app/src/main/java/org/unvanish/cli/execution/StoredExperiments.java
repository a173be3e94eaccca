package org.unvanish.cli.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.StoredRun;

/** The experiments that a folder's store holds, read back from their specs. */
public final class StoredExperiments {

  private StoredExperiments() {}

  /**
   * All of them, at least one.
   *
   * @throws org.unvanish.store.StoreException if the folder holds no store
   * @throws CommandFailure if the store is empty
   */
  public static List<StoredExperiment> in(Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      return of(store, folder);
    }
  }

  /**
   * All of an open store, at least one.
   *
   * @param folder where it is
   * @throws CommandFailure if the store is empty
   */
  public static List<StoredExperiment> of(RunStore store, Path folder) {
    List<StoredExperiment> experiments = store.experiments();
    if (experiments.isEmpty()) {
      throw new CommandFailure(
          "there is no experiment in %s: its %s is empty. Run one with: unvanish run FILE --out %s"
              .formatted(folder, RunStore.FILE, ShellWords.quoted(folder.toString())));
    }
    return experiments;
  }

  /**
   * Two experiments in one folder would overwrite each other's files.
   *
   * @param others that may be there as well
   * @throws CommandFailure if the folder holds an experiment of another name
   */
  public static void requireOwn(Path folder, String name, String... others) {
    if (RunStore.isIn(folder)) {
      List<StoredExperiment> there;
      try (RunStore store = RunStore.read(folder)) {
        there = store.experiments();
      }
      for (StoredExperiment stored : there) {
        if (!stored.name().equals(name) && !List.of(others).contains(stored.name())) {
          throw new CommandFailure(
              "%s holds the experiment %s, not %s. Name another folder with --out"
                  .formatted(folder, stored.name(), name));
        }
      }
    }
  }

  /**
   * The spec that was planned.
   *
   * @throws CommandFailure if there is none, as another program trained
   */
  public static ExperimentSpec spec(StoredExperiment stored, Path folder) {
    if (stored.isWatched()) {
      throw new CommandFailure(
          ("%s holds %s, which another program trained, so there is no spec to train it from. "
                  + "See it with: unvanish report %s")
              .formatted(folder, stored.name(), ShellWords.quoted(folder.toString())));
    }
    return ExperimentSpec.parseStored(
        stored.spec(),
        "%s (%s)".formatted(folder, stored.name()),
        stored.data(),
        stored.definitions());
  }

  /** The experiment that is trained there, maybe a shard; its data need not be there. */
  public static Experiment experiment(StoredExperiment stored, Path folder) {
    return stored.part(
        stored.isWatched() ? stored.watched() : spec(stored, folder).experiment(stored.data()));
  }

  /**
   * Reads the results of specs, if a folder holds all of them and all of their runs have ended.
   *
   * @param then is given the result of each while its epochs can be read
   * @return whether the folder holds them
   */
  public static boolean ended(
      Path folder, List<ExperimentSpec> specs, Consumer<ExperimentResult> then) {
    if (!RunStore.isIn(folder)) {
      return false;
    }
    try (RunStore store = RunStore.read(folder)) {
      List<String> wanted = specs.stream().map(ExperimentSpec::toYaml).toList();
      List<Experiment> there =
          store.experiments().stream()
              .filter(stored -> wanted.contains(stored.spec()))
              .map(stored -> experiment(stored, folder))
              .toList();
      if (there.size() < wanted.size()
          || there.stream().flatMap(one -> store.runs(one).stream()).anyMatch(StoredRun::isOpen)) {
        return false;
      }
      there.forEach(one -> then.accept(store.result(one)));
      return true;
    }
  }
}
