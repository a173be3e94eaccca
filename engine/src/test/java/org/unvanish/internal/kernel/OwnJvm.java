package org.unvanish.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM with the tests' own flags and class path, and nothing done in it yet: other tests use
 * vectors of other lengths, which spoils the compiler's type profiles.
 */
public final class OwnJvm {

  private OwnJvm() {}

  /** Runs a main method, which must end well; returns what it prints. */
  public static String run(Class<?> main) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (flag.startsWith("-XX:") || flag.startsWith("--add-modules")) {
        command.add(flag);
      }
    }
    // Methods are compiled when they were called often enough, however busy the machine is.
    command.add("-Xbatch");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
