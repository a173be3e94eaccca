package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.unvanish.data.DataException;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code unvanish-bench} command: its subcommands do the work. */
@Command(
    name = "unvanish-bench",
    description = "Measures how fast Unvanish is on this machine, alone and beside others.",
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpWidth = 100,
    footer = {
      "",
      "Other programs disturb: measure on a machine that does nothing else.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
public final class Bench implements Runnable {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  // Picocli looks at it.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this text.")
  private boolean help;

  private Bench() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // Numbers look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    DataCatalog catalog = DataCatalog.standard();
    // The launcher says where the project is.
    Path root = Path.of(System.getProperty("unvanish.root", "."));
    System.exit(commandLine(catalog, root).execute(args));
  }

  /** The whole command, ready to execute. */
  static CommandLine commandLine(DataCatalog catalog, Path root) {
    return new CommandLine(new Bench())
        .addSubcommand(new FrameworksCommand(catalog, root))
        .addSubcommand(new EngineCommand(catalog))
        .addSubcommand(new StudyCommand(catalog, root))
        .addSubcommand(new RooflineCommand(root))
        .setParameterExceptionHandler(Bench::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what shall be measured? Name a command");
  }

  /**
   * The Java installations that a command is to run the engine on.
   *
   * @param named by the user; none for the oldest and the newest
   * @throws ParameterException if one of them is none that can be used
   */
  static List<InstalledJava> javas(List<Path> named, CommandSpec spec) throws IOException {
    try {
      return InstalledJava.chosen(named);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--java: " + e.getMessage(), e);
    }
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("unvanish-bench: " + e.getMessage() + ".");
    err.println("Usage: " + command.getHelp().synopsis(0).strip());
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return WRONG_USAGE;
  }

  private static int failed(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (e instanceof DataException
        || e instanceof IllegalArgumentException
        || e instanceof IOException) {
      err.println("unvanish-bench: " + e.getMessage());
    } else {
      err.println("unvanish-bench: this is a fault of the benchmark:");
      e.printStackTrace(err);
    }
    err.flush();
    return FAILED;
  }
}
