package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentListener;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.ExperimentRunner;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.paper.Assumption;
import org.unvanish.report.CsvFiles;
import org.unvanish.report.Report;
import org.unvanish.report.ResultTable;
import org.unvanish.report.Summary;
import org.unvanish.report.Verdict;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/** An experiment carried out at the terminal: progress, files, and what it showed. */
final class Reproduction {

  private final Experiment experiment;
  private final Dataset data;
  private final Path folder;
  private final ProgressLine progress;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<RunResult> ended = new ArrayList<>();

  /**
   * @param folder where the results go; exists
   * @param out for the results
   * @param err for warnings and errors
   */
  Reproduction(
      Experiment experiment,
      Dataset data,
      Path folder,
      ProgressLine progress,
      PrintWriter out,
      PrintWriter err) {
    this.experiment = experiment;
    this.data = data;
    this.folder = folder;
    this.progress = progress;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs everything, writes the files and tells what came out.
   *
   * @param workers runs that are under way at a time
   * @return 0, or 1 if runs failed or were interrupted
   * @throws CommandFailure if the results cannot be written
   */
  int run(int workers) {
    Interruption interruption = new Interruption();
    try {
      ExperimentResult result = new ExperimentRunner(workers).run(experiment, data, new Listener());
      progress.clear();
      tell(result, write(result));
      return exitCode(result);
    } finally {
      interruption.close();
    }
  }

  private void tell(ExperimentResult result, List<Path> files) {
    out.print(ResultTable.of(result));
    out.println();
    Verdict.of(result).forEach(out::println);
    out.println();
    files.forEach(file -> out.println("wrote " + file));
    out.flush();
  }

  private int exitCode(ExperimentResult result) {
    List<RunResult> failed = result.with(RunOutcome.Failed.class);
    if (!failed.isEmpty()) {
      err.println("unvanish: %d runs failed; the first:".formatted(failed.size()));
      err.print(((RunOutcome.Failed) failed.get(0).outcome()).stackTrace());
    }
    int interrupted = result.with(RunOutcome.Interrupted.class).size();
    if (interrupted > 0) {
      err.println(
          "unvanish: interrupted; %d of %d runs are missing from the results."
              .formatted(interrupted, result.runs().size()));
    }
    err.flush();
    return failed.isEmpty() && interrupted == 0 ? 0 : Unvanish.FAILED;
  }

  private List<Path> write(ExperimentResult result) {
    try {
      return Report.write(result, Assumption.notes(experiment), folder);
    } catch (IOException e) {
      throw new CommandFailure(
          "the results in %s are not complete: %s".formatted(folder, OutputFolder.reason(e)), e);
    }
  }

  /** Keeps the numbers of each run as soon as it ends, so that a kill loses none of them. */
  private void keep(RunResult result) {
    ended.add(result);
    ended.sort(
        Comparator.comparingInt((RunResult r) -> experiment.arms().indexOf(r.run().arm()))
            .thenComparingLong(r -> r.run().seed()));
    ExperimentResult soFar = new ExperimentResult(experiment, ended);
    try {
      CsvFiles.write(soFar, Summary.of(soFar), folder);
    } catch (IOException e) {
      // Not fatal yet: the disk may have room again when the last run ends.
      progress.println(
          "unvanish: cannot write to %s at the moment: %s"
              .formatted(folder, OutputFolder.reason(e)));
    }
  }

  /** Shows what happens, and keeps what ended. */
  private final class Listener implements ExperimentListener {
    private final ExperimentProgress shown = new ExperimentProgress(experiment, progress);

    @Override
    public void stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
      shown.stepTaken(run, epoch, step, stepsPerEpoch);
    }

    @Override
    public void epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
      shown.epochFinished(run, epoch, checkpoint);
    }

    @Override
    public void runEnded(RunResult result) {
      shown.runEnded(result);
      keep(result);
    }
  }
}
