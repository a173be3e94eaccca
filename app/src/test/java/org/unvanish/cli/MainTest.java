package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.store.RunState;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;

/** The command in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MainTest {

  private static final String VECTOR = "--add-modules=jdk.incubator.vector";

  @TempDir Path folder;

  private Process start(List<String> flags, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.unvanish.cli.Main"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("LC_ALL", "C");
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void withoutTheVectorModuleItNamesTheFlagAndTheLauncher() throws Exception {
    Process process = start(List.of(), "data", "list");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(text("err").lines())
        .singleElement()
        .asString()
        .contains("--add-modules jdk.incubator.vector", "./unvanish");
  }

  @Test
  void theLauncherTellsAWorkingDirectoryThatIsGone() throws Exception {
    Path launcher = Path.of("..", "unvanish").toRealPath();
    Process process =
        new ProcessBuilder(
                "sh", "-c", "mkdir gone; cd gone; rmdir ../gone; exec \"$0\" --help", "" + launcher)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
    // Some shells say something themselves before.
    assertThat(text("err"))
        .endsWith("unvanish: the working directory was deleted. Change into one that exists.\n");
  }

  @Test
  void theExitCodeIsTheCommands() throws Exception {
    assertThat(start(List.of(VECTOR), "--version").waitFor()).isZero();
    assertThat(text("out")).startsWith("unvanish ");
    assertThat(start(List.of(VECTOR), "nonsense").waitFor()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "ar-EG"})
  void numbersAreTheSameInEveryLanguage(String tag) throws Exception {
    String[] language = tag.split("-", -1);
    List<String> flags =
        List.of(VECTOR, "-Duser.language=" + language[0], "-Duser.country=" + language[1]);
    String[] audit = {"theory", "naive", "--activation=tanh", "--cases=10"};
    assertThat(start(List.of(VECTOR, "-Duser.language=en"), audit).waitFor()).isZero();
    String english = text("out");
    assertThat(english).contains("1 statements, ");
    assertThat(start(flags, audit).waitFor()).isZero();
    assertThat(text("out")).isEqualTo(english);
    assertThat(start(flags, "reproduce", "figure2", "--epochs=0").waitFor()).isEqualTo(2);
    assertThat(text("err")).contains("--epochs must be from 1 to 10000, but is 0");
  }

  @Test
  void aStopKeepsTheRunsThatAreFinished() throws Exception {
    Path results = folder.resolve("results");
    Process process =
        start(
            List.of(VECTOR),
            "reproduce",
            "figure2",
            "--data=synthetic",
            "--seeds=1000",
            "--epochs=1",
            "--train-samples=320",
            "--workers=1",
            "--out=" + results);
    while (!hasFinishedRun(results)) {
      assertThat(process.isAlive()).as(text("err")).isTrue();
      Thread.sleep(100);
    }
    process.destroy();
    assertThat(process.waitFor()).as(text("err")).isEqualTo(143);
    assertThat(text("err"))
        .contains("unvanish: stopped: ")
        .contains(" of 2000 runs of figure2 have ended. Every finished epoch is kept.")
        .contains("To continue: unvanish reproduce figure2 --data=synthetic --seeds=1000 ")
        .contains(" --out=" + results);
    assertThat(text("out")).contains("tanh, α = 2").contains("wrote ");
    Path files = results.resolve("figure2");
    List<String> runs = Files.readAllLines(files.resolve("runs.csv"));
    assertThat(runs).hasSize(2001).anyMatch(run -> run.contains(",1,finished,1,"));
    assertThat(runs).anyMatch(run -> run.contains(",1000,interrupted,0,"));
    assertThat(files.resolve("figure2.png")).isNotEmptyFile();
  }

  private static boolean hasFinishedRun(Path results) {
    if (!RunStore.isIn(results)) {
      return false;
    }
    try (RunStore store = RunStore.read(results)) {
      return store.experiments().stream()
          .flatMap(e -> store.runs(StoredExperiments.experiment(e, results)).stream())
          .anyMatch(run -> run.state() == RunState.FINISHED);
    } catch (StoreException notYet) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void aStoppedCommandSaysSoAndHasTheSignalsExitCode(String signal, int code) throws Exception {
    assumeThat(signal.equals("INT") && isInterruptIgnored())
        .as("whoever started the tests in the background makes their processes ignore Ctrl-C")
        .isFalse();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/x.tar.gz";
      Process process = start(List.of(VECTOR), "data", "install", "cifar10", "--from=" + url);
      // It is at work when it asks for the archive.
      silent.accept();
      String pid = Long.toString(process.pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
      assertThat(process.waitFor()).as(text("err")).isEqualTo(code);
      assertThat(text("err"))
          .contains("unvanish: stopped: unvanish data install cifar10 --from=" + url)
          .doesNotContain("\tat ");
    }
  }

  /** As a shell without job control does for all that it starts behind an ampersand. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16))
            .findFirst()
            .orElse(0);
    // The second bit is SIGINT's.
    return (ignored & 2) != 0;
  }

  @Test
  void aFullDiskBehindStandardOutputIsAnError() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Files.createSymbolicLink(folder.resolve("out"), full);
    assertThat(start(List.of(VECTOR), "show", "figure1").waitFor()).isEqualTo(1);
    assertThat(text("err"))
        .contains("standard output is incomplete, because it cannot be " + "written (");
  }
}
