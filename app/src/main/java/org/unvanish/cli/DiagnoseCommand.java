package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.Backends;
import org.unvanish.cli.execution.ExaminedModel;
import org.unvanish.cli.execution.Examiner;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ModelExaminer;
import org.unvanish.cli.execution.ModelSpec;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.execution.Proof;
import org.unvanish.cli.execution.RemedyFile;
import org.unvanish.cli.execution.TemporaryFolder;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.ExaminationOptions;
import org.unvanish.cli.option.FailOn;
import org.unvanish.cli.option.ModelOptions;
import org.unvanish.cli.option.OverrideOptions;
import org.unvanish.cli.option.RemedyFormat;
import org.unvanish.cli.option.ThresholdOption;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.text.RemedyText;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.DiagnosisJson;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.DataDescription;
import org.unvanish.model.ModelReader;
import org.unvanish.model.RemedyCode;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.trace.Trace;
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
      "Explains why a network does not learn, and what helps.",
      "",
      "Measures the backpropagated gradient at the initial weights and at snapshots of a short "
          + "training, each over 20 mini-batches. Costly networks get fewer and earlier snapshots. "
          + "If a few seconds are enough, short trainings try the prescription first.",
      "",
      "--apply proves the prescription by training: the network untouched, as prescribed, and "
          + "with each single remedy of the paper. If the proof succeeds, the fixed spec is written "
          + "next to FILE. The findings are kept with the runs, and unvanish report draws them. A "
          + "model is converted to a spec first, so the engine must have all of its layers.",
      "",
    },
    footer = {
      "",
      "Without --apply, options such as --data or --batch-size change what is probed.",
      "",
      "Examples:",
      "  unvanish diagnose own.yaml",
      "  unvanish diagnose figure2 --arm \"tanh, α = 2\" --snapshots 0,100,1e,5e",
      "  unvanish diagnose own.yaml --checkpoint results/own --seed 3",
      "  unvanish diagnose own.yaml --fail-on vanishing,exploding --json",
      "  unvanish diagnose own.yaml --threshold network-log10=3",
      "  unvanish diagnose figure1 --apply --seeds 6 --epochs 25",
      "  unvanish diagnose model.onnx --data own.csv --as pytorch",
      "  unvanish diagnose model.onnx --data own.csv --write own.yaml",
      "  unvanish diagnose model.onnx --data own.csv --apply",
      "  unvanish diagnose weights.safetensors --spec own.yaml",
      "  unvanish diagnose model.onnx --data own.csv --write fixed.onnx",
      "  unvanish diagnose trace.jsonl",
      "",
      "Exit codes: 0 done, 1 failed or a verdict of --fail-on, 2 wrong usage.",
    })
final class DiagnoseCommand implements Callable<Integer>, Checked {

  /** Options that say which training is probed, and when; a model has none. */
  private static final List<String> OF_SPECS =
      List.of("--arm", "--seed", "--snapshots", "--checkpoint", "--train-samples", "--batch-size");

  /** What shows the remedy for a model without a proof. */
  private static final List<String> OF_REMEDIES = List.of("--as", "--write");

  /** What a spec says of weights that come without their network. */
  private static final List<String> OF_MODELS = List.of("--loss", "--targets", "--as", "--write");

