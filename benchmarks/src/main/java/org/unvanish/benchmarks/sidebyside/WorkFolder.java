package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for task files and logs. In the end the tasks go, which are large, and the logs stay,
 * which tell why somebody failed.
 *
 * @param path of the folder
 */
record WorkFolder(Path path) implements AutoCloseable {

  /** In the folder of the results. */
  static WorkFolder in(Path out) throws IOException {
    return new WorkFolder(Files.createDirectories(out.resolve("logs")));
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(path, "*.task")) {
      for (Path task : tasks) {
        Files.delete(task);
      }
    }
  }
}
