package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.beyond.BeyondSpecs;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.option.ProbeOption;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Runs the experiments beyond the paper. */
@Command(
    name = "beyond",
    description = {
      "Runs experiments beyond the paper, shows their figures and numbers, and checks what was"
          + " expected of them: docs/beyond-the-paper.md.",
      "",
      "  what-acts-figure2         which part of α = 2 acts: pixels ÷ 2, logits × 2, or the rate",
      "  what-acts-figure2-biases  figure 2 if every layer has biases",
      "  what-acts-figure3         the same in figure 3",
      "  what-acts-figure3-biases  figure 3 if every layer has biases",
      "  what-acts-figure4         the same in figure 4",
      "  what-acts-figure4-biases  figure 4 if every layer has biases",
      "  alpha-curve               α from 0.5 to 256, and learned",
      "  penalty-window            r from 0 to 1, with Adam and SGD",
      "  functions                 other functions, and other penalties, in figure 3",
      "  competitors               normalization, initial weights, clipping and more in figure 2",
      "  competitors-large         the same in figure 3, where parameters are large",
      "  depth                     10 to 300 layers, forecast and measured, not trained",
      "  data-synthetic            what acts on synthetic images",
      "  data-idx                  what acts on grey images in IDX files, such as MNIST: in the",
      "                            folder that --data names, or in ./mnist",
      "  data-table                what acts on a table",
      "  all                       all of them",
      "",
    },
    footer = {
      "",
      "If CIFAR-10 is not installed, its experiments use built-in images. `unvanish show NAME` "
          + "prints the spec. Every finished epoch and every probed network is kept at once: after "
          + "a stop or kill, the same command continues from there. More seeds or epochs extend the "
          + "experiment.",
      "",
      "Examples:",
      "  unvanish reproduce beyond what-acts-figure2 --quick",
      "  unvanish reproduce beyond data-idx --data ~/mnist",
      "  unvanish reproduce beyond all",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class BeyondCommand extends ReproductionCommand {

  /** Its images are the user's own. */
  private static final String IDX = "data-idx";

  /** Its arms are measured. */
  private static final String DEPTH = "depth";

  private static final String NO_IMAGES =
      IDX
          + " needs images: name a folder with IDX files with --data, or put the files into "
          + "./mnist";

  private static final int QUICK_SEEDS = 6;
  private static final int QUICK_EPOCHS = 5;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "One of the experiments above, or all.",
      completionCandidates = Candidates.Beyond.class)
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
          "Folder for runs and files; created if missing. Default: results/beyond-DATA, such "
              + "as results/beyond-cifar10, for the experiments on those data; with --backend "
              + "pytorch results/beyond-DATA-pytorch.")
  private @Nullable Path out;

  BeyondCommand(DataCatalog catalog, ProgressLine progress) {
    super(catalog, progress);
  }

  @Override
  public void check() {
    if (names().stream().anyMatch(this::lacksImages) && targets.contains(IDX)) {
      throw new ParameterException(spec.commandLine(), NO_IMAGES);
    }
  }

  @Override
  public Integer call() {
    Overrides asked = changes.overrides();
    Overrides runs = quick ? asked.orRuns(ArmSpec.seeds(QUICK_SEEDS), QUICK_EPOCHS) : asked;
    PrintWriter err = spec.commandLine().getErr();
    boolean onDefault = false;
    List<DepthMeasurement> measured = new ArrayList<>();
    Map<Path, List<Execution.Task>> tasks = new LinkedHashMap<>();
    for (String name : names()) {
      if (lacksImages(name)) {
        progress.println("note: left out: " + NO_IMAGES);
        continue;
      }
      ExperimentSpec experiment = BeyondSpecs.SERIES.spec(name);
      boolean missing = asked.data().isEmpty() && NamedSpec.isOnCifar10(experiment);
      onDefault |= missing;
      ExperimentSpec changed =
          backend.apply(experiment.with(missing ? runs.withData(catalog.defaultName()) : runs));
      if (name.equals(DEPTH)) {
        measured.add(new DepthMeasurement(changed, folder(changed).resolve(name), workers()));
        continue;
      }
      tasks
          .computeIfAbsent(folder(changed), folder -> new ArrayList<>())
          .add(new Execution.Task(changed, name, probe.isAsked()));
    }
    if (onDefault && catalog.defaultName().equals(DataCatalog.SYNTHETIC)) {
      warnOfSynthetic(err);
    }
    measured.forEach(m -> m.run(catalog, progress, spec.commandLine().getOut()));
    return run(tasks);
  }

  private Path folder(ExperimentSpec experiment) {
    return folder(out, "beyond", experiment.dataSource().source());
  }

  private List<String> names() {
    return names(targets, BeyondSpecs.SERIES.names());
  }

  /** Whether an experiment is on the user's own images, and there are none. */
  private boolean lacksImages(String name) {
    return name.equals(IDX)
        && changes.overrides().data().isEmpty()
        && !Files.exists(Path.of(BeyondSpecs.SERIES.spec(IDX).dataSource().source()));
  }

  @Override
  Detail detail() {
    return verbose.detail();
  }
}