  private static final int PROOF_SEEDS = ProofVerdict.LEAST_SEEDS;
  private static final int PROOF_EPOCHS = 10;

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description =
          "What to diagnose: a spec (see: unvanish check --help), or the name of one, such as "
              + "figure1; a model: .onnx, .h5, .keras, .pt, .safetensors; or a trace that a hook has "
              + "recorded: .jsonl (see: unvanish show pytorch-hook).")
  private Path file = Path.of("");

  @Mixin private ExaminationOptions examined = new ExaminationOptions();

  @Mixin private ModelOptions model = new ModelOptions();

  @Mixin private FailOn failOn = new FailOn();

  @Mixin private ThresholdOption threshold = new ThresholdOption();

  @Option(
      names = "--json",
      description = "Print JSON. Its schema: unvanish show " + "diagnosis-schema.")
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

  @Mixin private VerboseOption verbose = new VerboseOption();

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
  public void check() {
    Overrides asked = changes.overrides();
    boolean namesRuns = asked.seeds().isPresent() || asked.epochs().isPresent();
    if (!apply && (namesRuns || out != null || workers.isNamed())) {
      throw new ParameterException(
          spec.commandLine(), "--seeds, --epochs, --workers and --out need --apply");
    }
    if (apply && (model.language().isPresent() || model.remedy().isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "--apply writes a fixed spec: leave out --as, and name a .yaml file with --write");
    }
  }

  @Override
  public Integer call() {
    new BuildReport(failOn).prepare();
    if (ModelReader.isModel(file)) {
      return model.specOfWeights().isPresent() ? ofWeights() : ofModel();
    }
    if (model.isAny()) {
      throw new ParameterException(
          spec.commandLine(),
          ("--loss, --targets, --input-shape, --as, --write and --spec are for models (.onnx, "
                  + ".h5, .keras, .pt, .safetensors), but %s is none")
              .formatted(file));
    }
    if (Trace.isTrace(file)) {
      return trace();
    }
    NamedSpec named = new NamedSpec(file, changes.overrides(), catalog);
    ExperimentSpec experiment = read(named);
    return ofSpec(
        experiment, examined.arm(experiment, file), named.overrides(), named.file().orElse(null));
  }

  /** The runs are those of the proof; what is diagnosed keeps its own. */
  private ExperimentSpec read(NamedSpec named) {
    return named
        .read(spec.commandLine().getErr())
        .with(named.overrides().withRuns(Optional.empty(), OptionalInt.empty()));
  }

  /**
   * @param original where the spec was read; null for one that is no user's file
   */
  private int ofSpec(
      ExperimentSpec experiment, ArmSpec chosen, Overrides asked, @Nullable Path original) {
    if (apply) {
      // Whatever the proof will need: not missed only after the diagnosis.
      new Backends(List.of(experiment));
    }
    Examiner examiner = new Examiner(catalog, progress, examined, threshold.thresholds());
    Examination found = examiner.examine(experiment, chosen);
    progress.clear();
    DiagnosisOutput output = output();
    output.tell(found);
    if (json) {
      output.note(found.text().less());
    }
    // After the diagnosis, so that its answer stays the first thing read.
    examiner.remarks().forEach(output::note);
    Proof proof = apply ? prove(experiment, chosen, found, asked, original) : null;
    if (proof != null && !json) {
      Screen screen = output.beside();
      screen.print(proof.text(screen.columns()));
      screen.flush();
    }
    output.write(DiagnosisJson.of(found, proof == null ? null : proof.json()));
    int code = new BuildReport(failOn).exitCode(found);
    if (proof == null) {
      new NextCommand(spec).afterDiagnosis(found, file);
    } else if (!proof.isInterrupted()) {
      new NextCommand(spec).afterTraining(proof.folder(), proof.isComplete());
    }
    return proof != null && !proof.isComplete() ? ExitCode.FAILED : code;
  }

  private DiagnosisOutput output() {
    return new DiagnosisOutput(spec.commandLine(), json, verbose.isAsked());
  }

  /** Of weights that come without their network, with the spec that has it. */
  private int ofWeights() {
    refuse(OF_MODELS, "the network of %s is a spec's".formatted(file), "a whole model");
    NamedSpec named =
        new NamedSpec(model.specOfWeights().orElseThrow(), changes.overrides(), catalog);
    ExperimentSpec given = read(named);
    ArmSpec chosen = examined.arm(given, named.name());
    Dataset data = given.load(catalog, new LoadingProgress(progress));
    ModelSpec own = ModelSpec.of(file, given, chosen, DataDescription.of(data));
    int code = trained(own, named.overrides());
    write(own);
    return code;
  }

  /** As a spec: with --apply its weights stay beside the runs. */
  private int trained(ModelSpec own, Overrides asked) {
    if (apply) {
      Path folder = Proof.folder(own.spec(), out);
      OutputFolder.prepare(folder);
      return ofSpec(own.in(folder), asked);
    }
    try (TemporaryFolder folder = new TemporaryFolder()) {
      return ofSpec(own.in(folder.path()), asked);
    }
  }

  private int ofSpec(ExperimentSpec own, Overrides asked) {
    return ofSpec(own, own.arms().get(0), asked, null);
  }

  private void write(ModelSpec own) {
    PrintWriter beside = output().beside();
    model
        .spec()
        .ifPresent(to -> own.write(to).forEach(written -> beside.println("wrote " + written)));
    beside.flush();
  }

  /** Of somebody's model; with --apply of the spec that it becomes. */
  private int ofModel() {
    if (apply) {
      refuse(OF_REMEDIES, "%s becomes a spec with --apply".formatted(file), "a diagnosis alone");
    } else {
      refuse(OF_SPECS, "%s is a model".formatted(file), "a spec");
    }
    Optional<RemedyFile> target =
        model.remedy().map(to -> RemedyFile.plan(to, RemedyFormat.of(to).orElseThrow(), file));
    ModelExaminer examiner = new ModelExaminer(catalog, progress, model, threshold.thresholds());
    if (apply || model.spec().isPresent()) {
      examiner.requireDataOfSpec(file, changes.overrides());
    }
    ExaminedModel found = examiner.examine(file, changes.overrides());
    progress.clear();
    if (apply) {
      ModelSpec own = spec(examiner, found);
      write(own);
      return trained(own, changes.overrides());
    }
    DiagnosisOutput output = output();
    output.tell(found);
    found.found().notes().forEach(note -> output.note("note: " + note));
    Screen beside = output.beside();
    boolean pasted = model.language().isPresent();
    RemedyText remedy =
        new RemedyText(
            found, model.language().orElseGet(() -> RemedyCode.Target.of(found.model())));
    if (pasted) {
      beside.print(remedy.pasted());
    }
    beside.flush();
    Optional<RemedyFile.Written> written = target.map(to -> to.write(found));
    written.ifPresent(done -> beside.print(remedy.written(done, pasted, beside.columns())));
    beside.flush();
    DiagnosisJson.Code code =
        model
            .language()
            .map(language -> new DiagnosisJson.Code(language.label(), remedy.lines()))
            .orElse(null);
    String to = written.flatMap(RemedyFile.Written::file).map(Path::toString).orElse(null);
    output.write(DiagnosisJson.of(found, null).with(code, to));
    if (model.spec().isPresent()) {
      write(spec(examiner, found));
    }
    new NextCommand(spec).afterModel(found, pasted);
    return new BuildReport(failOn).exitCode(found);
  }

  /** Refuses options that are of no use for what is diagnosed. */
  private void refuse(List<String> options, String because, String place) {
    List<String> given =
        options.stream()
            .filter(spec.commandLine().getParseResult()::hasMatchedOption)
            .filter(option -> !option.equals("--write") || model.remedy().isPresent())
            .toList();
    if (!given.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: leave out %s, which %s with %s"
              .formatted(
                  because, String.join(", ", given), given.size() == 1 ? "goes" : "go", place));
    }
  }

  private ModelSpec spec(ModelExaminer examiner, ExaminedModel found) {
    String name = ModelSpec.stem(model.spec().orElse(file));
    return examiner.spec(found, changes.overrides(), name);
  }

  /** A trace is all there is: nothing of it can be trained or changed. */
  private int trace() {
    if (apply || examined.isNamed() || !changes.overrides().equals(Overrides.NONE)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is a trace, which has no weights and no data: leave out --apply and what says when to"
                  .formatted(file)
              + " probe or what to change");
    }
    Examination found = TraceFiles.read(file).examination(threshold.thresholds());
    output().tell(found);
    output().write(DiagnosisJson.of(found, null));
    new NextCommand(spec).afterTrace(file);
    return new BuildReport(failOn).exitCode(found);
  }

  private Proof prove(
      ExperimentSpec experiment,
      ArmSpec chosen,
      Examination found,
      Overrides asked,
      @Nullable Path original) {
    Overrides runs = asked.orRuns(ArmSpec.seeds(PROOF_SEEDS), PROOF_EPOCHS);
    Proof proof = Proof.plan(experiment, chosen, runs, found, original, out);
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter files = output().beside();
    if (proof.seeds() < ProofVerdict.LEAST_SEEDS) {
      progress.println(
          "note: %d %s cannot prove anything; a proof needs --seeds %d"
              .formatted(
                  proof.seeds(), proof.seeds() == 1 ? "seed" : "seeds", ProofVerdict.LEAST_SEEDS));
    }
    List<String> again = spec.commandLine().getParseResult().originalArgs();
    Detail detail = verbose.isAsked() ? Detail.ALL : Detail.NOTHING;
    proof.run(
        new Execution(proof.folder(), catalog, progress, files, err, again).telling(detail),
        workers,
        Screen.of(files).columns(),
        verbose.isAsked());
    return proof;
  }
}
