package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.option.FailOn;
import org.unvanish.cli.option.OverrideOptions;
import org.unvanish.cli.option.SnapshotOption;
import org.unvanish.cli.option.ThresholdOption;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.DiagnosisProgress;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.examination.DiagnosisJson;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.Earlier;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why the gradients of a network vanish or explode, and what helps. */
@Command(
    name = "diagnose",
    description = {
      "Says why the gradients of a network vanish or explode, prescribes what fits, and puts it to the"
          + " proof.",
      "",
      "Probes the way of the backpropagated signal at the initial values and at moments of a short"
          + " training, each over 20 mini-batches; fewer and earlier where a step is"
          + " costly. Where a few seconds allow it, what is prescribed is tried in short trainings"
          + " before. --apply then trains the network untouched, as prescribed, and with each"
          + " single remedy of the paper, says whether that proves the prescription, and writes the"
          + " mended spec next to FILE if it does. What was found is kept beside the runs, where"
          + " unvanish report draws the signal's"
          + " way.",
      "",
    },
    footer = {
      "",
      "Without --apply, the options that change the spec change what is probed.",
      "",
      "Examples:",
      "  unvanish diagnose own.yaml",
      "  unvanish diagnose figure2 --arm \"tanh, α = 2\" --moments 0,100,1e,5e",
      "  unvanish diagnose own.yaml --checkpoint results/own --seed 3",
      "  unvanish diagnose own.yaml --fail-on vanishing,exploding --json",
      "  unvanish diagnose own.yaml --threshold network-decades=3",
      "  unvanish diagnose figure1 --apply --seeds 6 --epochs 25",
      "",
      "Exit codes: 0 done, 1 failed or a verdict of --fail-on, 2 wrong usage.",
    })
final class DiagnoseCommand implements Callable<Integer> {

  private static final int PROOF_SEEDS = ProofVerdict.LEAST_SEEDS;
  private static final int PROOF_EPOCHS = 10;

  private final DataCatalog catalog;
  private final ProgressLine progress;

