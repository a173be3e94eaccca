package org.unvanish.cli;

import java.util.List;
import java.util.stream.Stream;
import org.unvanish.cli.option.Version;
import org.unvanish.cli.terminal.CommandName;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual of all commands as one page for {@code man}: written from what the program itself
 * knows of its commands, so that it is as true as {@code --help}.
 */
final class ManPage {

  /** What a shell reads, a footer's example: as it stands. */
  private static final String INDENT = "  ";

  private final StringBuilder page = new StringBuilder();
  private final List<String> common;

  /**
   * @param common lines that stand once, and not with each command
   */
  private ManPage(List<String> common) {
    this.common = common;
  }

  /** In roff, with the macros of man. */
  static String of(CommandLine root) {
    CommandSpec spec = root.getCommandSpec();
    List<String> footer = lines(spec.usageMessage().footer());
    ManPage made = new ManPage(footer);
    List<String> description = lines(spec.usageMessage().description());
    made.line(".TH UNVANISH 1 \"\" \"unvanish %s\" \"Unvanish\"".formatted(Version.number()));
    made.line(".SH NAME");
    made.line("%s \\- %s".formatted(CommandName.DOCUMENTED, escaped(description.get(0))));
    made.line(".SH SYNOPSIS");
    made.line(bold(CommandName.DOCUMENTED) + " COMMAND [OPTION]...");
    made.line(".SH OPTIONS OF EVERY COMMAND");
    spec.options().forEach(option -> made.argument(root.getHelp(), option));
    made.line(".SH COMMANDS");
    root.getSubcommands().values().forEach(made::command);
    made.line(".SH EXIT STATUS");
    made.text(footer);
    return made.page.toString();
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String name = documented(spec.qualifiedName());
    Help help = command.getHelp();
    line(".SS " + name);
    line(bold(name) + escaped(documented(help.synopsis(0)).substring(name.length())));
    line(".P");
    text(lines(spec.usageMessage().description()));
    spec.positionalParameters().forEach(parameter -> argument(help, parameter));
    spec.options().stream()
        .filter(option -> !option.inherited())
        .forEach(option -> argument(help, option));
    text(lines(spec.usageMessage().footer()).stream().filter(this::isOwn).toList());
    command.getSubcommands().values().forEach(this::command);
  }

  private boolean isOwn(String line) {
    return line.isBlank() || !common.contains(line);
  }

  /** On one line, with the name that documents have. */
  private static String documented(String synopsis) {
    return synopsis.strip().replaceAll("\\s+", " ").replaceFirst("^\\S+", CommandName.DOCUMENTED);
  }

  private void argument(Help help, ArgSpec argument) {
    String label =
        help.createDefaultParamLabelRenderer()
            .renderParameterLabel(argument, Help.Ansi.OFF, List.of())
            .toString();
    line(".TP");
    line(
        argument instanceof OptionSpec option
            ? bold(String.join(", ", option.names())) + escaped(label)
            : escaped(label));
    lines(argument.description()).forEach(paragraph -> line(escaped(paragraph)));
  }

  /** Paragraphs; lines that are indented, such as examples and lists, stay lines. */
  private void text(List<String> lines) {
    boolean verbatim = false;
    boolean separated = false;
    for (String next : lines) {
      if (next.startsWith(INDENT) != verbatim) {
        verbatim = !verbatim;
        line(verbatim ? ".P\n.nf" : ".fi");
      }
      if (next.isBlank()) {
        separated = true;
      } else {
        if (separated && !verbatim) {
          line(".P");
        }
        separated = false;
        line(escaped(next));
      }
    }
    if (verbatim) {
      line(".fi");
    }
  }

  /** As picocli shows them: it reads each as a format. */
  private static List<String> lines(String[] formats) {
    return Stream.of(formats)
        .flatMap(format -> Stream.of(String.format(format).split("\\R", -1)))
        .toList();
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  /** Nothing in it is a request, and a hyphen can be pasted as it is. */
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
