package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Those that take part, as they lie in a build. */
final class Entrants {

  /** The engine's name, before the Java's number. */
  static final String ENGINE = "unvanish-java";

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

  /** The engine on some Java, as users have it. */
  static Entrant engine(InstalledJava java) {
    return engine(engineId(java), java, List.of());
  }

  /** What the engine on some Java is called among contestants. */
  static String engineId(InstalledJava java) {
    return ENGINE + java.feature();
  }

  /** Whether a contestant is the engine, on whatever Java. */
  static boolean isEngine(String contestant) {
    return contestant.startsWith(ENGINE);
  }

  /**
   * The engine.
   *
   * @param java it runs on
   * @param moreFlags beside the usual ones
   */
  static Entrant engine(String id, InstalledJava java, List<String> moreFlags) {
    List<String> command = new ArrayList<>();
    command.add(program(java));
    command.addAll(ENGINE_FLAGS);
    command.addAll(moreFlags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EngineContestant.class.getName()));
    return new Entrant(id, command, Map.of());
  }

  private static String program(InstalledJava java) {
    return java.home().resolve("bin/java").toString();
  }

  /**
   * One of the frameworks.
   *
   * @param root the project's folder, where they were built
   * @param java it runs on
   * @throws IOException if it was not built
   */
  static Entrant framework(String id, Path root, InstalledJava java) throws IOException {
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
          entrant(
              id, java, "org.unvanish.contest.pytorch.PyTorch", classPath, "-Dai.djl.offline=true");
      case "tensorflow" ->
          entrant(id, java, "org.unvanish.contest.tensorflow.TensorFlowJava", classPath);
      case "dl4j" ->
          entrant(
              id,
              java,
              "org.unvanish.contest.dl4j.SameDiffJava",
              classPath,
              "-Dorg.bytedeco.javacpp.platform.extension="
                  + (Machine.hasAvx512() ? "-onednn-avx512" : "-onednn-avx2"));
      default -> throw new IllegalArgumentException("there is no framework " + id);
    };
  }

  private static Entrant entrant(
      String id, InstalledJava java, String main, String classPath, String... flags) {
    List<String> command = new ArrayList<>();
    command.add(program(java));
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
