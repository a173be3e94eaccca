package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The four that take part, as they lie in a build. */
final class Entrants {

  static final String UNVANISH = "unvanish";

  /** The others, in the order in which they take turns. */
  static final List<String> FRAMEWORKS = List.of("pytorch", "tensorflow", "dl4j");

  /** As {@code ./unvanish} has them. */
  static final List<String> ENGINE_FLAGS =
      List.of(
          "--add-modules",
          "jdk.incubator.vector",
          "-XX:+UseSerialGC",
          "-XX:ObjectAlignmentInBytes=64",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=dontinline,org.unvanish.internal.kernel.ActivationKernel::*");

  /** Its allocation rate is small: a collector with threads of its own would only disturb. */
  static final String FRAMEWORK_FLAG = "-XX:+UseSerialGC";

  private Entrants() {}

  /** The engine, on the Java that runs this. */
  static Entrant engine() {
    return engine(Path.of(System.getProperty("java.home")), List.of());
  }

  /**
   * The engine.
   *
   * @param javaHome the Java it runs on
   * @param moreFlags beside the usual ones
   */
  static Entrant engine(Path javaHome, List<String> moreFlags) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(ENGINE_FLAGS);
    command.addAll(moreFlags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EngineContestant.class.getName()));
    return new Entrant(UNVANISH, command, Map.of());
  }

  /**
   * One of the frameworks.
   *
   * @param root the project's folder, where they were built
   * @throws IOException if it was not built
   */
  static Entrant framework(String id, Path root) throws IOException {
    Path target = root.resolve("benchmarks/frameworks").resolve(id).resolve("target");
    Path rest = target.resolve("classpath.txt");
    if (!Files.isReadable(rest)) {
      throw new IOException(
          rest + " is missing: start with ./unvanish-bench, which builds the frameworks");
    }
    String classPath =
        target.resolve("classes") + ":" + Files.readString(rest, StandardCharsets.UTF_8).strip();
    return switch (id) {
      case "pytorch" ->
          entrant(id, "org.unvanish.contest.pytorch.PyTorch", classPath, "-Dai.djl.offline=true");
      case "tensorflow" -> entrant(id, "org.unvanish.contest.tensorflow.TensorFlowJava", classPath);
      case "dl4j" ->
          entrant(
              id,
              "org.unvanish.contest.dl4j.SameDiffJava",
              classPath,
              "-Dorg.bytedeco.javacpp.platform.extension="
                  + (Machine.hasAvx512() ? "-onednn-avx512" : "-onednn-avx2"));
      default -> throw new IllegalArgumentException("there is no framework " + id);
    };
  }

  private static Entrant entrant(String id, String main, String classPath, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add(FRAMEWORK_FLAG);
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classPath, main));
    // DJL would report its use; TensorFlow would report itself.
    return new Entrant(
        id,
        command,
        Map.of(
            "OPT_OUT_TRACKING", "true", "TF_CPP_MIN_LOG_LEVEL", "2", "TF_ENABLE_ONEDNN_OPTS", "1"));
  }
}
