package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.examination.Examined;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the verdicts for which a build shall fail. */
public final class FailOn implements Checked {

  private static final List<String> LABELS =
      Stream.concat(
              Stream.of(Signal.values()).map(Signal::label),
              Stream.of(Cause.values()).map(Cause::label))
          .toList();

  /** For shells to complete. */
  static final class Labels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LABELS.iterator();
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      split = ",",
      description =
          "Exit with code 1 for these signals or causes, separated by commas. They count at "
              + "every snapshot that the network has not overcome.",
      completionCandidates = Labels.class)
  private List<String> named = List.of();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description =
          "Write a JUnit report (XML) for build systems, with a test for each verdict of "
              + "--fail-on.")
  private @Nullable Path report;

  @Override
  public void check() {
    if (report != null && named.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--junit needs the verdicts to report. Name them, as in --fail-on vanishing,exploding");
    }
    for (String label : named) {
      if (!LABELS.contains(label)) {
        throw new ParameterException(
            spec.commandLine(),
            "--fail-on knows no verdict '%s', only %s".formatted(label, String.join(", ", LABELS)));
      }
    }
  }

  /** Where the report goes, if one is wanted. */
  public Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  /**
   * The named verdicts in their order. Each with true where it is the signal or the cause of the
   * verdict on the network, or of any snapshot that the network has not overcome.
   */
  public Map<String, Boolean> verdicts(Examined found) {
    Map<String, Boolean> verdicts = new LinkedHashMap<>();
    for (String label : named) {
      verdicts.put(
          label,
          isOne(label, found.verdict())
              || found.diagnosis().unresolved().stream()
                  .anyMatch(snapshot -> isOne(label, snapshot.verdict())));
    }
    return verdicts;
  }

  private static boolean isOne(String label, Verdict verdict) {
    return label.equals(verdict.signal().label()) || label.equals(verdict.cause().label());
  }
}
