package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

  @TempDir Path folder;
  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(terminal.execute()).isEqualTo(2);
    assertThat(terminal.err()).isEqualTo(FirstSteps.text());
    refuse(2, "Name install, list or verify", "data");
  }

  @Test
  void anUnknownCommandIsAnsweredWithThoseThereAre() {
    refuse(
        2, "there is no command 'reprodce'. Commands: init, diagnose, forecast, check", "reprodce");
    assertThat(terminal.err()).contains("Did you mean: reproduce");
    refuse(2, "there is no command 'instal'", "data", "instal");
    assertThat(terminal.err()).contains("Did you mean: install");
  }

  @Test
  void anUnknownOptionIsAnsweredWithTheOneThatIsMeant() {
    refuse(2, "--sedes", "reproduce", "figure2", "--sedes=3");
    assertThat(terminal.err()).contains("Did you mean: --seeds?");
  }

  @Test
  void anUnknownTargetIsAnsweredWithThoseThereAre() {
    refuse(
        2,
        "there is no target 'figure9': did you mean \"figure1\"? Targets: figure1, figure2, figure3",
        "reproduce",
        "figure9");
    refuse(2, "TARGET", "reproduce");
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0",
    "--epochs, -5",
    "--epochs, 10001",
    "--workers, 0",
    "--workers, -2",
    "--workers, 1001"
  })
  void aCountOutOfRangeIsRefusedWithTheRange(String option, String value) {
    refuse(2, option + " must be from 1 to ", "reproduce", "figure2", option, value);
    assertThat(terminal.err()).contains("but is " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "1.5", "99999999999", ""})
  void aCountThatIsNoWholeNumberIsRefused(String value) {
    refuse(2, "--epochs", "reproduce", "figure2", "--epochs=" + value);
  }

  @Test
  void aDataSetThatIsNotThereIsRefused() {
    String out = folder.resolve("out").toString();
    refuse(
        1, "no data set or folder \"cifar\"", "reproduce", "figure2", "--data=cifar", "--out", out);
    refuse(
        1, "unvanish data install cifar10", "reproduce", "figure2", "--data=cifar10", "--out", out);
    refuse(1, "no data set or folder \"nowhere\"", "data", "verify", "nowhere");
  }

  @Test
  void aTruncatedDataFileIsRefusedByName() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), new byte[3073]);
    }
    Files.write(folder.resolve("test_batch.bin"), new byte[3073]);
    refuse(
        1,
        "data_batch_1.bin",
        "reproduce",
        "figure2",
        "--data=" + folder,
        "--out=" + folder.resolve("out"));
  }

  @Test
  void dataThatDoNotFitTheFigureAreRefusedAtTheLayer() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "x,label\n1,a\n2,a\n3,b\n4,b\n");
    refuse(
        1,
        "layer 1, a convolution, needs an image, but 1×1×1 reaches it; put it before the first"
            + " dense layer; samples of "
            + file
            + " are 1×1×1",
        "reproduce",
        "figure2",
        "--data=" + file,
        "--out=" + folder.resolve("out"));
    refuse(2, "--data is empty", "reproduce", "figure2", "--data=");
  }

  @Test
  void anOutputFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("results"));
    refuse(1, file + " is not a folder", "reproduce", "figure2", "--out", file.toString());
  }

  @Test
  void anOutputFolderThatCannotBeCreatedIsRefused() throws IOException {
    Path inside = Files.createFile(folder.resolve("file")).resolve("results");
    refuse(
        1, "cannot write to " + inside + " (", "reproduce", "figure2", "--out", inside.toString());
  }

  @Test
  void installingWhatIsUnknownBuiltInOrMissingIsRefused() {
    refuse(2, "no data set 'mnist'. Data sets: cifar10, synthetic", "data", "install", "mnist");
    refuse(1, "synthetic is built in", "data", "install", "synthetic");
    refuse(
        1,
        "the file does not exist",
        "data",
        "install",
        "cifar10",
        "--from",
        folder + "/none.tar.gz");
  }

  /**
   * Executes, and expects a short message without a stack trace, and nothing on standard output.
   */
  private void refuse(int exitCode, String message, String... args) {
    int code = terminal.execute(args);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
    assertThat(code).isEqualTo(exitCode);
  }

  @Test
  void aDeviceIsNoSpecAndNoData() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeThat(device).exists();
    for (String command : new String[] {"check", "run", "diagnose"}) {
      refuse(1, "/dev/zero:1:1: this is a pipe, a device or a socket", command, "/dev/zero");
    }
    Path data = Files.createSymbolicLink(folder.resolve("x.csv"), device);
    refuse(1, data + " is a pipe, a device or a socket", "diagnose", "figure2", "--data=" + data);
  }

  /** 90 million parameters, a thousand times. */
  @Test
  void runsThatTheMemoryCannotHoldAreRefusedBeforeTheyAreTrained() throws IOException {
    Path data = Files.writeString(folder.resolve("x.csv"), "x,label\n1,a\n2,a\n3,b\n4,b\n");
    Path file =
        Files.writeString(
            folder.resolve("wide.yaml"),
            """
            name: wide
            data: {source: x.csv}
            network: [{dense: 30000}, activation, {dense: 3000}, activation, {dense: classes}]
            defaults: {seeds: 1000}
            arms: [{name: only, activation: tanh}]
            """
                .replace("x.csv", data.toString()));
    for (String command : new String[] {"check", "run"}) {
      refuse(
          1,
          "1000 runs at a time and the data need at least ",
          command,
          file.toString(),
          "--workers=1000");
      assertThat(terminal.err()).contains("GiB of memory, but Java may use no more", "-Xmx");
    }
  }

  @Test
  void aMessageCannotBeForgedByAName() {
    refuse(1, "none\\nunvanish: done", "check", "none\nunvanish: done");
  }
}
