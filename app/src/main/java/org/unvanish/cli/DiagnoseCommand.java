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
import org.unvanish.cli.execution.Proof;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.ExaminationOptions;
import org.unvanish.cli.option.FailOn;
import org.unvanish.cli.option.ModelOptions;
import org.unvanish.cli.option.OverrideOptions;
import org.unvanish.cli.option.ThresholdOption;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.text.DiagnosisText;
import org.unvanish.cli.text.Json;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.examination.DiagnosisJson;
import org.unvanish.examination.Examination;
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
      "Says why the gradients of a network vanish or explode, prescribes what fits, and puts it to the"
          + " proof.",
      "",
      "Probes the backpropagated gradient at the initial weights and at snapshots of a short training,"
          + " each over 20 mini-batches. Where a step is costly, they are fewer and earlier. Where a few"
          + " seconds allow it, short trainings try the prescription first.",
      "",
      "--apply then trains the network untouched, as prescribed, and with each single remedy of the"
          + " paper. It says whether that proves the prescription, and if it does, writes the fixed"
          + " spec next to FILE. The findings are kept beside the runs; unvanish report draws them.",
      "",
    },
    footer = {
      "",
      "Without --apply, the options that change the spec change what is probed.",
      "",
      "Examples:",
      "  unvanish diagnose own.yaml",
      "  unvanish diagnose figure2 --arm \"tanh, α = 2\" --snapshots 0,100,1e,5e",
      "  unvanish diagnose own.yaml --checkpoint results/own --seed 3",
      "  unvanish diagnose own.yaml --fail-on vanishing,exploding --json",
      "  unvanish diagnose own.yaml --threshold network-log10=3",
      "  unvanish diagnose figure1 --apply --seeds 6 --epochs 25",
      "  unvanish diagnose model.onnx --data own.csv --as pytorch",
      "  unvanish diagnose trace.jsonl",
      "",
      "Exit codes: 0 done, 1 failed or a verdict of --fail-on, 2 wrong usage.",
    })
final class DiagnoseCommand implements Callable<Integer>, Checked {

  private static final int PROOF_SEEDS = ProofVerdict.LEAST_SEEDS;
  private static final int PROOF_EPOCHS = 10;

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description =
          "A spec (see: unvanish check --help), the name of one of the paper's: figure1; a model: .onnx,"
              + " .h5, .keras, .pt, .safetensors; or a trace that a hook has recorded: .jsonl (see:"
              + " unvanish show pytorch-hook).")
  private Path file = Path.of("");

  @Mixin private ExaminationOptions examined = new ExaminationOptions();

  @Mixin private ModelOptions model = new ModelOptions();

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
  public void check() {
    Overrides asked = changes.overrides();
    boolean namesRuns = asked.seeds().isPresent() || asked.epochs().isPresent();
    if (!apply && (namesRuns || out != null || workers.isNamed())) {
      throw new ParameterException(
          spec.commandLine(), "--seeds, --epochs, --workers and --out go with --apply");
    }
  }

  @Override
  public Integer call() {
    if (Trace.isTrace(file)) {
      return trace();
    }
    if (ModelReader.isModel(file)) {
      return ofModel();
    }
    if (model.isAny()) {
      throw new ParameterException(
          spec.commandLine(),
          "--loss, --targets, --input-shape and --as go with a model (.onnx, .h5, .keras, .pt, .safetensors); a spec says these itself");
    }
    NamedSpec named = new NamedSpec(file, changes.overrides(), catalog);
    Overrides asked = named.overrides();
    // The runs are those of the proof; what is diagnosed keeps its own.
    ExperimentSpec experiment =
        named
            .read(spec.commandLine().getErr())
            .with(asked.withRuns(Optional.empty(), OptionalInt.empty()));
    ArmSpec chosen = examined.arm(experiment, file);
    if (apply) {
      // Whatever the proof will need: not missed only after the diagnosis.
      new Backends(List.of(experiment));
    }
    Examiner examiner = new Examiner(catalog, progress, examined, threshold.thresholds());
    Examination found = examiner.examine(experiment, chosen);
    progress.clear();
    PrintWriter text = spec.commandLine().getOut();
    DiagnosisText told = new DiagnosisText(found);
    if (json) {
      spec.commandLine().getErr().print(told.less());
    } else {
      text.print(told.text());
    }
    // After the diagnosis, so that its headline stays the first thing read.
    PrintWriter beside = json ? spec.commandLine().getErr() : text;
    examiner.remarks().forEach(remark -> beside.print(DiagnosisText.wrapped(remark)));
    beside.flush();
    Proof proof = apply ? prove(experiment, chosen, found, named) : null;
    if (json) {
      text.println(Json.text(DiagnosisJson.of(found, proof == null ? null : proof.json())));
    } else if (proof != null) {
      text.print(proof.text());
    }
    text.flush();
    boolean failed =
        failOn.isOne(found.diagnosis(), found.verdict()) || (proof != null && !proof.isComplete());
    return failed ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Of somebody's model, of which nothing is trained. */
  private int ofModel() {
    if (apply) {
      throw new ParameterException(
          spec.commandLine(), "--apply trains a spec, but %s is a model".formatted(file));
    }
    ExaminedModel found =
        new ModelExaminer(catalog, progress, model, threshold.thresholds())
            .examine(file, changes.overrides());
    progress.clear();
    PrintWriter text = spec.commandLine().getOut();
    PrintWriter beside = json ? spec.commandLine().getErr() : text;
    if (json) {
      text.println(Json.text(DiagnosisJson.of(found, null)));
    } else {
      text.print(new DiagnosisText(found).text());
    }
    found.found().notes().forEach(note -> beside.print(DiagnosisText.wrapped("note: " + note)));
    model
        .language()
        .ifPresent(
            language -> {
              List<String> lines =
                  RemedyCode.of(found.found().stack(), found.prescription().change(), language);
              beside.println();
              beside.println(
                  lines.isEmpty() ? "Nothing to paste." : "To paste (" + language.label() + "):");
              beside.println();
              lines.forEach(beside::println);
            });
    beside.flush();
    text.flush();
    return failOn.isOne(found.diagnosis(), found.verdict()) ? ExitCode.FAILED : ExitCode.DONE;
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
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(DiagnosisJson.of(found, null)));
    } else {
      out.print(new DiagnosisText(found).text());
    }
    out.flush();
    return failOn.isOne(found.diagnosis(), found.verdict()) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private Proof prove(
      ExperimentSpec experiment, ArmSpec chosen, Examination found, NamedSpec named) {
    Overrides runs = named.overrides().orRuns(ArmSpec.seeds(PROOF_SEEDS), PROOF_EPOCHS);
    Proof proof = Proof.plan(experiment, chosen, runs, found, named.file().orElse(null), out);
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter files = json ? err : spec.commandLine().getOut();
    if (proof.seeds() < ProofVerdict.LEAST_SEEDS) {
      err.printf(
          "note: %d %s can prove nothing; it takes --seeds %d%n",
          proof.seeds(), proof.seeds() == 1 ? "seed" : "seeds", ProofVerdict.LEAST_SEEDS);
    }
    proof.run(new Execution(proof.folder(), catalog, progress, files, err), workers);
    return proof;
  }
}
