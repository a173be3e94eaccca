package org.unvanish.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A standalone cluster of Spark: a master and workers of one core, each a JVM of its own. */
final class Standalone implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final Path home;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param home an empty folder, which becomes that of a distribution
   */
  Standalone(Path home, int workers) throws IOException, InterruptedException {
    this.home = home;
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : classPath().filter(Files::isRegularFile).toList()) {
      // Ours are shipped.
      if (!jar.getFileName().toString().startsWith("unvanish-")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    this.port = freePort();
    start("org.apache.spark.deploy.master.Master", "--port", "" + port);
    awaitMaster();
    for (int worker = 0; worker < workers; worker++) {
      String folder = home.resolve("work" + worker).toString();
      start(
          "org.apache.spark.deploy.worker.Worker",
          "--cores",
          "1",
          "--memory",
          "900m",
          "--work-dir",
          folder,
          master());
    }
  }

  /** Where it is. */
  String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** Settings for a driver on the same machine. */
  static Map<String, String> settings() {
    return Map.of(
        "spark.driver.host",
        HOST,
        "spark.driver.bindAddress",
        HOST,
        "spark.executor.memory",
        "600m",
        "spark.executor.extraJavaOptions",
        "-XX:TieredStopAtLevel=1");
  }

  /** The executors that are alive. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  private void start(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("@" + Path.of("spark.jvm").toAbsolutePath());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", home.resolve("jars") + "/*", main));
    command.addAll(List.of("--host", HOST, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    Path log = home.resolve(main.substring(main.lastIndexOf('.') + 1) + processes.size() + ".log");
    processes.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private void awaitMaster() throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(HOST, port), 1000);
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("the master does not start: see " + home);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Stream<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (Process process : processes) {
      process.onExit().join();
    }
  }

  /** What the processes wrote, for the message of a test that fails. */
  String logs() {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(log|stderr|stdout)")).toList()) {
        text.append(file).append(":\n").append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
