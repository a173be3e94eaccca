package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final long MILLISECOND = 1_000_000;

  private final StringWriter out = new StringWriter();
  private final AtomicLong clock = new AtomicLong(-5 * MILLISECOND);

  private ProgressLine line(int columns) {
    return new ProgressLine(new PrintWriter(out), columns, clock::get);
  }

  private void pass(long milliseconds) {
    clock.addAndGet(milliseconds * MILLISECOND);
  }

  @Test
  void aTerminalIsRedrawnInPlaceFiveTimesASecondAtMost() {
    ProgressLine line = line(80);
    for (int i = 0; i < 1000; i++) {
      pass(1);
      line.update(() -> "text");
    }
    assertThat(out.toString()).isEqualTo("\rtext".repeat(5));
  }

  @Test
  void aShorterTextCoversALongerOne() {
    ProgressLine line = line(80);
    pass(200);
    line.update(() -> "longer α");
    pass(200);
    line.update(() -> "short");
    assertThat(out.toString()).isEqualTo("\rlonger α\rshort   ");
  }

  @Test
  void aTextIsCutToTheWidthOfTheTerminal() {
    ProgressLine line = line(10);
    pass(200);
    line.update(() -> "0123456789");
    pass(200);
    line.update(() -> "012345678");
    assertThat(out.toString()).isEqualTo("\r01234567…\r012345678");
  }

  @Test
  void nothingOfItStaysWhenItIsCleared() {
    ProgressLine line = line(80);
    pass(200);
    line.update(() -> "text");
    line.println("stays");
    line.clear();
    assertThat(out.toString()).isEqualTo("\rtext\r    \rstays" + System.lineSeparator());
  }

  @Test
  void withoutATerminalThereIsAPlainLineEveryTenSeconds() {
    ProgressLine line = line(0);
    for (int i = 1; i <= 25; i++) {
      int second = i;
      pass(1000);
      line.update(() -> "second " + second);
    }
    line.clear();
    assertThat(out.toString()).isEqualTo("second 10%nsecond 20%n".formatted());
  }

  @Test
  void aTextThatIsNotShownIsNotMade() {
    line(80)
        .update(
            () -> {
              throw new AssertionError();
            });
    assertThat(out.toString()).isEmpty();
  }
}
