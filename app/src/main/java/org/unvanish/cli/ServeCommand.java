package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.Version;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.Interruption;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.dashboard.Dashboard;
import org.unvanish.dashboard.ShownFolder;
import org.unvanish.data.Nearest;
import org.unvanish.store.RunStore;
import org.unvanish.trace.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows folders with runs in the browser while runs go on. */
@Command(
    name = "serve",
    description = {
      "Shows experiments in the browser, live while they train.",
      "",
      "The page is that of unvanish report, updated with every stored epoch of any process. "
          + "Only the named folders are read. Ctrl-C stops the server; runs continue.",
      "",
      "Only this machine can open the page, unless --host says otherwise. There is no "
          + "password: whoever reaches the address sees the experiments.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish serve results/paper-cifar10",
      "  unvanish serve results/depth results/width --port 9000",
      "  unvanish serve results/* --host 0.0.0.0",
      "  unvanish serve trace.jsonl",
      "",
      "Exit codes: 1 failed, 2 wrong usage.",
    })
final class ServeCommand implements Callable<Integer>, Checked {

  private static final int LAST_PORT = 65_535;

  private static final long EVERY_MILLISECONDS = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description =
          "Folders with runs, or traces (*.jsonl); several are shown side by side. They need "
              + "not exist yet.")
  private List<Path> folders = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + Dashboard.PORT,
      description =
          "Port of the page. If it is taken, the next free one is used; 0 means any free port. "
              + "Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address or name of this machine to serve at; 0.0.0.0 means all addresses. Default: "
              + "${DEFAULT-VALUE}, this machine only.")
  private String host = "";

  @Override
  public void check() {
    if (port < 0 || port > LAST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port must be 0 to %d, not %d".formatted(LAST_PORT, port));
    }
  }

  @Override
  public Integer call() {
    folders.stream().filter(one -> !Trace.isTrace(one)).forEach(this::requireRuns);
    List<FollowedTrace> traces = new ArrayList<>();
    Interruption interruption = new Interruption();
    try (Dashboard dashboard = start(served(traces))) {
      tell(dashboard);
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      spec.commandLine()
          .getErr()
          .printf(
              "unvanish: stopped: the page is gone, and runs continue. To keep a page: %s%n",
              CommandName.line("report", folders.get(0).toString()));
    } finally {
      traces.forEach(FollowedTrace::close);
      interruption.close();
    }
    return 0;
  }

  /** What is not there yet is waited for, but not a folder around those with runs. */
  private void requireRuns(Path folder) {
    ReportCommand.refuseModel(folder);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CommandFailure(
          "%s is not a folder. Name the folder that unvanish run writes to.".formatted(folder));
    }
    if (RunStore.isIn(folder)) {
      StoredExperiments.in(folder);
      return;
    }
    List<Path> inside = withRuns(folder);
    if (!inside.isEmpty()) {
      throw new CommandFailure(
          ("there is no experiment in %s itself, but there is in %s. Serve all of them: "
                  + "unvanish serve %s")
              .formatted(
                  folder,
                  String.join(", ", inside.stream().limit(3).map(Path::toString).toList()),
                  String.join(
                      " ",
                      inside.stream().map(one -> ShellWords.quoted(one.toString())).toList())));
    }
    warn(
        ("there is no experiment in %s yet. The page shows it as soon as unvanish run begins "
                + "one.%s")
            .formatted(folder, Nearest.afterSentence(folder)));
  }

  private static List<Path> withRuns(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(RunStore::isIn).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot read the folder %s (%s).".formatted(folder, OutputFolder.reason(e)), e);
    }
  }

  /** A trace is served as the folder that follows it. */
  private List<ShownFolder> served(List<FollowedTrace> traces) {
    List<ShownFolder> served = new ArrayList<>();
    for (Path path : folders) {
      if (Trace.isTrace(path)) {
        traces.add(new FollowedTrace(path, EVERY_MILLISECONDS, this::warn));
        served.add(new ShownFolder(traces.get(traces.size() - 1).folder(), path));
      } else {
        served.add(ShownFolder.of(path));
      }
    }
    return served;
  }

  private void warn(String warning) {
    spec.commandLine().getErr().println("warning: " + warning);
    spec.commandLine().getErr().flush();
  }

  private Dashboard start(List<ShownFolder> served) {
    try {
      return Dashboard.start(served, Version.number(), host, port);
    } catch (UnknownHostException e) {
      throw new CommandFailure(
          "there is no host “%s”. Name another with --host.".formatted(host), e);
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot serve at %s, port %d (%s). Choose others with --host and --port."
              .formatted(host, port, OutputFolder.reason(e)),
          e);
    }
  }

  private void tell(Dashboard dashboard) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (port != 0 && dashboard.port() != port) {
      err.printf("Port %d is taken, so the page is at port %d.%n", port, dashboard.port());
    }
    if (!dashboard.isLoopback()) {
      err.println(
          "warning: there is no password: everybody who can reach this machine sees the "
              + "experiments.");
    }
    err.flush();
    out.println(dashboard.address());
    out.println("Ctrl-C stops it.");
    out.flush();
  }
}
