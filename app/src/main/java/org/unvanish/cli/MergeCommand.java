package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.unvanish.cli.execution.MergedFolder;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.MergeProgress;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.store.StoreMerge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one folder of several with runs, such as those of shards. */
@Command(
    name = "merge",
    description = {
      "Makes one folder of several, such as those of shards.",
      "",
      "Its files are written as by run. The merged runs have the same bits as those of one machine. A run that two folders have must be"
          + " the same in both, as far as both went, or nothing is merged; the longer one is kept."
          + " The folders are only read. Where DIR has runs already it is one of them: nothing in it is"
          + " lost, and the same command again changes nothing.",
    },
    footer = {
      "",
      "Examples:",
      "  unvanish merge results/depth-*-of-4 --out results/depth",
      "  unvanish merge laptop/depth desktop/depth --out results/depth",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage.",
    })
final class MergeCommand implements Callable<Integer> {

  private final ProgressLine progress;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "Folders with runs.")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where the merged runs and their files go; created if missing.")
  private Path out = Path.of("");

  MergeCommand(ProgressLine progress) {
    this.progress = progress;
  }

  @Override
  public Integer call() {
    PrintWriter terminal = spec.commandLine().getOut();
    MergedFolder.check(folders, out);
    int runs;
    try {
      runs = new StoreMerge(folders, out).merge(new MergeProgress(progress)::advanced);
    } finally {
      progress.clear();
    }
    terminal.printf("Merged %d folders into %s: %d runs.%n%n", folders.size(), out, runs);
    if (MergedFolder.report(out, terminal, spec.commandLine().getErr())) {
      new NextCommand(spec).afterTraining(out, true);
    }
    return ExitCode.DONE;
  }
}
