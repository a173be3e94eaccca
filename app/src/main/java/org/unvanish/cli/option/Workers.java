package org.unvanish.cli.option;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.execution.LocalExecutor;
import org.unvanish.experiment.execution.RunExecutor;
import org.unvanish.experiment.execution.RunTrainer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says how many runs are under way at a time, and what executes them. */
public final class Workers implements Checked {

  private static final int MOST = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Runs at a time. Default: one per processor. Does not change results.")
  private @Nullable Integer workers;

  @Override
  public void check() {
    if (workers != null && (workers < 1 || workers > MOST)) {
      throw new ParameterException(
          spec.commandLine(), "--workers must be from 1 to %d, but is %d".formatted(MOST, workers));
    }
  }

  /** True where the user says how many. */
  public boolean isNamed() {
    return workers != null;
  }

  /** As the user said, or the number of processors. */
  public int count() {
    return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
  }

  /**
   * What executes an experiment's runs.
   *
   * @param most runs that may be under way at a time, at least 1
   * @param trainers how each backend trains
   */
  public RunExecutor executor(int most, Map<Backend, RunTrainer> trainers) {
    return new LocalExecutor(Math.min(count(), most), trainers);
  }
}
