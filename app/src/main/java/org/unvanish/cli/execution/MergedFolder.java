package org.unvanish.cli.execution;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.race.Race;
import org.unvanish.race.RaceRunner;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;

/** The folder that a merge makes: its files are those of an execution. */
public final class MergedFolder {

  private MergedFolder() {}

  /**
   * Looks whether the files can be written, before anything is merged.
   *
   * @param sources the folders that are merged
   * @throws org.unvanish.cli.terminal.CommandFailure if a file is there that Unvanish did not write
   */
  public static void check(List<Path> sources, Path folder) {
    for (Path source : sources) {
      for (StoredExperiment stored : StoredExperiments.in(source)) {
        if (!stored.isWatched()) {
          plan(stored, source, folder);
        }
      }
    }
  }

  private static ExperimentFiles plan(StoredExperiment stored, Path source, Path folder) {
    return ExperimentFiles.plan(
        StoredExperiments.spec(stored, source), folder.resolve(stored.files()), folder);
  }

  /**
   * Writes the files of what was merged, tells what came out, and what is left to do.
   *
   * @return true where nothing is left
   */
  public static boolean report(Path folder, PrintWriter out, PrintWriter err) {
    decideRaces(folder);
    boolean complete = true;
    try (RunStore store = RunStore.read(folder)) {
      for (StoredExperiment stored : store.experiments()) {
        Experiment experiment = StoredExperiments.experiment(stored, folder);
        if (stored.isWatched()) {
          continue;
        }
        ExperimentResult result = store.result(experiment);
        plan(stored, folder, folder).report(result, store, Detail.SCREEN, out, err);
        int missing = result.with(RunOutcome.Interrupted.class).size();
        if (missing > 0) {
          out.printf(
              "%d of the %d runs of %s have not ended yet. Merge the missing shards too, or "
                  + "train the rest here: %s%n",
              missing,
              result.runs().size(),
              stored.name(),
              CommandName.line("run", folder.toString()));
          complete = false;
        }
      }
    }
    out.flush();
    return complete;
  }

  /** Who was dropped from a race is not merged, but decided again by the same epochs. */
  private static void decideRaces(Path folder) {
    try (RunStore store = RunStore.open(folder)) {
      for (StoredExperiment stored : store.experiments()) {
        if (!stored.isWatched()) {
          Experiment experiment = StoredExperiments.experiment(stored, folder);
          if (Race.mayDrop(experiment)) {
            store.plan(experiment, stored.spec(), stored.files());
            RaceRunner.decide(experiment, store);
          }
        }
      }
    }
  }
}
