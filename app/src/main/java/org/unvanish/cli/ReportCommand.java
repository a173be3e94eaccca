package org.unvanish.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.option.Version;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.dashboard.ReportPage;
import org.unvanish.file.ResultFile;
import org.unvanish.model.ModelReader;
import org.unvanish.page.PageModel;
import org.unvanish.store.RunStore;
import org.unvanish.trace.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a folder's experiments as a web page. */
@Command(
    name = "report",
    description = {
      "Writes a folder's experiments, or a trace, as a web page.",
      "",
      "Works while runs are training. The page is one file that any browser opens offline. It "
          + "shows accuracies and gradients over the epochs, the gradient of every parameter tensor "
          + "and its distribution, tables of results and comparisons, the paper's claims with their "
          + "verdicts, and the provenance of all numbers.",
      "",
      "For probed runs (run --probe, diagnose --apply), it also shows how the backpropagated "
          + "gradient changes from layer to layer.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish report results/paper-cifar10",
      "  unvanish report results/depth --out depth.html",
      "  unvanish report trace.jsonl",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", description = "A folder with runs, or a trace.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The page to write. Only a page that report wrote is replaced. Default: report.html "
              + "in the folder; for trace.jsonl, trace.html.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    refuseModel(folder);
    Path file = out == null ? usual() : out;
    if (Files.isDirectory(file)) {
      throw new CommandFailure(file + " is a folder. Name a file with --out");
    }
    try {
      ResultFile.requireReplaceable(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    PageModel model = Trace.isTrace(folder) ? traced(folder) : model(folder);
    Path parent = file.toAbsolutePath().getParent();
    try {
      if (parent != null) {
        Files.createDirectories(parent);
      }
      ResultFile.write(file, ReportPage.html(model).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println("wrote " + file);
    terminal.flush();
    new NextCommand(spec).afterReport(folder);
    return 0;
  }

  /** Pages show runs and traces. */
  static void refuseModel(Path file) {
    if (ModelReader.isModel(file)) {
      throw new CommandFailure(
          "%s is a model, not a folder with runs. See its gradient with: %s"
              .formatted(file, CommandName.line("diagnose", file.toString())));
    }
  }

  private Path usual() {
    return Trace.isTrace(folder)
        ? Path.of(folder.toString().replaceFirst("\\.[^.]*$", ".html"))
        : folder.resolve("report.html");
  }

  private static PageModel model(Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      StoredExperiments.of(store, folder);
      return PageModel.of(store, Version.number(), Instant.now());
    }
  }

  private static PageModel traced(Path file) {
    Trace trace = TraceFiles.read(file);
    Path temporary = TraceFiles.temporaryFolder(file);
    try {
      TraceFiles.store(trace, temporary);
      return model(temporary);
    } finally {
      TraceFiles.delete(temporary);
    }
  }

  private static CommandFailure cannotWrite(Path file, IOException e) {
    return new CommandFailure(
        "cannot write %s (%s). Name another file with --out"
            .formatted(file, OutputFolder.reason(e)),
        e);
  }
}
