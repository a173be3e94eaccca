package org.unvanish.cli.execution;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.beyond.EscapeTable;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ExperimentProgress;
import org.unvanish.cli.terminal.Interruption;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.ResultTable;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.Calibration;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredRun;
import org.unvanish.train.TrainingSettings;

/**
 * Experiments that share a folder, carried out at the terminal: store, progress, files, results.
 */
public final class Execution {

  /**
   * An experiment, where its files go and what is probed.
   *
   * @param spec what is trained
   * @param files a sub-folder of the execution's folder; empty for the folder itself
   * @param probed whether the first seed's run of each arm is probed along its training
   * @param found an examination of one of its arms, whose prescription the experiment is to prove,
   *     to be kept beside the runs
   */
  public record Task(
      ExperimentSpec spec, String files, boolean probed, Optional<Examination> found) {
    /** A task that proves no prescription. */
    public Task(ExperimentSpec spec, String files, boolean probed) {
      this(spec, files, probed, Optional.empty());
    }
  }

  /** A task with its data in memory, and its files. */
  private record Planned(Task task, Experiment experiment, Dataset data, ExperimentFiles files) {
    /** What needs no training, by the loss that all arms share. */
    ConstantPredictor constant() {
      TrainingSettings settings = experiment.arms().get(0).settings();
      return settings
          .loss()
          .fitted(settings.targets(data.train(), data.train()))
          .constant(settings.targets(data.test(), data.train()));
    }
  }

  /** A test has no time to measure and shortens it. */
  private static final Duration WARM_UP =
      Duration.ofMillis(Long.getLong("unvanish.warm-up.milliseconds", 4000));

  private final Path folder;
  private final DataCatalog catalog;
  private final ProgressLine progress;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<String> resumption;

  /**
   * @param folder holds the store and all files; created where it is missing
   * @param out for the results
   * @param err for progress, warnings and errors
   */
  public Execution(
      Path folder, DataCatalog catalog, ProgressLine progress, PrintWriter out, PrintWriter err) {
    this(folder, catalog, progress, out, err, List.of());
  }

  /**
   * @param resumption the words of the command that goes on after an interruption; empty where that
   *     is {@code unvanish run} with the folder
   */
  public Execution(
      Path folder,
      DataCatalog catalog,
      ProgressLine progress,
      PrintWriter out,
      PrintWriter err,
      List<String> resumption) {
    this.resumption = List.copyOf(resumption);
    this.folder = folder;
    this.catalog = catalog;
    this.progress = progress;
    this.out = out;
    this.err = err;
  }

  /**
   * Trains what is not trained yet, writes the files and tells what came out.
   *
   * @param tasks experiments with different names
   * @param workers runs at a time
   * @param cluster other machines than this one, if any are asked for
   * @return of every task; once one is interrupted, the later ones have what the store holds
   * @throws CommandFailure if the files cannot be written, or one is there that Unvanish did not
   *     write
   * @throws org.unvanish.torch.PyTorchMissingException if an arm is for PyTorch, which is not there
   * @throws org.unvanish.experiment.cluster.ClusterException if the cluster cannot be used
   */
  public ExecutionResult run(List<Task> tasks, Workers workers, ClusterOptions cluster) {
    Backends backends = new Backends(tasks.stream().map(Task::spec).toList());
    List<Planned> planned = load(tasks);
    progress.clear();
    for (Planned p : planned) {
      Machines.require(workers, cluster, p.experiment(), p.data());
    }
    OutputFolder.prepare(folder);
    Interruption interruption = new Interruption();
    try (Machines machines = machines(planned, workers, cluster);
        RunStore store = RunStore.open(folder)) {
      for (Planned p : planned) {
        store.plan(p.experiment(), p.task().spec().toYaml(), p.task().files());
        if (p.task().found().isPresent()) {
          store.keep(p.task().found().get());
          store.keep(p.experiment(), p.constant());
        }
      }
      List<ExecutionResult.Outcome> outcomes = new ArrayList<>();
      boolean goesOn = true;
      for (Planned p : planned) {
        ExperimentResult result =
            goesOn ? carryOut(p, store, backends, machines) : store.result(p.experiment());
        List<Path> files = goesOn ? report(p, result, store) : List.of();
        if (goesOn) {
          goesOn = !tellInterruption(p, result, cluster);
        }
        outcomes.add(new ExecutionResult.Outcome(p.task(), result, p.constant(), files));
      }
      return new ExecutionResult(outcomes);
    } finally {
      progress.clear();
      interruption.close();
    }
  }

