package org.unvanish.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.unvanish.data.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what to type first, or how a command is used. */
@Command(
    name = "help",
    description = "Shows which commands to begin with, or how to use one.",
    footer = {
      "",
      "Examples:",
      "  unvanish help",
      "  unvanish help diagnose",
      "  unvanish help data install",
      "",
      "Exit codes: 0 done, 2 wrong usage.",
    })
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "A command, followed by its subcommand if it has one.")
  private List<String> words = List.of();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(words.isEmpty() ? FirstSteps.text() : named().getUsageMessage());
    out.flush();
    return 0;
  }

  private CommandLine named() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        throw unknown(command, word);
      }
      command = next;
    }
    return command;
  }

  private ParameterException unknown(CommandLine parent, String word) {
    List<String> names = List.copyOf(parent.getSubcommands().keySet());
    String known =
        names.isEmpty()
            ? ": %s has none".formatted(parent.getCommandSpec().qualifiedName())
            : Nearest.to(word, names)
                .map(nearest -> "; the nearest name is " + nearest)
                .orElse(". Commands: " + String.join(", ", names));
    return new ParameterException(
        spec.commandLine(), "there is no command '%s'%s".formatted(word, known));
  }
}
