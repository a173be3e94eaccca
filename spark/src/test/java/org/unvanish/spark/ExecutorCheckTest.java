package org.unvanish.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An executor that another Java runs, or one without vectors. */
class ExecutorCheckTest {

  @Test
  void theTinyTrainingComesToTheSameBitsEachTime() {
    assertThat(ExecutorCheck.bits()).hasSize(2 * 65).isEqualTo(ExecutorCheck.train());
  }

  @Test
  void anExecutorWithoutVectorsSaysSo() throws IOException, InterruptedException {
    assertThat(refusal(List.of()))
        .contains("runs without its vector module", "--add-modules jdk.incubator.vector");
  }

  @Test
  void anExecutorThatComesToOtherBitsSaysSo() throws IOException, InterruptedException {
    List<String> vectors = List.of("--add-modules", "jdk.incubator.vector");
    assertThat(refusal(vectors)).contains("computes other bits than Java 99 on the driver");
  }

  private static String refusal(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Refused.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** What an executor does first. */
  static final class Refused {
    public static void main(String[] args) {
      System.out.println(ExecutorCheck.refusal("none", "Java 99", "host").orElseThrow());
    }
  }
}
