package org.unvanish.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says how many runs are under way at a time. */
public final class Workers {

  private static final int MOST = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Runs at a time. Default: one for each processor. Changes no result.")
  private @Nullable Integer workers;

  /** True where the user says how many. */
  public boolean isNamed() {
    return workers != null;
  }

  /** As the user said, or the number of processors. */
  public int count() {
    if (workers == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (workers < 1 || workers > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--workers must be from 1 to %d, but is %d".formatted(MOST, workers));
    }
    return workers;
  }
}
