package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.cli.terminal.CommandFailure;

/** A folder that is gone with all that is in it when it is closed. */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;

  /**
   * @throws CommandFailure if there can be none
   */
  public TemporaryFolder() {
    try {
      path = Files.createTempDirectory("unvanish");
    } catch (IOException e) {
      throw new CommandFailure("cannot create a temporary folder: " + OutputFolder.reason(e), e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be deleted: %s".formatted(path, OutputFolder.reason(e)), e);
    }
  }
}
