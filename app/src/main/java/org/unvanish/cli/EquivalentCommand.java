package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.data.Nearest;
import org.unvanish.file.ResultFile;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.EquivalentSpec;
import org.unvanish.spec.ExperimentSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes arms without α that are the same networks. */
@Command(
    name = "equivalent",
    description = {
      "Rewrites a spec's arms without α, as rescaled networks.",
      "",
      "Inputs are divided by α, and logits multiplied by it. For each arm, the output says "
          + "whether it trains to the same bits, up to rounding, or differently. Without biases, "
          + "training is always equivalent.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish equivalent figure2",
      "  unvanish equivalent own.yaml --arm \"tanh, α = 2\" --out without.yaml",
      "",
      "Exit codes: 0 done, 1 failed or an arm has no equivalent without α, 2 wrong usage.",
    })
final class EquivalentCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SPEC",
      description = "A spec (YAML file), or a name that `unvanish show` knows.")
  private Path file = Path.of("");

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = "Write only this arm. Default: all; arms without α stay as they are.")
  private @Nullable String arm;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file, which ends with .yaml. Default: standard output.")
  private @Nullable Path out;

  EquivalentCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    // A file of another kind would have no mark, and could not be written a second time.
    if (out != null && !out.toString().matches("(?i).*\\.ya?ml")) {
      throw new ParameterException(
          spec.commandLine(),
          "--out %s: what is written is a spec. Name a file that ends with .yaml".formatted(out));
    }
    ExperimentSpec given = NamedSpec.read(file);
    List<ArmSpec> chosen = arm == null ? given.arms() : List.of(named(given, arm));
    String text;
    try {
      text = EquivalentSpec.of(given, chosen).text();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + ": " + e.getMessage());
    }
    PrintWriter terminal = spec.commandLine().getOut();
    if (out == null) {
      terminal.print(text);
      terminal.flush();
      new NextCommand(spec).afterEquivalent();
    } else {
      write(out, text);
      terminal.println("wrote " + out);
      terminal.flush();
      new NextCommand(spec).afterSpec(out.toString());
    }
    return 0;
  }

  private ArmSpec named(ExperimentSpec given, String name) {
    return given.arms().stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s has no arm '%s', only %s%s"
                        .formatted(
                            file,
                            name,
                            given.arms().stream()
                                .map(a -> "'" + a.name() + "'")
                                .collect(Collectors.joining(", ")),
                            Nearest.question(
                                    name, given.arms().stream().map(ArmSpec::name).toList())
                                .orElse(""))));
  }

  private static void write(Path to, String text) {
    if (Files.isDirectory(to)) {
      throw new CommandFailure(to + " is a folder. Name a file with --out");
    }
    Path parent = to.toAbsolutePath().getParent();
    try {
      ResultFile.requireReplaceable(to);
      if (parent != null) {
        Files.createDirectories(parent);
      }
      ResultFile.write(to, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot write %s (%s). Name another file with --out"
              .formatted(to, OutputFolder.reason(e)),
          e);
    }
  }
}
