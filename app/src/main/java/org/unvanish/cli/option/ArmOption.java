package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Nearest;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names one arm of a spec. */
public class ArmOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = "Arm of the spec. Default: the first.")
  private @Nullable String arm;

  /** Whether one is named. */
  public boolean isGiven() {
    return arm != null;
  }

  /**
   * The arm that is meant.
   *
   * @param file where the spec was read, as the user named it
   * @throws ParameterException if the spec has no such arm
   */
  public ArmSpec arm(ExperimentSpec experiment, Path file) {
    List<ArmSpec> arms = experiment.arms();
    String name = arm;
    if (name == null) {
      return arms.get(0);
    }
    return arms.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s has no arm '%s', only %s%s"
                        .formatted(
                            file,
                            name,
                            arms.stream()
                                .map(a -> "'" + a.name() + "'")
                                .collect(Collectors.joining(", ")),
                            Nearest.question(name, arms.stream().map(ArmSpec::name).toList())
                                .orElse(""))));
  }

  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
