package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.cli.terminal.BothListeners;
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
import org.unvanish.experiment.ExperimentRunner;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.file.ResultFile;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Loss;
import org.unvanish.paper.Assumption;
import org.unvanish.paper.Claim;
import org.unvanish.paper.ClaimText;
import org.unvanish.paper.JudgedClaim;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.report.ClaimCsv;
import org.unvanish.report.Report;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredRun;

/**
 * Experiments that share a folder, carried out at the terminal: store, progress, files, results.
 */
final class Execution {

  /**
   * An experiment, where its files go and what is probed.
   *
   * @param spec what is trained
   * @param files a sub-folder of the execution's folder; empty for the folder itself
   * @param probed whether the first seed's run of each arm is probed along its training
   * @param found an examination of one of its arms, whose prescription the experiment is to prove,
   *     to be kept beside the runs
   */
  record Task(ExperimentSpec spec, String files, boolean probed, Optional<Examination> found) {
    Task(ExperimentSpec spec, String files, boolean probed) {
      this(spec, files, probed, Optional.empty());
    }
  }

  /** A task with its data in memory, and where its spec is written down. */
  private record Planned(Task task, Experiment experiment, Dataset data, SpecCopy spec) {}

  private static final String CLAIMS = "claims.csv";

  private final Path folder;
  private final DataCatalog catalog;
  private final ProgressLine progress;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<String> resumption;
  private boolean interrupted;

  /**
   * @param folder holds the store and all files; created where it is missing
   * @param out for the results
   * @param err for progress, warnings and errors
   */
  Execution(
      Path folder, DataCatalog catalog, ProgressLine progress, PrintWriter out, PrintWriter err) {
    this(folder, catalog, progress, out, err, List.of());
  }

  /**
   * @param resumption the words of the command that goes on after an interruption; empty where that
   *     is {@code unvanish run} with the folder
   */
  Execution(
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
   * @param workers runs that are under way at a time
   * @return 0, or 1 if runs failed or were interrupted
   * @throws CommandFailure if the files cannot be written, or one is there that Unvanish did not
   *     write
   * @throws org.unvanish.torch.PyTorchMissingException if an arm is for PyTorch, which is not there
   */
  int run(List<Task> tasks, int workers) {
    Backends backends = new Backends(tasks.stream().map(Task::spec).toList());
    List<Planned> planned = load(tasks);
    progress.clear();
    for (Planned p : planned) {
      MemoryPlan.of(p.experiment(), p.data())
          .require(Math.min(workers, p.experiment().runs().size()));
    }
    OutputFolder.prepare(folder);
    Interruption interruption = new Interruption();
    try (RunStore store = RunStore.open(folder)) {
      for (Planned p : planned) {
        store.plan(p.experiment(), p.task().spec().toYaml(), p.task().files());
        if (p.task().found().isPresent()) {
          store.keep(p.task().found().get());
          store.keep(p.experiment(), constant(p));
        }
      }
      boolean good = true;
      for (Planned p : planned) {
        ExperimentResult result = carryOut(p, store, backends, workers);
        good &= report(p, result);
        if (tellInterruption(p, result)) {
          return Unvanish.FAILED;
        }
      }
      return good ? 0 : Unvanish.FAILED;
    } finally {
      progress.clear();
      interruption.close();
    }
  }

  /** What needs no training, by the loss that all arms share. */
  private static ConstantPredictor constant(Planned planned) {
    Loss loss = planned.experiment().arms().get(0).settings().loss();
    return loss.constant(planned.data().test().targets().all());
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
      planned.add(new Planned(task, experiment, data, requireReplaceable(task)));
    }
    return planned;
  }

  /** Hours later would be too late. */
  private SpecCopy requireReplaceable(Task task) {
    Path files = folder.resolve(task.files());
    try {
      Report.requireReplaceable(task.spec().name(), files);
      ResultFile.requireReplaceable(files.resolve(CLAIMS));
      return SpecCopy.plan(task.spec(), files, folder);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot write to %s: %s. Move it away, or choose another folder"
              .formatted(files, OutputFolder.reason(e)),
          e);
    }
  }

  /** True where the runs were stopped before all had ended. */
  boolean isInterrupted() {
    return interrupted;
  }

  private ExperimentResult carryOut(
      Planned planned, RunStore store, Backends backends, int mostWorkers) {
    Experiment experiment = planned.experiment();
    boolean timed = RuntimeTable.isOf(experiment);
    // Two runs would disturb each other's clock.
    int workers = timed ? 1 : mostWorkers;
    err.printf(
        "%s on %s; arms: %d, runs: %d, runs at a time: %d%s%n",
        experiment.name(),
        experiment.data().title(),
        experiment.arms().size(),
        experiment.runs().size(),
        Math.min(workers, experiment.runs().size()),
        timed && mostWorkers > 1 ? ", as they are timed" : "");
    planned.task().spec().inputScaling(planned.data()).remark().ifPresent(err::println);
    err.flush();
    if (timed && store.runs(experiment).stream().anyMatch(StoredRun::isOpen)) {
      WarmUp.of(experiment, planned.data());
    }
    ExperimentRunner runner = new ExperimentRunner(workers, backends.trainings());
    ExperimentResult result =
        (planned.task().probed() ? runner.probing() : runner)
            .run(
                experiment,
                planned.data(),
                store.earlier(experiment),
                new BothListeners(
                    store.listener(experiment, backends::provenance),
                    new ExperimentProgress(experiment, progress)));
    progress.clear();
    return result;
  }

  /** True where no run failed. */
  private boolean report(Planned planned, ExperimentResult result) {
    List<JudgedClaim> findings = Claim.check(result);
    List<Path> files = write(planned, result, findings);
    out.print(ResultTable.of(result).text());
    out.println();
    RuntimeTable.of(result)
        .ifPresentOrElse(
            table -> out.print(table.text()),
            () -> ExperimentVerdict.of(result).forEach(out::println));
    if (!findings.isEmpty()) {
      out.println();
      out.print(ClaimText.of(result.experiment().data(), findings));
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
    return failed.isEmpty();
  }

  private List<Path> write(Planned planned, ExperimentResult result, List<JudgedClaim> findings) {
    Path files = folder.resolve(planned.task().files());
    try {
      List<Path> written =
          new ArrayList<>(Report.write(result, Assumption.notes(result.experiment()), files));
      if (!findings.isEmpty()) {
        Path claims = files.resolve(CLAIMS);
        ResultFile.write(claims, ClaimCsv.of(findings).getBytes(StandardCharsets.UTF_8));
        written.add(claims);
      }
      planned.spec().write().ifPresent(written::add);
      return written;
    } catch (IOException e) {
      throw new CommandFailure(
          "the files in %s are not complete: %s. All runs are kept: free some space and give the"
                  .formatted(files, OutputFolder.reason(e))
              + " same command again",
          e);
    }
  }

  private List<String> run(boolean probed) {
    List<String> words = new ArrayList<>(List.of("unvanish", "run", folder.toString()));
    if (probed) {
      words.add("--probe");
    }
    return words;
  }

  private boolean tellInterruption(Planned planned, ExperimentResult result) {
    int missing = result.with(RunOutcome.Interrupted.class).size();
    if (missing == 0) {
      return false;
    }
    interrupted = true;
    err.printf(
        "unvanish: interrupted; %d of %d runs of %s have ended, and every finished epoch is kept."
            + " To go on: %s%n",
        result.runs().size() - missing,
        result.runs().size(),
        result.experiment().name(),
        ShellWords.line(resumption.isEmpty() ? run(planned.task().probed()) : resumption));
    err.flush();
    return true;
  }
}
