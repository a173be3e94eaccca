package org.unvanish.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Backend;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says what computes. */
public final class BackendOption implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "What computes all arms: engine, or pytorch for a second opinion. PyTorch's "
              + "libraries are fetched separately (docs/pytorch.md).")
  private @Nullable String backend;

  @Override
  public void check() {
    if (backend != null && named().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--backend must be %s, but is '%s'"
              .formatted(String.join(" or ", SpecWords.BACKENDS.keySet()), backend));
    }
  }

  /** What the user says, if anything. */
  private Optional<Backend> named() {
    return Optional.ofNullable(backend).flatMap(b -> SpecWords.meaning(b, SpecWords.BACKENDS));
  }

  /** A spec on what the user says. */
  public ExperimentSpec apply(ExperimentSpec experiment) {
    return named().map(experiment::on).orElse(experiment);
  }

  /** A folder of its own for another backend than the engine. */
  public String folder(String otherwise) {
    return named()
        .filter(other -> other != Backend.ENGINE)
        .map(other -> otherwise + "-" + other.label())
        .orElse(otherwise);
  }
}