  /** On the data and the snapshots, which are to be known beside the diagnosis. */
  private final List<String> remarks = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description =
          "A spec (see: unvanish check --help), or the name of one of the paper's: figure1.")
  private Path file = Path.of("");

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = "Which arm of the spec. Default: the first.")
  private @Nullable String arm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the run that is probed. Default: the arm's first.")
  private @Nullable Long seed;

  @Option(
      names = "--moments",
      paramLabel = "LIST",
      description =
          "When to probe, beside the initial values: numbers of steps, or of epochs as in 2e."
              + " Default: "
              + SnapshotOption.DEFAULT
              + "; earlier where a step is costly, and none after the end of the spec's own training.")
  private @Nullable String moments;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "Probe where the run stands that this folder holds, and train nothing.")
  private @Nullable Path checkpoint;

  @Mixin private FailOn failOn = new FailOn();

  @Mixin private ThresholdOption threshold = new ThresholdOption();

  @Option(names = "--json", description = "As JSON; its schema: unvanish show diagnosis-schema.")
  private boolean json;

  @Option(
      names = "--apply",
      description =
          "Prove the prescription by training, with "
              + PROOF_SEEDS
              + " seeds and "
              + PROOF_EPOCHS
              + " epochs where nothing else is said. Fewer than "
              + PROOF_SEEDS
              + " seeds can prove nothing.")
  private boolean apply;

  @Mixin private OverrideOptions changes = new OverrideOptions();

  @Mixin private Workers workers = new Workers();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the runs of --apply go; created if missing. Default: results/NAME-proof.")
  private @Nullable Path out;

  DiagnoseCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
  }

  @Override
  public Integer call() {
    requireUsage();
    failOn.requireKnown();
    Thresholds thresholds = threshold.thresholds();
    SnapshotOption when = when();
    int count = workers.count();
    ExperimentSpec experiment = read().with(changes.butRuns());
    ArmSpec chosen = arm(experiment);
    if (apply) {
      // Whatever the proof will need: not missed only after the diagnosis.
      new Backends(List.of(experiment));
    }
    Examination found = examine(experiment, chosen, when, thresholds);
    progress.clear();
    PrintWriter text = spec.commandLine().getOut();
    DiagnosisText told = new DiagnosisText(found);
    if (json) {
      spec.commandLine().getErr().print(told.less());
    } else {
      text.print(told.text());
    }
    tellRemarks(json ? spec.commandLine().getErr() : text);
    Proof proof = apply ? prove(experiment, chosen, found, count) : null;
    if (json) {
      text.println(Json.text(DiagnosisJson.of(found, proof == null ? null : proof.json())));
    } else if (proof != null) {
      text.print(proof.text());
    }
    text.flush();
    boolean failed =
        failOn.isOne(found.diagnosis(), found.verdict()) || (proof != null && !proof.isComplete());
    return failed ? Unvanish.FAILED : 0;
  }

  /** After the diagnosis, so that its headline stays the first thing read. */
  private void tellRemarks(PrintWriter to) {
    remarks.forEach(remark -> to.print(DiagnosisText.wrapped(remark)));
    to.flush();
  }

  private void requireUsage() {
    if (!apply && (changes.namesRuns() || out != null || workers.isNamed())) {
      throw wrong("--seeds, --epochs, --workers and --out go with --apply");
    }
    if (apply) {
      changes.otherwise(PROOF_SEEDS, PROOF_EPOCHS);
      // What is wrong with them is told before the diagnosis, not after it.
      changes.overrides();
    }
    if (checkpoint != null && moments != null) {
      throw wrong("--moments are of a training, but --checkpoint trains nothing; leave one out");
    }
    if (seed != null && (seed < 0 || seed > ArmSpec.LARGEST_SEED)) {
      throw wrong("--seed must be from 0 to %d, but is %d".formatted(ArmSpec.LARGEST_SEED, seed));
    }
  }

  private SnapshotOption when() {
    try {
      return new SnapshotOption(moments == null ? SnapshotOption.DEFAULT : moments);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** The user's file, or one of the paper's specs where there is no such file. */
  private ExperimentSpec read() {
    if (!isOfPaper()) {
      return ExperimentSpec.read(file);
    }
    boolean named = changes.namesData();
    String data = changes.dataOr(catalog.defaultName());
    if (!named && data.equals(DataCatalog.SYNTHETIC)) {
      ReproduceCommand.warnOfSynthetic(spec.commandLine().getErr());
    }
    return PaperSpecs.spec(file.toString());
  }

  private boolean isOfPaper() {
    return PaperSpecs.NAMES.contains(file.toString()) && !Files.exists(file);
  }

  private ArmSpec arm(ExperimentSpec experiment) {
    List<ArmSpec> arms = experiment.arms();
    if (arm == null) {
      return arms.get(0);
    }
    return arms.stream()
        .filter(candidate -> candidate.name().equals(arm))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s has no arm '%s', only %s"
                        .formatted(
                            file,
                            arm,
                            arms.stream()
                                .map(a -> "'" + a.name() + "'")
                                .collect(Collectors.joining(", ")))));
  }

  /** The data are in memory for as long as this takes, and no longer. */
  private Examination examine(
      ExperimentSpec experimentSpec, ArmSpec chosen, SnapshotOption when, Thresholds thresholds) {
    Dataset data = experimentSpec.load(catalog, new LoadingProgress(progress));
    Experiment experiment = experimentSpec.experiment(data);
    experimentSpec.inputScaling(data).remark().ifPresent(remarks::add);
    Arm probed = experiment.arms().get(experimentSpec.arms().indexOf(chosen));
    MemoryPlan.of(experiment, data).require(1);
    Run run = new Run(probed, seed == null ? chosen.seeds().get(0) : seed);
    if (checkpoint != null) {
      return Examination.at(
          experiment.name(),
          run,
          data,
          stored(experiment, run, checkpoint),
          thresholds,
          new DiagnosisProgress(0, progress));
    }
    long stepsPerEpoch = Examination.stepsPerEpoch(data.train().count(), probed.settings());
    long end = stepsPerEpoch * probed.epochs();
    List<Long> steps =
        when.steps(
            stepsPerEpoch,
            moments == null ? Math.min(end, affordableSteps(probed)) : Long.MAX_VALUE);
    long last = steps.stream().mapToLong(step -> step).max().orElse(0);
    if (last > end) {
      remarks.add(
          "The spec's own training ends after %d steps; what is told of later ones is of a longer one."
              .formatted(end));
    }
    DiagnosisProgress shown = new DiagnosisProgress(last, progress);
    return Examination.along(experiment.name(), run, data, steps, thresholds, shown, shown);
  }

  private static long affordableSteps(Arm arm) {
    return ProbedTraining.affordableSteps(arm.network(), arm.settings().batchSize());
  }

  private static Checkpoint stored(Experiment experiment, Run run, Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      Earlier earlier = store.earlier(experiment);
      if (earlier.progress(run).epochs().isEmpty()) {
        throw new CommandFailure(
            ("%s holds no finished epoch of this spec's “%s” with seed %d. What it holds: unvanish"
                    + " status %s")
                .formatted(folder, run.arm().name(), run.seed(), folder));
      }
      return earlier.checkpoint(run);
    }
  }

  private Proof prove(ExperimentSpec experiment, ArmSpec chosen, Examination found, int count) {
    Proof proof =
        Proof.plan(experiment, chosen, changes.overrides(), found, isOfPaper() ? null : file, out);
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter files = json ? err : spec.commandLine().getOut();
    if (proof.seeds() < ProofVerdict.LEAST_SEEDS) {
      err.printf(
          "note: %d %s can prove nothing; it takes --seeds %d%n",
          proof.seeds(), proof.seeds() == 1 ? "seed" : "seeds", ProofVerdict.LEAST_SEEDS);
    }
    proof.run(new Execution(proof.folder(), catalog, progress, files, err), count);
    return proof;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
