package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredRun;

/** {@code run --backend pytorch} from end to end: with PyTorch on the class path, and without. */
class PyTorchCommandTest {

  private static final String SPEC =
      """
      name: depth
      data: {source: synthetic, train-samples: 160, seed: 3}
      network:
        - max-pooling: 8
        - dense: 8
        - activation
        - dense: classes
      defaults: {epochs: 2, seeds: 2}
      arms:
        - {name: tanh, activation: tanh}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("depth.yaml"), SPEC);
    out = folder.resolve("results");
  }

  @Test
  void anExperimentIsComputedByPyTorchAndSaysSo() throws IOException {
    succeed("run", file.toString(), "--backend=pytorch", "--out=" + out);
    assertThat(terminal.out()).contains("2 finished", "wrote to " + out);
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(1 + 2 * 2);
    assertThat(Files.readString(out.resolve("depth.yaml"))).contains("backend: pytorch");
    assertThat(Files.readString(out.resolve("depth.svg"))).contains("backend: PyTorch");
    succeed("status", out.toString());
    assertThat(terminal.out()).contains("“tanh” is computed by PyTorch");
    succeed("status", out.toString(), "--json");
    assertThat(terminal.out())
        .contains("\"backend\" : \"pytorch\"")
        .containsPattern("\"version\" : \".* with PyTorch \\d.* through DJL \\d.* on .pu");
    succeed("report", out.toString(), "--out=" + folder.resolve("page.html"));
    assertThat(Files.readString(folder.resolve("page.html"))).contains("with PyTorch ");
  }

  @Test
  void itsFolderIsGoneOnWithByPyTorch() throws IOException {
    succeed("run", file.toString(), "--backend=pytorch", "--out=" + out, "--epochs=1");
    List<String> first = Files.readAllLines(out.resolve("times.csv"));
    succeed("run", out.toString(), "--epochs=2");
    assertThat(Files.readAllLines(out.resolve("times.csv")))
        .hasSize(1 + 2 * 2)
        // What was there is kept, and not computed again.
        .containsAll(first);
    succeed("status", out.toString());
    assertThat(terminal.out()).contains("4 of 4", "computed by PyTorch");
  }

  @Test
  void runsOfTheTwoAreNeverMixed() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    byte[] epochs = Files.readAllBytes(out.resolve("epochs.csv"));
    refuse(
        1,
        "tanh: backend: engine in the folder, PyTorch, revision 1 now",
        "run",
        file.toString(),
        "--backend=pytorch",
        "--out=" + out);
    refuse(1, "backend: engine in the folder", "run", out.toString(), "--backend=pytorch");
    assertThat(Files.readAllBytes(out.resolve("epochs.csv"))).isEqualTo(epochs);
  }

  @Test
  void oneExperimentComparesTheTwoSeedBySeed() throws IOException {
    Files.writeString(file, SPEC + "  - {name: torch, activation: tanh, backend: pytorch}\n");
    succeed("run", file.toString(), "--out=" + out);
    List<String> epochs = Files.readAllLines(out.resolve("epochs.csv"));
    assertThat(epochs).hasSize(1 + 2 * 2 * 2);
    double engine = trainLoss(epochs, "tanh,2,2,");
    assertThat(trainLoss(epochs, "torch,2,2,") / engine).isBetween(0.9999, 1.0001);
    succeed("compare", out.toString());
    assertThat(terminal.out()).contains("tanh", "torch");
  }

  private static double trainLoss(List<String> epochs, String start) {
    String line = epochs.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    return Double.parseDouble(line.split(",")[3]);
  }

  @Test
  void reproduceTakesTheOptionToo() {
    succeed(
        "reproduce",
        "figure2",
        "--backend=pytorch",
        "--data=synthetic",
        "--train-samples=64",
        "--seeds=1",
        "--epochs=1",
        "--out=" + out);
    assertThat(out.resolve("figure2").resolve("figure2.svg")).exists();
  }

  @Test
  void anUnknownBackendIsWrongUsage() {
    refuse(
        2,
        "--backend must be engine or pytorch, but is 'jax'",
        "run",
        file.toString(),
        "--backend=jax");
    assertThat(out).doesNotExist();
  }

  @Test
  void withoutPyTorchItIsSaidInALineBeforeAnythingIsWritten() throws Exception {
    Process process =
        start(
            entry -> !entry.contains("pytorch-native"),
            "run",
            file.toString(),
            "--backend=pytorch",
            "--out=" + out);
    String output = output(process);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output.lines().filter(line -> !line.contains("incubator")))
        .singleElement()
        .asString()
        .startsWith("unvanish: PyTorch's native libraries are not there. To fetch them")
        .contains("mvn -q -pl app dependency:copy@pytorch", "docs/pytorch.md");
    assertThat(out).doesNotExist();
  }

  @Test
  void aDiagnosisWhoseProofNeedsItSaysSoFirst() throws Exception {
    Files.writeString(file, SPEC.replace("epochs: 2", "backend: pytorch, epochs: 2"));
    Process process =
        start(
            entry -> !entry.contains("pytorch-native"),
            "diagnose",
            file.toString(),
            "--apply",
            "--out=" + out);
    assertThat(output(process).lines().filter(line -> !line.contains("incubator")))
        .singleElement()
        .asString()
        .contains("are not there");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void theEngineNeedsNoPyTorch() throws Exception {
    Process process =
        start(entry -> !entry.contains("pytorch-native"), "run", file.toString(), "--out=" + out);
    assertThat(output(process)).contains("2 finished");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aKilledRunGoesOnFromItsLastEpoch() throws Exception {
    Process process =
        start(
            entry -> true,
            "run",
            file.toString(),
            "--backend=pytorch",
            "--epochs=2000",
            "--seeds=1",
            "--out=" + out);
    try {
      while (epochsDone() < 2) {
        assertThat(process.isAlive()).as("the run ended before it was killed").isTrue();
        Thread.sleep(20);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    int done = epochsDone();
    succeed("run", out.toString(), "--epochs=" + (done + 1));
    List<String> resumed = Files.readAllLines(out.resolve("epochs.csv"));
    assertThat(resumed).hasSize(1 + done + 1);
    Path whole = folder.resolve("whole");
    succeed(
        "run",
        file.toString(),
        "--backend=pytorch",
        "--seeds=1",
        "--epochs=" + (done + 1),
        "--out=" + whole);
    String last = "tanh,1,%d,".formatted(done + 1);
    assertThat(
            trainLoss(resumed, last)
                / trainLoss(Files.readAllLines(whole.resolve("epochs.csv")), last))
        .isBetween(0.999, 1.001);
  }

  private int epochsDone() {
    if (!RunStore.isIn(out)) {
      return 0;
    }
    try (RunStore store = RunStore.read(out)) {
      return store.experiments().stream()
          .flatMap(stored -> store.runs(StoredExperiments.experiment(stored, out)).stream())
          .mapToInt(StoredRun::epochsDone)
          .sum();
    } catch (StoreException tooEarly) {
      // The process is about to create its tables.
      return 0;
    }
  }

  /** The command in a process of its own, with some of this one's class path. */
  private Process start(Predicate<String> onClassPath, String... args) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(onClassPath)
            .collect(Collectors.joining(File.pathSeparator));
    boolean all = classPath.equals(System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-Djava.awt.headless=true",
            "-DDJL_CACHE_DIR="
                + (all ? System.getProperty("DJL_CACHE_DIR") : folder.resolve("djl").toString()),
            "-cp",
            classPath,
            Main.class.getName());
    builder.command().addAll(List.of(args));
    builder.environment().remove("PYTORCH_LIBRARY_PATH");
    return builder.redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private void succeed(String... args) {
    assertThat(terminal.execute(args)).as(terminal.err()).isZero();
  }

  private void refuse(int code, String message, String... args) {
    assertThat(terminal.execute(args)).as(terminal.err()).isEqualTo(code);
    assertThat(terminal.err()).contains(message).doesNotContain("\tat ");
  }
}
