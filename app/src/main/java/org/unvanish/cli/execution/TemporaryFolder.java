package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.cli.terminal.CommandFailure;

/**
 * A folder that is gone with all that is in it when it is closed, or when the process is stopped.
 */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;
  private final Thread hook = new Thread(this::deleteQuietly, "temporary folder");

  /**
   * @throws CommandFailure if there can be none
   */
  public TemporaryFolder() {
    try {
      path = Files.createTempDirectory("unvanish");
    } catch (IOException e) {
      throw new CommandFailure("cannot create a temporary folder: " + OutputFolder.reason(e), e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook deletes it.
      return;
    }
    try {
      delete();
    } catch (IOException e) {
      throw new CommandFailure(
          "%s cannot be deleted: %s".formatted(path, OutputFolder.reason(e)), e);
    }
  }

  /** Of a process that ends: nobody would read a message, and the system clears the rest away. */
  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException e) {
      return;
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
