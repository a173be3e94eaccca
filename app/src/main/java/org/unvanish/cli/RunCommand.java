package org.unvanish.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.option.BackendOption;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.OverrideOptions;
import org.unvanish.cli.option.ProbeOption;
import org.unvanish.cli.option.RacingOption;
import org.unvanish.cli.option.ShardOption;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.spec.ExperimentSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs an experiment, or goes on with what a folder holds. */
@Command(
    name = "run",
    description = {
      "Trains the experiment of a spec, or resumes those of a folder.",
      "",
      "Every finished epoch is kept at once. After a stop or kill, the same command continues "
          + "from there, to the same bits (not with PyTorch). Finished runs are never repeated. More "
          + "seeds, epochs or arms extend the experiment. A changed experiment needs another folder.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish run depth.yaml",
      "  unvanish run results/depth",
      "  unvanish run results/depth --seeds 25 --epochs 100",
      "  unvanish run depth.yaml --probe",
      "  unvanish run depth.yaml --backend pytorch",
      "  unvanish run depth.yaml --shard 2/4",
      "  unvanish run depth.yaml --executor spark --master spark://host:7077",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class RunCommand implements Callable<Integer> {

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE|FOLDER",
      description = "A spec (see: unvanish check --help), or a folder with runs.")
  private Path source = Path.of("");

  @Mixin private OverrideOptions changes = new OverrideOptions();

  @Mixin private BackendOption backend = new BackendOption();

  @Mixin private RacingOption racing = new RacingOption();

  @Mixin private Workers workers = new Workers();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Mixin private VerboseOption verbose = new VerboseOption();

  @Mixin private ProbeOption probe = new ProbeOption();

  @Mixin private ShardOption shard = new ShardOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for runs and files; created if missing. Default: results/NAME, with "
              + "--backend pytorch results/NAME-pytorch, with --shard 2/4 results/NAME-2-of-4.")
  private @Nullable Path out;

  RunCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
  }

  @Override
  public Integer call() {
    if (Files.isDirectory(source)) {
      return resume();
    }
    ExperimentSpec experiment = changed(NamedSpec.ofFile(source));
    Path folder = out == null ? usual(experiment) : out;
    StoredExperiments.requireOwn(folder, experiment.name());
    return execute(
        folder, List.of(new Execution.Task(experiment, "", probe.isAsked(), shard.shard())));
  }

  private Path usual(ExperimentSpec experiment) {
    return Path.of("results", shard.folder(backend.folder(experiment.name())));
  }

  private ExperimentSpec changed(ExperimentSpec experiment) {
    return racing.apply(backend.apply(experiment.with(changes.overrides())));
  }

  private int resume() {
    if (out != null) {
      throw new ParameterException(
          spec.commandLine(), "--out needs a spec: the runs of a folder stay there");
    }
    if (shard.shard().isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--shard needs a spec: a folder knows which shard it holds");
    }
    List<Execution.Task> tasks =
        StoredExperiments.in(source).stream()
            .map(
                stored ->
                    new Execution.Task(
                        changed(StoredExperiments.spec(stored, source)),
                        stored.files(),
                        probe.isAsked(),
                        stored.shard()))
            .toList();
    return execute(source, tasks);
  }

  private int execute(Path folder, List<Execution.Task> tasks) {
    CommandLine command = spec.commandLine();
    Execution execution =
        new Execution(folder, catalog, progress, command.getOut(), command.getErr())
            .telling(verbose.detail());
    ExecutionResult done = execution.run(tasks, workers, cluster);
    boolean whole = tasks.stream().allMatch(task -> task.shard().isEmpty());
    // How to go on with what is interrupted or a shard is told with it.
    if (whole && !done.isInterrupted()) {
      new NextCommand(spec).afterTraining(folder, done.isComplete());
    }
    return done.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
