package org.unvanish.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.terminal.BytesProgress;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.Nearest;
import org.unvanish.data.catalog.CatalogEntry;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.catalog.InstallOutcome;
import org.unvanish.data.format.Verification;
import org.unvanish.data.format.Verification.FileCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Installs, lists and verifies data sets. */
@Command(
    name = "data",
    description = "Installs, lists and verifies data sets.",
    footer = {
      "",
      "Examples:",
      "  unvanish data list",
      "  unvanish data install cifar10",
      "  unvanish data install cifar10 --from ~/Downloads/cifar-10-binary.tar.gz",
      "  unvanish data verify cifar10",
      "",
      "Data sets are installed in $XDG_CACHE_HOME/unvanish/data, by default"
          + " ~/.cache/unvanish/data.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class DataCommand implements Runnable {

  private final DataCatalog catalog;
  private final ProgressLine progress;

  @Spec private CommandSpec spec;

  DataCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
    this.spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "nothing to do with data. Name install, list or verify");
  }

  /** One line for each data set: name, title, state. */
  @Command(name = "list", description = "Lists the data sets and where they are.")
  int list() {
    PrintWriter out = out();
    for (CatalogEntry entry : catalog.entries()) {
      out.printf("%-12s %-47s %s%n", entry.name(), entry.title(), state(entry));
    }
    out.flush();
    boolean installed = catalog.defaultName().equals(DataCatalog.CIFAR10);
    new NextCommand(spec).afterData(installed ? "" : DataCatalog.CIFAR10);
    return 0;
  }

  private static String state(CatalogEntry entry) {
    CatalogEntry.State state = entry.state();
    if (state instanceof CatalogEntry.State.Installed installed) {
      return "installed in " + installed.folder();
    } else if (state instanceof CatalogEntry.State.Damaged damaged) {
      return "damaged: " + damaged.problem();
    } else if (state instanceof CatalogEntry.State.NotInstalled) {
      return "not installed; to install: " + CommandName.line("data", "install", entry.name());
    }
    return "built in";
  }

  /** Fetches or unpacks a data set. */
  @Command(
      name = "install",
      description =
          "Installs a data set, and compares every file's SHA-256 with the published one. An "
              + "intact data set is left as it is.")
  int install(
      @Parameters(paramLabel = "NAME", description = "The data set: cifar10.") String name,
      @Option(
              names = "--from",
              paramLabel = "FILE-OR-URL",
              description =
                  "A .tar.gz or .tar.xz archive of the binary version. Default: the data set's"
                      + " home page.")
          @Nullable String from) {
    requireKnown(name);
    InstallOutcome outcome = catalog.install(name, from, new BytesProgress(name, progress));
    progress.clear();
    out()
        .println(
            outcome.alreadyInstalled()
                ? name + " is already installed and intact in " + outcome.folder()
                : "installed " + name + " in " + outcome.folder());
    new NextCommand(spec).afterData("");
    return 0;
  }

  /** Compares a data set's files with the published ones. */
  @Command(
      name = "verify",
      description =
          "Compares every file's SHA-256 with the published one. Exit code 1 if a file is "
              + "missing or altered.")
  int verify(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description =
                  "A data set, or a folder with the binary version of CIFAR-10. Default: every data"
                      + " set.")
          @Nullable String name) {
    List<String> names =
        name != null ? List.of(name) : catalog.entries().stream().map(CatalogEntry::name).toList();
    boolean intact = true;
    for (String each : names) {
      Verification verification = catalog.verify(each);
      print(verification);
      intact &= verification.intact();
    }
    if (intact) {
      new NextCommand(spec).afterData("");
    }
    return intact ? 0 : ExitCode.FAILED;
  }

  private void print(Verification verification) {
    PrintWriter out = out();
    for (FileCheck file : verification.files()) {
      out.printf("%-10s %s%n", file.status().description(), file.file());
    }
    out.println(verification.name() + (verification.intact() ? ": intact" : ": not intact"));
    out.flush();
  }

  private void requireKnown(String name) {
    List<String> names = catalog.entries().stream().map(CatalogEntry::name).toList();
    if (!names.contains(name)) {
      throw new ParameterException(
          spec.subcommands().get("install"),
          "there is no data set '%s'%s Data sets: %s"
              .formatted(
                  name, Nearest.question(name, names).orElse("."), String.join(", ", names)));
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
