package org.unvanish.cli.option;

import java.util.List;
import java.util.stream.Stream;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Verdict;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the verdicts for which a build shall fail. */
public final class FailOn {

  private static final List<String> LABELS =
      Stream.concat(
              Stream.of(Signal.values()).map(Signal::label),
              Stream.of(Cause.values()).map(Cause::label))
          .toList();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      split = ",",
      description =
          "Signals or causes, separated by commas, for which the exit code is 1. They count at every"
              + " snapshot that the network has not overcome.")
  private List<String> named = List.of();

  /**
   * To be called before the others.
   *
   * @throws ParameterException if a verdict is none that there is
   */
  public void requireKnown() {
    if (named.contains("steady")) {
      OldNames.note(spec, "steady", Signal.STABLE.label());
      named = named.stream().map(l -> l.equals("steady") ? Signal.STABLE.label() : l).toList();
    }
    for (String label : named) {
      if (!LABELS.contains(label)) {
        throw new ParameterException(
            spec.commandLine(),
            "--fail-on knows no verdict '%s', only %s".formatted(label, String.join(", ", LABELS)));
      }
    }
  }

  /** True where the signal or the cause of the verdict is named, or of any snapshot that stands. */
  public boolean isOne(Diagnosis diagnosis, Verdict verdict) {
    return isOne(verdict)
        || diagnosis.unresolved().stream().anyMatch(snapshot -> isOne(snapshot.verdict()));
  }

  private boolean isOne(Verdict verdict) {
    return named.contains(verdict.signal().label()) || named.contains(verdict.cause().label());
  }
}
