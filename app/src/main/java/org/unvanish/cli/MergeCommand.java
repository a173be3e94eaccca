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
      "Merges folders with runs, such as those of shards, into one.",
      "",
      "Merged runs have the same bits as on one machine, and the same result files. If two folders"
          + " have the same run, the longer one is kept. If their epochs differ, nothing is merged."
          + " The folders are only read. If DIR has runs already, they are kept and merged as well."
          + " Repeating the command changes nothing.",
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
      description = "Folder for the merged runs and their files; created if missing.")
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
    terminal.printf("merged %d folders into %s: %d runs%n%n", folders.size(), out, runs);
    if (MergedFolder.report(out, terminal, spec.commandLine().getErr())) {
      new NextCommand(spec).afterTraining(out, true);
    }
    return ExitCode.DONE;
  }
}