  /** Large enough for each of the experiments. */
  private Machines machines(List<Planned> planned, Workers workers, ClusterOptions cluster) {
    MemoryPlan need =
        planned.stream()
            .map(p -> MemoryPlan.of(p.experiment(), p.data()))
            .reduce(MemoryPlan::max)
            .orElseThrow();
    return Machines.open(
        workers,
        cluster,
        planned.get(0).experiment().name(),
        need,
        notice -> {
          progress.clear();
          err.println("unvanish: " + notice);
          err.flush();
        });
  }

  /** Everything is loaded and checked before anything is trained or written. */
  private List<Planned> load(List<Task> tasks) {
    Map<DataSource, Dataset> loaded = new HashMap<>();
    List<Planned> planned = new ArrayList<>();
    for (Task task : tasks) {
      Dataset data =
          loaded.computeIfAbsent(
              task.spec().dataSource(),
              source -> task.spec().load(catalog, new LoadingProgress(progress)));
      Experiment experiment = task.spec().experiment(data);
      RunStore.requireDifferentArms(experiment);
      planned.add(
          new Planned(
              task,
              experiment,
              data,
              ExperimentFiles.plan(task.spec(), folder.resolve(task.files()), folder)));
    }
    return planned;
  }

  private ExperimentResult carryOut(
      Planned planned, RunStore store, Backends backends, Machines machines) {
    Experiment experiment = planned.experiment();
    boolean timed = RuntimeTable.isOf(experiment);
    // Two runs would disturb each other's clock.
    int most = timed ? 1 : experiment.runs().size();
    err.printf(
        "%s on %s; arms: %d, runs: %d, runs at a time: %d%s%s%n",
        experiment.name(),
        experiment.data().title(),
        experiment.arms().size(),
        experiment.runs().size(),
        Math.min(machines.count(), most),
        machines.where(),
        timed && machines.count() > 1 ? ", as they are timed" : "");
    planned.task().spec().inputScaling(planned.data()).remark().ifPresent(err::println);
    err.flush();
    if (timed && store.runs(experiment).stream().anyMatch(StoredRun::isOpen)) {
      // Java compiles what the runs need before the first of them is timed.
      Calibration.measure(experiment, planned.data(), WARM_UP);
    }
    ExperimentRunner runner = new ExperimentRunner(machines.executor(most, backends.trainers()));
    ExperimentResult result =
        (planned.task().probed() ? runner.probing() : runner)
            .run(
                experiment,
                planned.data(),
                store.earlier(experiment),
                store.listener(
                    experiment, backend -> machines.provenance(backends.provenance(backend))),
                new ExperimentProgress(experiment, progress));
    progress.clear();
    return result;
  }

  /** Writes the files, and tells what came out. */
  private List<Path> report(Planned planned, ExperimentResult result, RunStore store) {
    List<JudgedClaim> claims = ShippedExperiments.judge(result);
    List<Path> files = planned.files().write(result, store.diagnoses(planned.experiment()), claims);
    out.print(ResultTable.of(result).text());
    out.println();
    RuntimeTable.of(result)
        .ifPresentOrElse(
            table -> out.print(table.text()),
            () -> ExperimentVerdict.of(result).forEach(out::println));
    EscapeTable.of(result).ifPresent(table -> out.print("\n" + table.text()));
    if (!claims.isEmpty()) {
      out.println();
      out.print(ClaimText.of(result.experiment().data(), claims));
    }
    out.println();
    files.forEach(file -> out.println("wrote " + file));
    out.flush();
    List<RunResult> failed = result.with(RunOutcome.Failed.class);
    if (!failed.isEmpty()) {
      err.println("unvanish: %d runs failed; the first:".formatted(failed.size()));
      err.print(((RunOutcome.Failed) failed.get(0).outcome()).stackTrace());
      err.flush();
    }
    return files;
  }

  /** Says how to go on, if runs were stopped. */
  private boolean tellInterruption(
      Planned planned, ExperimentResult result, ClusterOptions cluster) {
    int missing = result.with(RunOutcome.Interrupted.class).size();
    if (missing == 0) {
      return false;
    }
    err.printf(
        "unvanish: interrupted; %d of %d runs of %s have ended, and every finished epoch is kept."
            + " To go on: %s%n",
        result.runs().size() - missing,
        result.runs().size(),
        result.experiment().name(),
        ShellWords.line(resumption.isEmpty() ? words(planned.task(), cluster) : resumption));
    err.flush();
    return true;
  }

  private List<String> words(Task task, ClusterOptions cluster) {
    List<String> words = new ArrayList<>(List.of("unvanish", "run", folder.toString()));
    if (task.probed()) {
      words.add("--probe");
    }
    words.addAll(cluster.words());
    return words;
  }
}
