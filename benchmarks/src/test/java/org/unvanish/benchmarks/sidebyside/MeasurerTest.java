package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.contest.Clock;
import org.unvanish.contest.Contest;
import org.unvanish.contest.Contestant;
import org.unvanish.data.synthetic.SyntheticImages;

/** With real processes, for moments only. */
class MeasurerTest {

  @TempDir private Path folder;

  @Test
  void theEnginesProcessesAreMeasuredTogether() throws Exception {
    Reading reading = measure(Entrants.engine(InstalledJava.running()), new Setting(2, 2, 32));
    assertThat(reading.samplesPerSecond()).isPositive();
    assertThat(reading.firstStepSeconds()).isPositive();
    assertThat(reading.peakMegabytes()).isGreaterThan(20);
    assertThat(reading.lossDifference()).isZero();
    assertThat(reading.otherShare()).isBetween(0.0, 1.0);
    assertThat(reading.framework()).startsWith("Unvanish on Java");
  }

  @Test
  void whoTrainsSomethingElseIsRefused() {
    assertThatExceptionOfType(ContestFailure.class)
        .isThrownBy(() -> measure(entrant(Liar.class), new Setting(1, 1, 32)))
        .withMessageContaining("does not do the same work: its loss of step 1 is 1.0");
  }

  @Test
  void aProcessThatEndsIsToldWithItsLog() {
    assertThatExceptionOfType(ContestFailure.class)
        .isThrownBy(() -> measure(entrant(MeasurerTest.class), new Setting(1, 1, 32)))
        .withMessageContaining("ended before its first_step, with 1")
        .withMessageContaining("other-1.log");
  }

  @Test
  void whatOthersTakeIsWhatIsBusyAndNotOurs() {
    Machine.Ticks before = new Machine.Ticks(1000, 500);
    Machine.Ticks after = new Machine.Ticks(1200, 680);
    assertThat(Measurer.others(before, after, 160)).isCloseTo(0.1, within(1e-12));
    assertThat(Measurer.others(before, after, 200)).isZero();
  }

  private Reading measure(Entrant entrant, Setting setting)
      throws ContestFailure, IOException, InterruptedException {
    return new Measurer(folder, SyntheticImages.draw(1, 400, 10))
        .measure(entrant, BenchNetwork.TABLE3, setting, 0.01, 0.05);
  }

  private static Entrant entrant(Class<?> main) {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    return new Entrant(
        "other",
        List.of(java, "-cp", System.getProperty("java.class.path"), main.getName()),
        Map.of());
  }

  /** Tells losses, and trains nothing. */
  static final class Liar implements Contestant {
    @Override
    public void train(Clock clock) {
      while (clock.stepDone(1)) {
        Thread.onSpinWait();
      }
    }

    @Override
    public String framework() {
      return "nothing";
    }

    public static void main(String[] arguments) throws IOException {
      Contest.run(arguments, (task, threads) -> new Liar());
    }
  }
}
