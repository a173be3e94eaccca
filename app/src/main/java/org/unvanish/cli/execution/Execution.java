package org.unvanish.cli.execution;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ExperimentProgress;
import org.unvanish.cli.terminal.Interruption;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.Shard;
import org.unvanish.experiment.execution.Calibration;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.race.Race;
import org.unvanish.race.RaceRunner;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.Provenance;
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
   * @param shard which part of its runs is trained; empty for all of them
   */
  public record Task(
      ExperimentSpec spec,
      String files,
      boolean probed,
      Optional<Examination> found,
      Optional<Shard> shard) {
    /** A task that trains all and proves no prescription. */
    public Task(ExperimentSpec spec, String files, boolean probed) {
      this(spec, files, probed, Optional.empty());
    }

    /** A task that proves no prescription. */
    public Task(ExperimentSpec spec, String files, boolean probed, Optional<Shard> shard) {
      this(spec, files, probed, Optional.empty(), shard);
    }
  }

  /**
   * A task with its data in memory, and its files.
   *
   * @param whole the experiment of its spec
   * @param experiment what is trained of it
   */
  private record Planned(
      Task task, Experiment whole, Experiment experiment, Dataset data, ExperimentFiles files) {
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
  private final Detail detail;

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
   * @param resumption what follows the program's name in the command that goes on after an
   *     interruption; empty where that is {@code run} with the folder
   */
  public Execution(
      Path folder,
      DataCatalog catalog,
      ProgressLine progress,
      PrintWriter out,
      PrintWriter err,
      List<String> resumption) {
    this(folder, catalog, progress, out, err, resumption, Detail.SCREEN);
  }

  private Execution(
      Path folder,
      DataCatalog catalog,
      ProgressLine progress,
      PrintWriter out,
      PrintWriter err,
      List<String> resumption,
      Detail detail) {
    this.resumption = List.copyOf(resumption);
    this.folder = folder;
    this.catalog = catalog;
    this.progress = progress;
    this.out = out;
    this.err = err;
    this.detail = detail;
  }

  /** The same that tells so much of the results. */
  public Execution telling(Detail asked) {
    return new Execution(folder, catalog, progress, out, err, resumption, asked);
  }

  /**
   * Trains what is not trained yet, writes the files and tells what came out.
   *
   * @param tasks experiments with different names
   * @param workers runs at a time
   * @param cluster other machines than this one, if any are asked for
   * @return of every task; once one is interrupted, the later ones have what the store holds.
   *     Epochs cannot be read from it, as the store is closed
   * @throws CommandFailure if the files cannot be written, or one is there that Unvanish did not
   *     write
   * @throws org.unvanish.torch.PyTorchMissingException if an arm is for PyTorch, which is not there
   * @throws org.unvanish.experiment.cluster.ClusterException if the cluster cannot be used
   */
  public ExecutionResult run(List<Task> tasks, Workers workers, ClusterOptions cluster) {
    return run(tasks, workers, cluster, done -> {});
  }

  /**
   * The same where the epochs are needed afterwards.
   *
   * @param then is given the results while the store is open, from which their epochs are read
   */
  public ExecutionResult run(
      List<Task> tasks, Workers workers, ClusterOptions cluster, Consumer<ExecutionResult> then) {
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
        store.plan(p.whole(), p.task().shard(), p.task().spec().toYaml(), p.task().files());
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
        List<Path> files = goesOn ? p.files().report(result, store, detail, out, err) : List.of();
        if (goesOn) {
          goesOn = !tellInterruption(p, result, cluster);
        }
        if (goesOn && p.task().shard().isPresent()) {
          tellShard(p, p.task().shard().get());
        }
        outcomes.add(new ExecutionResult.Outcome(p.task(), result, p.constant(), files));
      }
      ExecutionResult done = new ExecutionResult(outcomes);
      then.accept(done);
      return done;
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
      Experiment whole = task.spec().experiment(data);
      RunStore.requireDifferentArms(whole);
      Experiment experiment =
          task.shard().map(shard -> ShardedExperiment.part(whole, shard)).orElse(whole);
      planned.add(
          new Planned(
              task,
              whole,
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
    boolean raced = Race.mayDrop(experiment);
    // Two runs would disturb each other's clock.
    int most = timed ? 1 : experiment.runs().size();
    progress.println(
        "%s%s on %s; arms: %d, runs: %d%s, runs at a time: %d%s%s"
            .formatted(
                experiment.name(),
                planned.task().shard().map(shard -> ", " + shard + ",").orElse(""),
                experiment.data().title(),
                experiment.arms().size(),
                experiment.runs().size(),
                raced ? " at most, because racing drops arms (--no-racing trains all)" : "",
                Math.min(machines.count(), most),
                machines.where(),
                timed && machines.count() > 1 ? ", because they are timed" : ""));
    planned.task().spec().inputScaling(planned.data()).remark().ifPresent(progress::println);
    if (timed && store.runs(experiment).stream().anyMatch(StoredRun::isOpen)) {
      // Java compiles what the runs need before the first of them is timed.
      Calibration.measure(experiment, planned.data(), WARM_UP);
    }
    ExperimentRunner plain = new ExperimentRunner(machines.executor(most, backends.trainers()));
    ExperimentRunner runner = planned.task().probed() ? plain.probing(planned.whole()) : plain;
    Function<Backend, Provenance> provenance =
        backend -> machines.provenance(backends.provenance(backend));
    ExperimentResult result =
        raced ? race(planned, store, provenance, runner) : all(planned, store, provenance, runner);
    progress.clear();
    return result;
  }

  private ExperimentResult race(
      Planned planned,
      RunStore store,
      Function<Backend, Provenance> provenance,
      ExperimentRunner runner) {
    return new RaceRunner(runner, store)
        .run(
            planned.experiment(),
            planned.data(),
            provenance,
            stage -> {
              progress.println(stage.title());
              return List.of(new ExperimentProgress(stage, progress));
            });
  }

  private ExperimentResult all(
      Planned planned,
      RunStore store,
      Function<Backend, Provenance> provenance,
      ExperimentRunner runner) {
    Experiment experiment = planned.experiment();
    Map<Run, RunOutcome> outcomes =
        runner.execute(
            experiment,
            planned.data(),
            store.earlier(experiment),
            store.listener(experiment, provenance),
            new ExperimentProgress(experiment, progress));
    // A run that failed earlier and was not tried again is interrupted, and no failure of today.
    return store.result(experiment).ended(outcomes);
  }

  /** Says how to go on, if runs were stopped. */
  private boolean tellInterruption(
      Planned planned, ExperimentResult result, ClusterOptions cluster) {
    int missing = result.with(RunOutcome.Interrupted.class).size();
    if (missing == 0) {
      return false;
    }
    boolean waits =
        Race.mayDrop(result.experiment()) && !result.with(RunOutcome.Failed.class).isEmpty();
    err.printf(
        "unvanish: %s: %d of %d runs of %s have ended. Every finished epoch is kept. To "
            + "continue: %s%n",
        waits ? "the race waits for runs that failed" : "stopped",
        result.runs().size() - missing,
        result.runs().size(),
        result.experiment().name(),
        CommandName.line(resumption.isEmpty() ? words(planned.task(), cluster) : resumption));
    err.flush();
    return true;
  }

  /** A shard is no experiment yet. */
  private void tellShard(Planned planned, Shard shard) {
    out.printf(
        "This is %s: %d of the %d runs of %s. When all shards are done: %s%n",
        shard,
        planned.experiment().runs().size(),
        planned.whole().runs().size(),
        planned.whole().name(),
        ShardedExperiment.mergeCommand(folder, shard));
    out.flush();
  }

  private List<String> words(Task task, ClusterOptions cluster) {
    List<String> words = new ArrayList<>(List.of("run", folder.toString()));
    if (task.probed()) {
      words.add("--probe");
    }
    words.addAll(cluster.words());
    return words;
  }
}
