package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.unvanish.cli.execution.Execution;
import org.unvanish.cli.execution.ExecutionResult;
import org.unvanish.cli.option.BackendOption;
import org.unvanish.cli.option.Checked;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.OverrideOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.Detail;
import org.unvanish.cli.terminal.ExitCode;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.Nearest;
import org.unvanish.data.catalog.DataCatalog;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that runs experiments which the program brings along. */
abstract class ReproductionCommand implements Callable<Integer>, Checked {

  static final String ALL = "all";

  /** The order of an option of its own that help shows before those that all of them have. */
  static final int FIRST = -2;

  /** The data sets known by name. */
  final DataCatalog catalog;

  /** Shows how far long work is. */
  final ProgressLine progress;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin OverrideOptions changes = new OverrideOptions();

  @Mixin BackendOption backend = new BackendOption();

  @Mixin private Workers workers = new Workers();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  ReproductionCommand(DataCatalog catalog, ProgressLine progress) {
    this.catalog = catalog;
    this.progress = progress;
  }

  /** How much is told of the results. */
  abstract Detail detail();

  /** How many networks may be measured at a time. */
  final int workers() {
    return workers.count();
  }

  /**
   * The named experiments in their order, each once.
   *
   * @param targets what the user wrote
   * @throws ParameterException if there is no such one
   */
  final List<String> names(List<String> targets, List<String> known) {
    for (String target : targets) {
      if (!target.equals(ALL) && !known.contains(target)) {
        throw noTarget(spec, target, known);
      }
    }
    return targets.contains(ALL) ? known : known.stream().filter(targets::contains).toList();
  }

  /** Refuses a target that is neither known nor {@value #ALL}. */
  static ParameterException noTarget(CommandSpec spec, String target, List<String> known) {
    return new ParameterException(
        spec.commandLine(),
        "there is no target '%s'%s Targets: %s, %s"
            .formatted(
                target,
                Nearest.question(target, known).orElse("."),
                String.join(", ", known),
                ALL));
  }

  /**
   * Runs tasks in a folder; stopped, the same command resumes them.
   *
   * @param then what to do with the results when all tasks have ended; their epochs can be read
   *     there
   */
  final ExecutionResult run(
      Path folder, List<Execution.Task> tasks, Consumer<ExecutionResult> then) {
    return new Execution(
            folder,
            catalog,
            progress,
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            spec.commandLine().getParseResult().originalArgs())
        .telling(detail())
        .run(tasks, workers, cluster, then);
  }

  /**
   * Runs tasks folder by folder, until it is interrupted.
   *
   * @return the exit code
   */
  final int run(Map<Path, List<Execution.Task>> tasks) {
    return run(tasks, (folder, done) -> {});
  }

  /**
   * Runs tasks folder by folder, until it is interrupted.
   *
   * @param then what to do with a folder's results when all of its tasks have ended; their epochs
   *     can be read there
   * @return the exit code
   */
  final int run(Map<Path, List<Execution.Task>> tasks, BiConsumer<Path, ExecutionResult> then) {
    boolean complete = true;
    for (Map.Entry<Path, List<Execution.Task>> each : tasks.entrySet()) {
      if (tasks.size() > 1) {
        progress.println("in %s:".formatted(each.getKey()));
      }
      ExecutionResult done =
          run(
              each.getKey(),
              each.getValue(),
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
  final Path folder(@Nullable Path out, String series, String data) {
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
  static String lastName(String data) {
    // A shell completes the name of a folder with a slash.
    String[] parts = data.replaceFirst("[/\\\\]+$", "").split("[/\\\\]+", -1);
    return parts[parts.length - 1].replaceAll("[^\\p{L}\\p{N}._-]", "-");
  }
}
