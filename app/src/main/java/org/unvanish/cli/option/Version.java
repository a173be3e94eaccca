package org.unvanish.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} tells: the project's version, and what a fault report says beside it. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return lines().toArray(String[]::new);
  }

  /** Such as {@code 1.2.0}. */
  public static String number() {
    Properties properties = new Properties();
    try (@Nullable InputStream file = Version.class.getResourceAsStream("version.properties")) {
      properties.load(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** With Java, where it is and why that one, and the operating system, each on a line. */
  public static List<String> lines() {
    String chosen = System.getProperty("unvanish.java", "");
    return List.of(
        "unvanish " + number(),
        "Java "
            + System.getProperty("java.runtime.version")
            + " in "
            + System.getProperty("java.home")
            + (chosen.isEmpty() ? "" : ": " + chosen),
        System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
  }
}
