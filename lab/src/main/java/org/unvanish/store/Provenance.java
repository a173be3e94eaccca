package org.unvanish.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Which program trains, and on what.
 *
 * @param version of Unvanish, and of what else computes
 * @param jvm name and version of the Java virtual machine
 * @param cpu the processor's model where the system tells it, else its architecture
 */
public record Provenance(String version, String jvm, String cpu) {

  /** Of this process. */
  public static Provenance here(String version) {
    return new Provenance(
        version,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        cpuModel());
  }

  /**
   * Of runs that another library computes.
   *
   * @param backend its name and version, and where it computes
   */
  public Provenance with(String backend) {
    return new Provenance(version + " with " + backend, jvm, cpu);
  }

  /**
   * Of runs that other machines train.
   *
   * @param cluster what they are and where
   */
  public Provenance on(String cluster) {
    return new Provenance(version, jvm + " (driver)", cluster);
  }

  private static String cpuModel() {
    String architecture = System.getProperty("os.arch", "unknown");
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException | UncheckedIOException elsewhere) {
      // Only Linux has that file.
      return System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", architecture);
    }
  }
}
