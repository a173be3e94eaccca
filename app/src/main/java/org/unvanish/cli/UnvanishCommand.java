package org.unvanish.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.unvanish.cli.execution.MemoryPlan;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.Version;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.TerminalText;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.DataException;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.store.StoreException;
import org.unvanish.torch.PyTorchMissingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code unvanish} command: its subcommands do the work. */
@Command(
    name = "unvanish",
    description = "Finds out why a network does not learn, and proves the remedy by training.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class UnvanishCommand implements Callable<Integer> {

  private static final String ISSUES = "This is a bug in Unvanish. Please report it with all of:";

  /** What the commands are for, each over the first of those that are. */
  private static final Map<String, String> HEADINGS =
      Map.of(
          "init", "Find out why a network does not learn:",
          "check", "Train and prove a remedy:",
          "status", "Look at what was trained:",
          "reproduce", "The paper and its theory:",
          "show", "Specs, data, help:");

  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quiet",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print only results, warnings and errors: no progress, notes or next command.")
  private boolean quiet;

  private UnvanishCommand(ProgressLine progress) {
    this.progress = progress;
  }

  /**
   * The whole command, ready to execute.
   *
   * @param catalog the data sets known by name
   * @param progress shows how far long work is
   */
  static CommandLine commandLine(DataCatalog catalog, ProgressLine progress) {
    CommandLine data = new CommandLine(new DataCommand(catalog, progress));
    CommandLine reproduce =
        new CommandLine(new ReproduceCommand(catalog, progress))
            .addSubcommand(new BeyondCommand(catalog, progress))
            .addSubcommand(new SequencesCommand(catalog, progress))
            .addSubcommand(new SensitivityCommand(catalog, progress));
    CommandLine command =
        new CommandLine(new UnvanishCommand(progress))
            .addSubcommand(new InitCommand(catalog, progress))
            .addSubcommand(new DiagnoseCommand(catalog, progress))
            .addSubcommand(new ForecastCommand(catalog, progress))
            .addSubcommand(new CheckCommand(catalog, progress))
            .addSubcommand(new RunCommand(catalog, progress))
            .addSubcommand(new MergeCommand(progress))
            .addSubcommand(new StatusCommand())
            .addSubcommand(new CompareCommand())
            .addSubcommand(new ReportCommand())
            .addSubcommand(new ExportCommand(progress))
            .addSubcommand(new ServeCommand())
            .addSubcommand(reproduce)
            .addSubcommand(new TheoryCommand(progress))
            .addSubcommand(new ShowCommand())
            .addSubcommand(new EquivalentCommand())
            .addSubcommand(data)
            .addSubcommand(new HelpCommand())
            .setCommandName(CommandName.called())
            .setCaseInsensitiveEnumValuesAllowed(false)
            // Bold print is an escape sequence, and none leaves this program.
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setExecutionStrategy(UnvanishCommand::begin)
            .setParameterExceptionHandler(UnvanishCommand::wrongUsage)
            .setExecutionExceptionHandler(UnvanishCommand::failed);
    tellStops(command);
    showExamplesToPaste(command);
    groupCommands(command.getCommandSpec().usageMessage());
    return command;
  }

  /** What is true of every command stands in the help of each. */
  private static void tellStops(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(usage.footer()));
    footer.add("When stopped: 130 by Ctrl-C, 141 by a closed pipe, 143 by SIGTERM.");
    usage.footer(footer.toArray(String[]::new));
    // What must be given is seen at once, what may be given is listed below.
    usage.abbreviateSynopsis(
        command.getCommandSpec().requiredArgs().stream().noneMatch(ArgSpec::isOption));
    command.getSubcommands().values().forEach(UnvanishCommand::tellStops);
  }

  private static void showExamplesToPaste(CommandLine command) {
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> toPaste(help.footer(), command));
    // Of all its subcommands, too.
    command.setHelpSectionMap(sections);
  }

  private static void groupCommands(UsageMessageSpec usage) {
    Map<String, CommandLine.IHelpSectionRenderer> sections =
        new LinkedHashMap<>(usage.sectionMap());
    sections.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, UnvanishCommand::grouped);
    usage.sectionMap(sections);
  }

  /** The commands under what they are for, each with the first sentence of its help. */
  private static String grouped(Help help) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Help> command : help.subcommands().entrySet()) {
      String heading = HEADINGS.get(command.getKey());
      if (heading != null) {
        text.append("\n%s%n".formatted(heading));
      }
      String[] described = command.getValue().commandSpec().usageMessage().description();
      text.append("  %-10s  %s%n".formatted(command.getKey(), described[0]));
    }
    return text.toString();
  }

  /** True where the user wants to read results, warnings and errors alone. */
  static boolean isQuiet(CommandSpec command) {
    return ((UnvanishCommand) command.root().userObject()).quiet;
  }

  /**
   * Executes a command.
   *
   * @return its exit code
   */
  static int execute(CommandLine command, String... args) {
    try {
      boolean quiet = List.of(args).contains("--quiet");
      PrintWriter notes = quiet ? new PrintWriter(Writer.nullWriter()) : command.getErr();
      return command.execute(OldNames.present(args, notes));
    } catch (OutOfMemoryError e) {
      // What was allocated is garbage by now, so that there is room for a sentence.
      command.getErr().println("unvanish: " + MemoryPlan.exhausted());
      return ExitCode.FAILED;
    }
  }

  /** Checks what was given, all of it, and begins the command; or prints its help. */
  private static int begin(ParseResult given) {
    Integer help = CommandLine.executeHelpRequest(given);
    if (help != null) {
      return help;
    }
    UnvanishCommand root = (UnvanishCommand) given.commandSpec().userObject();
    if (root.quiet) {
      root.progress.silence();
    }
    for (ParseResult part = given; part != null; part = part.subcommand()) {
      CommandSpec command = part.commandSpec();
      Stream.concat(
              command.mixins().values().stream().map(CommandSpec::userObject),
              Stream.of(command.userObject()))
          .filter(Checked.class::isInstance)
          .forEach(checked -> ((Checked) checked).check());
    }
    return new CommandLine.RunLast().execute(given);
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    err.print(FirstSteps.text());
    err.flush();
    return ExitCode.WRONG_USAGE;
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("unvanish: " + TerminalText.line(toPaste(message(e), command)) + ".");
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("Did you mean: " + String.join(", or ", suggestions) + "?");
      }
    }
    err.println("Usage: " + command.getHelp().synopsis(0).strip());
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.WRONG_USAGE;
  }

  /** Libraries recommend commands under the name that documents have. */
  private static String toPaste(String message, CommandLine command) {
    return CommandName.in(message, command.getCommandSpec().root().subcommands().keySet());
  }

  /** Picocli's message, but for an unknown command, which it calls an unmatched argument. */
  private static String message(ParameterException e) {
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    if (e instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !commands.isEmpty()) {
      return "there is no command '%s'. Commands: %s"
          .formatted(unmatched.getUnmatched().get(0), String.join(", ", commands));
    }
    return String.valueOf(e.getMessage());
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof SpecException wrong && wrong.lines().size() > 1) {
      err.printf("unvanish: errors in %s:%n", TerminalText.line(wrong.place().file()));
      wrong.lines().forEach(line -> err.println(TerminalText.line(line)));
    } else if (e instanceof DataException
        || e instanceof SpecException
        || e instanceof StoreException
        || e instanceof PyTorchMissingException
        || e instanceof ClusterException
        || e instanceof CommandFailure) {
      err.println(
          "unvanish: " + TerminalText.message(toPaste(String.valueOf(e.getMessage()), command)));
    } else {
      err.println("unvanish: " + ISSUES);
      Version.lines().forEach(err::println);
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.FAILED;
  }
}
