package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.option.BackendOption;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.Nearest;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command that runs experiments which the program brings along.
 *
 * @param spec of the command
 * @param catalog the data sets known by name
 * @param progress shows how far long work is
 * @param detail how much is told of the results
 */
record Reproduction(CommandSpec spec, DataCatalog catalog, ProgressLine progress, Detail detail) {

  static final String ALL = "all";

  /**
   * The named experiments in their order, each once.
   *
   * @param targets what the user wrote
   * @throws ParameterException if there is no such one
   */
  List<String> names(List<String> targets, List<String> known) {
    for (String target : targets) {
      if (!target.equals(ALL) && !known.contains(target)) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no target '%s'%s Targets: %s, %s"
                .formatted(
                    target,
                    Nearest.question(target, known).orElse("."),
                    String.join(", ", known),
                    ALL));
      }
    }
    return targets.contains(ALL) ? known : known.stream().filter(targets::contains).toList();
  }

  /** An execution in a folder; stopped, the same command resumes it. */
  Execution execution(Path folder) {
    return new Execution(
            folder,
            catalog,
            progress,
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            spec.commandLine().getParseResult().originalArgs())
        .telling(detail);
  }

  /**
   * Runs tasks folder by folder, until it is interrupted.
   *
   * @return the exit code
   */
  int run(Map<Path, List<Execution.Task>> tasks, Workers workers, ClusterOptions cluster) {
    return run(tasks, workers, cluster, (folder, done) -> {});
  }

  /**
   * Runs tasks folder by folder, until it is interrupted.
   *
   * @param then what to do with a folder's results when all of its tasks have ended; their epochs
   *     can be read there
   * @return the exit code
   */
  int run(
      Map<Path, List<Execution.Task>> tasks,
      Workers workers,
      ClusterOptions cluster,
      BiConsumer<Path, ExecutionResult> then) {
    boolean complete = true;
    for (Map.Entry<Path, List<Execution.Task>> each : tasks.entrySet()) {
      if (tasks.size() > 1) {
        progress.println("in %s:".formatted(each.getKey()));
      }
      ExecutionResult done =
          execution(each.getKey())
              .run(
                  each.getValue(),
                  workers,
                  cluster,
                  all -> {
                    if (!all.isInterrupted()) {
                      then.accept(each.getKey(), all);
                    }
                  });
      complete &= done.isComplete();
      if (done.isInterrupted()) {
        return ExitCode.FAILED;
      }
    }
    if (!tasks.isEmpty()) {
      new NextCommand(spec).afterTraining(tasks.keySet().iterator().next(), complete);
    }
    return complete ? ExitCode.DONE : ExitCode.FAILED;
  }

  /**
   * Where the results of a series on some data go: experiments on the same data share a folder, so
   * that arms that they share are trained once.
   *
   * @param out what the user says, if anything
   * @param data as users write it, maybe a path
   */
  static Path folder(@Nullable Path out, BackendOption backend, String series, String data) {
    return out == null ? Path.of("results", backend.folder(series + "-" + lastName(data))) : out;
  }

  /** Says that the data is not the experiments' own. */
  static void warnOfSynthetic(PrintWriter err) {
    err.println(
        "unvanish: CIFAR-10 is not installed, so this uses built-in synthetic images, not the"
            + " paper's data. To install it: "
            + CommandName.line("data", "install", DataCatalog.CIFAR10));
    err.flush();
  }

  /** Of a path its last part, so that the name of a folder can be made of it. */
  private static String lastName(String data) {
    String[] parts = data.split("[/\\\\]+", -1);
    String last = parts[parts.length - 1].isEmpty() ? data : parts[parts.length - 1];
    return last.replaceAll("[^\\p{L}\\p{N}._-]", "-");
  }
}
