package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.unvanish.train.TrainingStep;

class DiagnosisProgressTest {

  private final StringWriter shown = new StringWriter();
  private long seconds;
  private final ProgressLine line =
      new ProgressLine(new PrintWriter(shown, true), 200, () -> TimeUnit.SECONDS.toNanos(seconds));
  private final DiagnosisProgress progress = new DiagnosisProgress(300, line);

  @Test
  void aSingleProbeSaysHowLongItsMiniBatchesTake() {
    progress.began("probing the initial weights", 1);
    seconds = 10;
    progress.batchProbed(2, 4);
    assertThat(last())
        .isEqualTo("diagnosis: probing the initial weights, mini-batch 2 of 4, about 10 s left");
  }

  @Test
  void manyProbesSayHowLongTheyTakeAtMost() {
    progress.began("trying scales α", 8);
    for (int probe = 1; probe <= 2; probe++) {
      for (int batch = 1; batch <= 4; batch++) {
        seconds += 2;
        progress.batchProbed(batch, 4);
      }
    }
    assertThat(last())
        .isEqualTo(
            "diagnosis: trying scales α, probe 2 of at most 8, mini-batch 4 of 4, about 48 s left");
  }

  @Test
  void theTrainingsTimeDoesNotCountTheProbes() {
    progress.began("probing the initial weights", 1);
    seconds = 100;
    progress.batchProbed(4, 4);
    seconds = 110;
    progress.stepTaken(step(11));
    assertThat(last()).isEqualTo("diagnosis: training, step 10 of 300, about 4 min 50 s left");
    progress.began("probing after step 10", 1);
    seconds = 200;
    progress.batchProbed(4, 4);
    seconds = 210;
    progress.stepTaken(step(21));
    assertThat(last()).isEqualTo("diagnosis: training, step 20 of 300, about 4 min 40 s left");
  }

  private static TrainingStep step(int number) {
    return new TrainingStep(
        1, number, 1000, 1, List.of(), new float[0], new float[0], new float[0]);
  }

  private String last() {
    String text = shown.toString();
    return text.substring(text.lastIndexOf('\r') + 1).strip();
  }
}
