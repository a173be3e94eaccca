package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.unvanish.cli.terminal.CommandFailure;

/** The folder where results go, tried out before any work. */
public final class OutputFolder {

  private OutputFolder() {}

  /**
   * Creates the folder where it is missing.
   *
   * @throws CommandFailure if it cannot be created or nothing can be written there
   */
  public static void prepare(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CommandFailure(folder + " is not a folder. Name another with --out");
    }
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".unvanish", ".tmp"));
    } catch (IOException e) {
      throw new CommandFailure(
          "cannot write to %s (%s). Name another folder with --out".formatted(folder, reason(e)),
          e);
    }
  }

  /**
   * What to do about a file that Unvanish did not write.
   *
   * @param e says which file it is
   */
  public static CommandFailure taken(Path folder, IOException e) {
    return new CommandFailure(
        "cannot write to %s: %s. Move that file, or choose another folder"
            .formatted(folder, reason(e)),
        e);
  }

  /** Java's own messages are often nothing but the path. */
  public static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    String words = kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    if (e instanceof java.nio.file.FileSystemException file) {
      return file.getReason() == null ? words : file.getReason();
    }
    return e.getMessage() == null ? words : e.getMessage();
  }
}
