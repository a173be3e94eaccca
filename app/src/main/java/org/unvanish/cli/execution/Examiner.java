package org.unvanish.cli.execution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.cli.option.ExaminationOptions;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.DiagnosisProgress;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.Earlier;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;

/** Examines one run of a spec at the terminal: along a short training, or as a folder holds it. */
public final class Examiner {

  private final DataCatalog catalog;
  private final ProgressLine progress;
  private final ExaminationOptions options;
  private final Thresholds thresholds;
  private final List<String> remarks = new ArrayList<>();

  /**
   * @param options which run, and when
   * @param thresholds by which verdicts are given and remedies prescribed
   */
  public Examiner(
      DataCatalog catalog,
      ProgressLine progress,
      ExaminationOptions options,
      Thresholds thresholds) {
    this.catalog = catalog;
    this.progress = progress;
    this.options = options;
    this.thresholds = thresholds;
  }

  /** On the data and the snapshots: to be known beside the diagnosis. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  /**
   * Examines. The data are in memory for as long as this takes, and no longer.
   *
   * @param chosen an arm of the spec
   * @throws CommandFailure if the data do not fit into memory, or the folder does not hold the run
   */
  public Examination examine(ExperimentSpec spec, ArmSpec chosen) {
    Dataset data = spec.load(catalog, new LoadingProgress(progress));
    Experiment experiment = spec.experiment(data);
    spec.inputScaling(data).remark().ifPresent(remarks::add);
    Arm arm = experiment.arms().get(spec.arms().indexOf(chosen));
    MemoryPlan.of(experiment, data).require(1);
    Run run = new Run(arm, options.seed(chosen));
    return options
        .checkpoint()
        .map(folder -> at(stored(experiment, run, folder), experiment, run, data))
        .orElseGet(() -> along(experiment, run, data));
  }

  private Examination at(Checkpoint checkpoint, Experiment experiment, Run run, Dataset data) {
    return Examination.at(
        experiment.name(), run, data, checkpoint, thresholds, new DiagnosisProgress(0, progress));
  }

  private Examination along(Experiment experiment, Run run, Dataset data) {
    Arm arm = run.arm();
    long stepsPerEpoch = Examination.stepsPerEpoch(data.train().count(), arm.settings());
    long end = stepsPerEpoch * arm.epochs();
    List<Long> steps =
        options
            .snapshots()
            .map(when -> when.steps(stepsPerEpoch))
            .orElseGet(
                () ->
                    ProbedTraining.usualSteps(arm.network(), arm.settings(), data.train().count()));
    long last = steps.stream().mapToLong(step -> step).max().orElse(0);
    if (last > end) {
      remarks.add(
          "The spec's own training ends after %d steps. Later snapshots are of a longer training."
              .formatted(end));
    }
    progress.begin(
        "diagnosis: %s, arm “%s”, seed %d, on %s"
            .formatted(experiment.name(), arm.name(), run.seed(), data.title()));
    DiagnosisProgress shown = new DiagnosisProgress(last, progress);
    return Examination.along(experiment.name(), run, data, steps, thresholds, shown, shown);
  }

  private static Checkpoint stored(Experiment experiment, Run run, Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      Earlier earlier = store.earlier(experiment);
      if (earlier.progress(run).epochs().isEmpty()) {
        throw new CommandFailure(
            ("%s holds no finished epoch of this spec's “%s” with seed %d. What it holds: unvanish"
                    + " status %s")
                .formatted(
                    folder, run.arm().name(), run.seed(), ShellWords.quoted(folder.toString())));
      }
      return earlier.checkpoint(run);
    }
  }
}
