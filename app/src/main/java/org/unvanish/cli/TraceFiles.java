package org.unvanish.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.data.Nearest;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.store.RunStore;
import org.unvanish.trace.Trace;
import org.unvanish.trace.TraceException;

/** Traces as commands use them: read, or as a store of their own that pages are made of. */
final class TraceFiles {

  private TraceFiles() {}

  /**
   * Reads a trace.
   *
   * @throws CommandFailure if there is none
   */
  static Trace read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          "there is no file %s%s".formatted(file, Nearest.question(file).orElse("")));
    }
    try {
      return Trace.read(file);
    } catch (TraceException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Makes a folder's store that says what is waited for. */
  static void await(Path file, Path folder) {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(Trace.awaited(file), "", "");
    }
  }

  /** Puts a trace into a folder's store, in place of what is there of an earlier training. */
  static void store(Trace trace, Path folder) {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(trace.experiment(), "", "");
      store.keep(trace.examination(Thresholds.DEFAULT));
    }
  }

  /**
   * A folder for a trace's store, for as long as this process needs it.
   *
   * @param file the trace, by whose name pages call the folder
   */
  static Path temporaryFolder(Path file) {
    try {
      Path around = Files.createTempDirectory("unvanish-trace");
      return Files.createDirectory(around.resolve(String.valueOf(file.getFileName())));
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot create a folder for temporary files (%s)".formatted(OutputFolder.reason(e)), e);
    }
  }

  /** Deletes a temporary folder's files, and the folder with that around it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
      Files.delete(Objects.requireNonNull(folder.getParent()));
    } catch (IOException e) {
      // It is among temporary files: the system clears them away.
      return;
    }
  }
}
