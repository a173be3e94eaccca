package org.unvanish.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.unvanish.cli.execution.OutputFolder;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.file.ResultFile;

/** Writes a page to the file that an option names, unless that is a file of somebody else's. */
record PageFile(Path file, String option) {

  /** Looks whether it can be written, before any work. */
  void requireReplaceable() {
    if (Files.isDirectory(file) || file.getFileName() == null) {
      throw new CommandFailure(file + " is a folder. Name a file with " + option);
    }
    try {
      ResultFile.requireReplaceable(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes it, and its folder where that is missing. */
  void write(String page) {
    requireReplaceable();
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      ResultFile.write(file, page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private CommandFailure failure(IOException e) {
    return new CommandFailure(
        "cannot write %s (%s). Name another file with %s"
            .formatted(file, OutputFolder.reason(e), option),
        e);
  }
}
