package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadingProgressTest {

  private final StringWriter shown = new StringWriter();
  private long seconds;
  private final LoadingProgress progress =
      new LoadingProgress(
          new ProgressLine(
              new PrintWriter(shown, true), 100, () -> TimeUnit.SECONDS.toNanos(seconds)));

  @Test
  void itSaysHowMuchIsReadAndHowLongTheRestTakes() {
    progress.advanced("a.csv", 1, 100);
    seconds = 1;
    progress.advanced("a.csv", 10, 100);
    assertThat(shown.toString()).isEmpty();
    seconds = 10;
    progress.advanced("a.csv", 50, 100);
    assertThat(shown.toString()).contains("reading a.csv: 50 %, about 10 s left");
  }

  @Test
  void everyFileHasATimeOfItsOwn() {
    progress.advanced("train.csv", 1, 100);
    seconds = 100;
    progress.advanced("test.csv", 1, 100);
    seconds = 105;
    progress.advanced("test.csv", 50, 100);
    assertThat(shown.toString()).contains("reading test.csv: 50 %, about 5 s left");
  }
}
