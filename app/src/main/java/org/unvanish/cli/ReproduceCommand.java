package org.unvanish.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.beyond.SweepSpecs;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.option.PaperOptions;
import org.unvanish.cli.option.ProbeOption;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Repeats experiments of the paper. */
@Command(
    name = "reproduce",
    description = {
      "Repeats experiments of the paper, and checks its claims.",
      "",
      "  figure1  large parameters: tanh, and with an ℓ₂ penalty",
      "  figure2  many layers: tanh, and with α = 2",
      "  figure3  both: tanh, with both remedies, relu, and with the penalty",
      "  figure4  figure 3 with the logistic function in place of tanh",
      "  table4   runtimes of figure 3's arms, always one run at a time; three epochs each",
      "           where --epochs says nothing else",
      "  all      all of them: ten arms, each trained once",
      "  alpha    not in the paper: figure 3 with α from 0.5 to 16, each with r = 0 and",
      "           r = 0.01; 10 epochs and 6 seeds, with --quick 3 epochs and 2 seeds",
      "",
      "`unvanish reproduce beyond` runs experiments that are not in the paper: which part of α "
          + "matters, how large it should be, and what else helps. `unvanish reproduce sensitivity` "
          + "trains the figures under other readings of what the paper leaves open.",
      "",
    },
    footer = {
      "",
      "`unvanish show figure1` says what is assumed where the paper is silent; the options "
          + "above change it. Every finished epoch is kept at once: after a stop or kill, the same "
          + "command continues from there. More seeds or epochs extend the experiment. table4 "
          + "measures time: its runs go to DIR/table4, run one at a time whatever --workers says, "
          + "and are never probed.",
      "",
      "Examples:",
      "  unvanish reproduce figure2 --quick",
      "  unvanish reproduce figure1 figure2 --data cifar10 --seeds 6 --epochs 25",
      "  unvanish reproduce alpha --quick",
      "  unvanish reproduce all",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class ReproduceCommand extends ReproductionCommand {

  /**
   * Its runs must have the machine to themselves, and a store of their own, as figure 3's do not.
   */
  private static final String TIMED = "table4";

  /** A sweep beyond the paper, which has its figure 3 in it and so shares its runs. */
  private static final String ALPHA = SweepSpecs.ALPHA;

  private static final int QUICK_SEEDS = 6;
  private static final int QUICK_EPOCHS = 10;

  /** Of the sweep, whose arms are many. */
  private static final int QUICK_SWEEP_SEEDS = 2;

  private static final int QUICK_SWEEP_EPOCHS = 3;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      description = "figure1, figure2, figure3, figure4, table4, alpha or all.",
      completionCandidates = Candidates.Reproduced.class)
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

  @Mixin private PaperOptions paper = new PaperOptions();

  @Mixin private VerboseOption verbose = new VerboseOption();

  @Mixin private ProbeOption probe = new ProbeOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for runs and files; created if missing. Default: results/paper-DATA, such as "
              + "results/paper-cifar10; with --backend pytorch results/paper-DATA-pytorch.")
  private @Nullable Path out;

  ReproduceCommand(DataCatalog catalog, ProgressLine progress) {
    super(catalog, progress);
  }

  @Override
  public void check() {
    boolean beyond = spec.commandLine().getParseResult().hasSubcommand();
    if (beyond != targets.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          beyond
              ? "targets of the paper and beyond it are two commands: give one after the other"
              : "nothing to reproduce. Name a target, such as figure2, or all");
    }
    names();
  }

  @Override
  public Integer call() {
    Overrides asked = paper.apply(changes.overrides());
    String data = asked.data().orElseGet(catalog::defaultName);
    Overrides runs = runs(asked, QUICK_SEEDS, QUICK_EPOCHS).withData(data);
    List<Execution.Task> figures = new ArrayList<>();
    List<Execution.Task> timed = new ArrayList<>();
    for (String name : names()) {
      if (name.equals(TIMED)) {
        // Never probed: nothing but its runs may use the processor.
        // A few epochs tell the time of one, unless the user says how many.
        timed.add(task(name, runs.withRuns(runs.seeds(), asked.epochs()), "", false));
      } else if (name.equals(ALPHA)) {
        Overrides few = runs(asked, QUICK_SWEEP_SEEDS, QUICK_SWEEP_EPOCHS).withData(data);
        figures.add(task(SweepSpecs.SERIES.spec(name).with(few), name, probe.isAsked()));
      } else {
        figures.add(task(name, runs, name, probe.isAsked()));
      }
    }
    Path folder = folder(out, "paper", data);
    if (asked.data().isEmpty() && data.equals(DataCatalog.SYNTHETIC)) {
      warnOfSynthetic(spec.commandLine().getErr());
    }
    List<ExecutionResult> done = new ArrayList<>();
    if (!figures.isEmpty()) {
      done.add(run(folder, figures, all -> {}));
    }
    // Runs of figures that failed are told, and say nothing of table 4.
    if (!timed.isEmpty() && done.stream().noneMatch(ExecutionResult::isInterrupted)) {
      done.add(run(folder.resolve(TIMED), timed, all -> {}));
    }
    boolean complete = done.stream().allMatch(ExecutionResult::isComplete);
    if (done.stream().noneMatch(ExecutionResult::isInterrupted)) {
      new NextCommand(spec)
          .afterTraining(figures.isEmpty() ? folder.resolve(TIMED) : folder, complete);
    }
    return complete ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Overrides runs(Overrides asked, int seeds, int epochs) {
    return quick ? asked.orRuns(ArmSpec.seeds(seeds), epochs) : asked;
  }

  private Execution.Task task(String name, Overrides overrides, String files, boolean probed) {
    return task(PaperSpecs.spec(name).with(overrides), files, probed);
  }

  private Execution.Task task(ExperimentSpec experiment, String files, boolean probed) {
    return new Execution.Task(backend.apply(experiment), files, probed);
  }

  /** All of the paper's are what the paper has. */
  private List<String> names() {
    List<String> known = new ArrayList<>(PaperSpecs.NAMES);
    known.add(ALPHA);
    List<String> names = new ArrayList<>(names(targets, known));
    if (!targets.contains(ALPHA)) {
      names.remove(ALPHA);
    }
    return names;
  }

  @Override
  Detail detail() {
    return verbose.detail();
  }
}
