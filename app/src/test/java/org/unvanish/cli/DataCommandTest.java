package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

  @TempDir Path cache;

  @Test
  void listShowsWhatIsBuiltInAndHowToInstallTheRest() {
    Terminal terminal = new Terminal(cache);
    assertThat(terminal.execute("data", "list")).isZero();
    assertThat(terminal.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("cifar10 ")
                    .endsWith("not installed; to install: unvanish data install cifar10"),
            line -> assertThat(line).startsWith("synthetic ").endsWith("built in"),
            line ->
                assertThat(line).matches("circles +two circles, one inside the other +built in"),
            line -> assertThat(line).startsWith("blobs "),
            line -> assertThat(line).startsWith("xor "),
            line -> assertThat(line).startsWith("multi-label "),
            line -> assertThat(line).startsWith("regression ").endsWith("built in"),
            line -> assertThat(line).startsWith("adding ").endsWith("built in"),
            line -> assertThat(line).startsWith("copying ").endsWith("built in"));
  }

  @Test
  void listShowsADamagedDataSet() throws IOException {
    Files.createDirectories(cache.resolve("cifar10"));
    Terminal terminal = new Terminal(cache);
    assertThat(terminal.execute("data", "list")).isZero();
    assertThat(terminal.out()).contains("damaged: ").contains("data_batch_1.bin");
  }

  @Test
  void verifyFailsWhereADataSetIsMissing() {
    Terminal terminal = new Terminal(cache);
    assertThat(terminal.execute("data", "verify", "cifar10")).isEqualTo(1);
    assertThat(terminal.out())
        .contains("missing    " + cache.resolve("cifar10").resolve("test_batch.bin"))
        .contains("cifar10: not intact");
    assertThat(terminal.execute("data", "verify")).isEqualTo(1);
    assertThat(terminal.out()).contains("synthetic: intact");
  }

  @Test
  void verifyIsContentWithWhatIsDrawnByCode() {
    assertThat(new Terminal(cache).execute("data", "verify", "synthetic")).isZero();
  }

  @Test
  void anArchiveThatIsNoneIsRefusedAndNothingIsInstalled() throws IOException {
    Path archive = Files.writeString(cache.resolve("archive.tar.gz"), "no archive at all");
    Terminal terminal = new Terminal(cache.resolve("data"));
    int code = terminal.execute("data", "install", "cifar10", "--from", archive.toString());
    assertThat(code).isEqualTo(1);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(archive.toString());
    assertThat(terminal.execute("data", "list")).isZero();
    assertThat(terminal.out()).contains("not installed");
  }
}
