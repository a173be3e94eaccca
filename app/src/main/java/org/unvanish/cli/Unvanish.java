package org.unvanish.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.cli.terminal.TerminalText;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.DataException;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.store.StoreException;
import org.unvanish.torch.PyTorchMissingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code unvanish} command: its subcommands do the work. */
@Command(
    name = "unvanish",
    description =
        "Finds out why the gradients of a sigmoid-type network vanish, and fixes it with the"
            + " remedies of Ven & Lederer (2021).",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Unvanish.Version.class,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
public final class Unvanish implements Runnable {

  public static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private static final String ISSUES = "This is a fault of Unvanish. Please report it with all of:";

  @Spec private CommandSpec spec;

  /** For picocli. */
  Unvanish() {
    spec = CommandSpec.create();
  }

  /**
   * The whole command, ready to execute.
   *
   * @param catalog the data sets known by name
   * @param progress shows how far long work is
   */
  static CommandLine commandLine(DataCatalog catalog, ProgressLine progress) {
    CommandLine data = new CommandLine(new DataCommand(catalog, progress));
    CommandLine command =
        new CommandLine(new Unvanish())
            .addSubcommand(new ReproduceCommand(catalog, progress))
            .addSubcommand(new DiagnoseCommand(catalog, progress))
            .addSubcommand(new CheckCommand(catalog, progress))
            .addSubcommand(new RunCommand(catalog, progress))
            .addSubcommand(new StatusCommand())
            .addSubcommand(new CompareCommand())
            .addSubcommand(new ReportCommand())
            .addSubcommand(new ExportCommand(progress))
            .addSubcommand(new ServeCommand())
            .addSubcommand(new ShowCommand())
            .addSubcommand(new TheoryCommand(progress))
            .addSubcommand(data)
            .setCaseInsensitiveEnumValuesAllowed(false)
            // Bold print is an escape sequence, and none leaves this program.
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setParameterExceptionHandler(Unvanish::wrongUsage)
            .setExecutionExceptionHandler(Unvanish::failed);
    tellStops(command);
    return command;
  }

  /** What is true of every command stands in the help of each. */
  private static void tellStops(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(usage.footer()));
    footer.add("If it is stopped: 130 by Ctrl-C, 143 by SIGTERM.");
    usage.footer(footer.toArray(String[]::new));
    command.getSubcommands().values().forEach(Unvanish::tellStops);
  }

  /**
   * Executes a command.
   *
   * @return its exit code
   */
  static int execute(CommandLine command, String... args) {
    try {
      return command.execute(OldNames.present(args, command.getErr()));
    } catch (OutOfMemoryError e) {
      // What was allocated is garbage by now, so that there is room for a sentence.
      command.getErr().println("unvanish: " + MemoryPlan.exhausted());
      return FAILED;
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall be done? Name a command");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("unvanish: " + TerminalText.line(message(e)) + ".");
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        err.println("Did you mean: " + String.join(", or ", suggestions) + "?");
      }
    }
    err.println("Usage: " + command.getHelp().synopsis(0).strip());
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return WRONG_USAGE;
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
    if (e instanceof DataException
        || e instanceof SpecException
        || e instanceof StoreException
        || e instanceof PyTorchMissingException
        || e instanceof CommandFailure) {
      err.println("unvanish: " + TerminalText.line(String.valueOf(e.getMessage())));
    } else {
      err.println("unvanish: " + ISSUES);
      new Version().lines().forEach(err::println);
      e.printStackTrace(err);
    }
    err.flush();
    return FAILED;
  }

  /** The project's version, and what a fault report should say beside it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return lines().toArray(new String[0]);
    }

    static String number() {
      Properties properties = new Properties();
      try (InputStream file = Unvanish.class.getResourceAsStream("version.properties")) {
        properties.load(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version");
    }

    List<String> lines() {
      return List.of(
          "unvanish " + number(),
          "Java "
              + System.getProperty("java.runtime.version")
              + " on "
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch"));
    }
  }
}
