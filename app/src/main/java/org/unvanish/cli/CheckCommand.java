package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.LoadingProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.execution.Calibration;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a spec and tells what it comes to. */
@Command(
    name = "check",
    description = {
      "Checks a spec, and shows its layers, arms, runs, time and memory.",
      "",
      "Trains each distinct network briefly on this machine to estimate the time. Refuses a "
          + "spec that needs more memory than Java may use.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish check own.yaml",
      "  unvanish check own.yaml --workers 8 --json",
      "",
      "Exit codes: 0 the spec is valid, 1 it is not or its data are missing, 2 wrong usage.",
    })
final class CheckCommand implements Callable<Integer> {

  private static final Duration CALIBRATION = Duration.ofSeconds(2);

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "A spec (YAML file), or a name that `unvanish show` knows.")
  private Path file = Path.of("");

  @Mixin private Workers workers = new Workers();

  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  CheckCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    int atATime = workers.count();
    NamedSpec named = new NamedSpec(file, Overrides.NONE, catalog);
    ExperimentSpec experimentSpec = named.read(spec.commandLine().getErr()).with(named.overrides());
    Dataset data;
    try {
      data = experimentSpec.load(catalog, new LoadingProgress(progress));
      progress.clear();
    } catch (DataException e) {
      // What is known without data is worth showing; the exit code says that something is missing.
      print(
          new PlanText(
              experimentSpec,
              Plan.of(experimentSpec),
              Optional.empty(),
              atATime,
              Optional.empty(),
              OptionalDouble.empty(),
              false));
      throw e;
    }
    Experiment experiment = experimentSpec.experiment(data);
    MemoryPlan memory = MemoryPlan.of(experiment, data);
    memory.require(Math.min(atATime, experiment.runs().size()));
    Calibration calibration = Calibration.measure(experiment, data, CALIBRATION);
    print(
        new PlanText(
            experimentSpec,
            Plan.of(experimentSpec, experiment),
            Optional.of(data),
            atATime,
            Optional.of(memory),
            calibration.seconds(atATime, Runtime.getRuntime().availableProcessors()),
            calibration.isReckoned()));
    new NextCommand(spec).afterSpec(file.toString());
    return 0;
  }

  private void print(PlanText text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? text.json() : text.text());
    out.flush();
  }
}
