package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private final StringWriter err = new StringWriter();

  /** After a line was written to something that fails with this reason. */
  private int exitCode(String reason, int code) {
    StandardOutput output =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int value) throws IOException {
                throw new IOException(reason);
              }
            });
    new PrintWriter(output, true).println("text");
    return output.exitCode(code, new PrintWriter(err, true));
  }

  @Test
  void aFullDiskIsAnErrorWithItsReason() {
    assertThat(exitCode("No space left on device", 0)).isEqualTo(1);
    assertThat(err.toString())
        .contains("standard output is incomplete", "(No space left on device)");
    assertThat(exitCode("No space left on device", 2)).isEqualTo(2);
  }

  @Test
  void aReaderWhoHasSeenEnoughIsToldNothing() {
    assertThat(exitCode("Broken pipe", 0)).isEqualTo(141);
    assertThat(exitCode("Broken pipe", 1)).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatIsWrittenKeepsItsExitCode() {
    StandardOutput output = new StandardOutput(OutputStream.nullOutputStream());
    new PrintWriter(output, true).println("text");
    assertThat(output.exitCode(0, new PrintWriter(err))).isZero();
  }
}
