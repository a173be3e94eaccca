package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.option.ProbeOption;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.figure.LengthFigure;
import org.unvanish.sequences.SequenceSpecs;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the experiments on sequences. */
@Command(
    name = "sequences",
    description = {
      "Trains recurrent networks with the paper's remedies and with others, shows their figures and"
          + " numbers, and checks what was expected of them: docs/sequences.md.",
      "",
      "  adding-10 … adding-400  adding two numbers of a sequence of 10, 50, 100, 200 or 400 steps",
      "  image-rows              images row by row",
      "  all                     all of them",
      "",
      "For two or more lengths of adding, a figure compares them.",
      "",
    },
    footer = {
      "",
      "image-rows uses CIFAR-10, or built-in images if CIFAR-10 is not installed; --data "
          + "changes image-rows only. `unvanish show NAME` prints the spec. Every finished epoch is "
          + "saved at once: after a stop or kill, the same command continues from there. More seeds "
          + "or epochs extend the experiment.",
      "",
      "Examples:",
      "  unvanish reproduce sequences adding-50 --quick",
      "  unvanish reproduce sequences image-rows --data ~/mnist",
      "  unvanish reproduce sequences all",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class SequencesCommand extends ReproductionCommand {

  private static final int QUICK_SEEDS = 6;
  private static final int QUICK_EPOCHS = 5;
  private static final String LENGTHS = "adding-lengths";

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "One of the experiments above, or all.",
      completionCandidates = Candidates.Sequences.class)
  private List<String> targets = List.of();

  @Option(
      names = "--quick",
      order = FIRST,
      description =
          QUICK_SEEDS
              + " seeds and "
              + QUICK_EPOCHS
              + " epochs, where nothing else is said: a few minutes on two processors.")
  private boolean quick;

  @Mixin private VerboseOption verbose = new VerboseOption();

  @Mixin private ProbeOption probe = new ProbeOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for runs and files; created if missing. Default: results/sequences-DATA, "
              + "such as results/sequences-adding; with --backend pytorch "
              + "results/sequences-DATA-pytorch.")
  private @Nullable Path out;

  SequencesCommand(DataCatalog catalog, ProgressLine progress) {
    super(catalog, progress);
  }

  @Override
  public void check() {
    names();
  }

  @Override
  public Integer call() {
    Overrides asked = changes.overrides();
    Overrides runs = quick ? asked.orRuns(ArmSpec.seeds(QUICK_SEEDS), QUICK_EPOCHS) : asked;
    Map<Path, List<Execution.Task>> tasks = new LinkedHashMap<>();
    for (String name : names()) {
      ExperimentSpec given = SequenceSpecs.SERIES.spec(name);
      ExperimentSpec changed = backend.apply(given.with(runs.withData(data(given, asked))));
      tasks
          .computeIfAbsent(folder(changed), folder -> new ArrayList<>())
          .add(new Execution.Task(changed, name, probe.isAsked()));
      if (asked.data().isEmpty() && isOn(changed, DataCatalog.SYNTHETIC)) {
        warnOfSynthetic(spec.commandLine().getErr());
      }
    }
    return run(tasks, this::drawLengths);
  }

  /** What becomes of the arms as sequences grow longer, where several lengths were asked for. */
  private void drawLengths(Path folder, ExecutionResult done) {
    List<ExperimentResult> lengths =
        done.experiments().stream()
            .filter(outcome -> SequenceSpecs.ADDING.contains(outcome.task().files()))
            .map(ExecutionResult.Outcome::result)
            .toList();
    if (lengths.size() < 2) {
      return;
    }
    PrintWriter text = spec.commandLine().getOut();
    try {
      new LengthFigure(lengths)
          .write(folder, LENGTHS, "Adding two numbers: how far a network looks back")
          .forEach(file -> text.println("wrote " + file));
      text.flush();
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot draw %s: %s. All runs are kept: give the same command again"
              .formatted(folder.resolve(LENGTHS), OutputFolder.reason(e)),
          e);
    }
  }

  /** What an experiment is on in place of its own data: drawn sequences are as they are. */
  private Optional<String> data(ExperimentSpec given, Overrides asked) {
    return NamedSpec.isOnCifar10(given)
        ? asked.data().or(() -> Optional.of(catalog.defaultName()))
        : Optional.empty();
  }

  private static boolean isOn(ExperimentSpec experiment, String data) {
    return experiment.dataSource().source().equals(data);
  }

  private Path folder(ExperimentSpec experiment) {
    return folder(out, "sequences", experiment.dataSource().source());
  }

  private List<String> names() {
    return names(targets, SequenceSpecs.SERIES.names());
  }

  @Override
  Detail detail() {
    return verbose.detail();
  }
}
