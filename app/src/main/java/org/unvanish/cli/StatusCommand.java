package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.text.Json;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.store.RunState;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.StoredRun;
import org.unvanish.text.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how far the experiments of a folder are. */
@Command(
    name = "status",
    description = "Shows the progress of a folder's experiments, also while they run.",
    footer = {
      "",
      "Examples:",
      "  unvanish status results/paper-cifar10",
      "  unvanish status results/depth --json",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A folder with runs.")
  private Path folder = Path.of("");

  @Option(
      names = "--json",
      description = "Print every run with its state and provenance, as " + "JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (RunStore store = RunStore.read(folder)) {
      if (json) {
        out.println(Json.text(json(store)));
        out.flush();
      } else {
        boolean unfinished = tell(store, out);
        out.flush();
        boolean training = store.trainingProcess().isPresent();
        // What is left to be trained is said with the command for it.
        if (training || !unfinished) {
          new NextCommand(spec).afterStatus(folder, training);
        }
      }
    }
    return 0;
  }

  /** Returns whether runs are left to be trained. */
  private boolean tell(RunStore store, PrintWriter out) {
    boolean unfinished = false;
    boolean stopped = false;
    for (StoredExperiment stored : StoredExperiments.of(store, folder)) {
      Experiment experiment = StoredExperiments.experiment(stored, folder);
      List<StoredRun> runs = store.runs(experiment);
      out.printf("%s: %s, on %s%n", stored.name(), experiment.title(), stored.data().title());
      out.print(table(experiment, runs));
      for (Arm arm : experiment.arms()) {
        if (arm.backend() != Backend.ENGINE) {
          out.printf("“%s” is computed by %s%n", arm.name(), arm.backend().title());
        }
      }
      tellDropped(runs, out);
      for (StoredRun run : runs) {
        run.ended()
            .filter(ended -> !(ended instanceof RunOutcome.Dropped))
            .map(RunOutcome::detail)
            .filter(detail -> !detail.isEmpty())
            .ifPresent(
                detail ->
                    out.printf(
                        "“%s” with seed %d %s: %s%n",
                        run.arm(), run.seed(), run.state().label(), detail));
      }
      out.println();
      unfinished |= runs.stream().anyMatch(StoredRun::isOpen);
      stopped |= runs.stream().anyMatch(run -> run.state() == RunState.STOPPED);
    }
    OptionalLong process = store.trainingProcess();
    if (process.isPresent()) {
      out.printf("Process %d is training here.%n", process.getAsLong());
    } else if (unfinished) {
      out.printf(
          "%s. To continue: %s%n",
          stopped
              ? "The training was stopped, and every finished epoch is kept"
              : "Nothing is training here",
          CommandName.line("run", folder.toString()));
    }
    return unfinished;
  }

  /** A line for each arm: its runs were dropped together. */
  private static void tellDropped(List<StoredRun> runs, PrintWriter out) {
    runs.stream()
        .flatMap(run -> run.ended().stream())
        .filter(RunOutcome.Dropped.class::isInstance)
        .map(ended -> ((RunOutcome.Dropped) ended).arm())
        .distinct()
        .forEach(arm -> out.printf("“%s” dropped: %s%n", arm.arm(), arm.detail()));
  }

  private static String table(Experiment experiment, List<StoredRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "runs", "epochs"));
    for (Arm arm : experiment.arms()) {
      List<StoredRun> own = runs.stream().filter(r -> r.arm().equals(arm.name())).toList();
      rows.add(List.of(arm.name(), states(own), epochs(own)));
    }
    return TextTable.of(rows);
  }

  /** {@code 4 finished, 2 running, 19 planned}. */
  private static String states(List<StoredRun> runs) {
    return Arrays.stream(RunState.values())
        .map(state -> count(runs, state) + " " + state.label())
        .filter(text -> !text.startsWith("0 "))
        .collect(Collectors.joining(", "));
  }

  private static long count(List<StoredRun> runs, RunState state) {
    return runs.stream().filter(run -> run.state() == state).count();
  }

  /**
   * Of a run that has more than it is asked for, those it is asked for; of one that was dropped,
   * nobody asks for more than it has.
   */
  private static String epochs(List<StoredRun> runs) {
    int done = runs.stream().mapToInt(r -> Math.min(r.epochsDone(), r.epochsAsked())).sum();
    int asked =
        runs.stream()
            .mapToInt(r -> r.state() == RunState.DROPPED ? r.epochsDone() : r.epochsAsked())
            .sum();
    return "%d of %d".formatted(done, asked);
  }

  private Object json(RunStore store) {
    OptionalLong process = store.trainingProcess();
    return Json.object(
        "folder",
        folder.toString(),
        "training_process",
        process.isPresent() ? process.getAsLong() : null,
        "experiments",
        StoredExperiments.of(store, folder).stream().map(stored -> json(stored, store)).toList());
  }

  private Object json(StoredExperiment stored, RunStore store) {
    Experiment experiment = StoredExperiments.experiment(stored, folder);
    return Json.object(
        "experiment",
        stored.name(),
        "title",
        experiment.title(),
        "shard",
        stored
            .shard()
            .map(shard -> Json.object("number", shard.number(), "count", shard.count()))
            .orElse(null),
        "data",
        stored.data().name(),
        "data_sha256",
        stored.data().sha256(),
        "arms",
        experiment.arms().stream()
            .map(
                arm ->
                    Json.object(
                        "arm",
                        arm.name(),
                        "backend",
                        arm.backend().label(),
                        "sha256",
                        Definition.of(arm, stored.data()).sha256()))
            .toList(),
        "runs",
        store.runs(experiment).stream().map(StatusCommand::json).toList());
  }

  private static Object json(StoredRun run) {
    return Json.object(
        "arm",
        run.arm(),
        "seed",
        run.seed(),
        "state",
        run.state().label(),
        "epochs_done",
        run.epochsDone(),
        "epochs_asked",
        run.epochsAsked(),
        "detail",
        run.ended().map(RunOutcome::detail).orElse(null),
        "sessions",
        run.sessions().stream()
            .map(
                s ->
                    Json.object(
                        "first_epoch",
                        s.firstEpoch(),
                        "start",
                        s.start().toString(),
                        "end",
                        s.end().map(Object::toString).orElse(null),
                        "version",
                        s.provenance().version(),
                        "jvm",
                        s.provenance().jvm(),
                        "cpu",
                        s.provenance().cpu()))
            .toList());
  }
}
