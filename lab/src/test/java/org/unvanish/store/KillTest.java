package org.unvanish.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, and others that look on. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KillTest {

  private static final int KILLS = 12;
  private static final int SIGKILL = 128 + 9;

  @TempDir Path folder;

  @Test
  void anExperimentThatIsKilled12TimesEndsInTheFilesOfOneThatIsNot() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    int lastDone = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = KilledTraining.start(folder);
      // Each process gets through a few epochs at most, so that none comes to the end. Writing one
      // takes a millisecond or two, and most kills fall into that.
      awaitEpochs(process, 1 + random.nextInt(10));
      LockSupport.parkNanos(random.nextInt(2_000_000));
      process.destroyForcibly();
      assertThat(process.waitFor()).isEqualTo(SIGKILL);
      lastDone = checkWhatIsLeft(lastDone);
    }
    assertThat(lastDone).as("kills fell into training").isPositive();
    String numbers;
    try (RunStore store = RunStore.open(folder)) {
      assertThat(store.runs(KilledTraining.EXPERIMENT))
          .extracting(StoredRun::state)
          .contains(RunState.STOPPED)
          .doesNotContain(RunState.RUNNING);
      Trial.train(store, KilledTraining.EXPERIMENT, 2);
      numbers = Trial.numbers(store.result(KilledTraining.EXPERIMENT));
    }
    assertThat(numbers).isEqualTo(Trial.numbers(Trial.uninterrupted(KilledTraining.EXPERIMENT)));
  }

  /** A dead process holds no lock, has lost no epoch, and left whole epochs only. */
  private int checkWhatIsLeft(int before) {
    if (!RunStore.isIn(folder)) {
      return before;
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.trainingProcess()).isEmpty();
      List<StoredRun> runs = store.runs(KilledTraining.EXPERIMENT);
      assertThat(runs).extracting(StoredRun::state).doesNotContain(RunState.RUNNING);
      assertThat(store.result(KilledTraining.EXPERIMENT).runs())
          .zipSatisfy(
              runs,
              (result, run) -> {
                assertThat(result.epochs()).hasSize(run.epochsDone());
                assertThat(result.epochs())
                    .allSatisfy(e -> assertThat(e.gradients()).hasSizeGreaterThanOrEqualTo(21));
              });
      int done = runs.stream().mapToInt(StoredRun::epochsDone).sum();
      assertThat(done).isGreaterThanOrEqualTo(before);
      return done;
    }
  }

  @Test
  void whileAProcessTrainsASecondIsRefusedAndOthersMayLook() throws Exception {
    Process process = KilledTraining.start(folder);
    try {
      awaitEpochs(process, 15);
      assertThatThrownBy(() -> RunStore.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "another process (%d) is training in %s. Wait until it ends, or stop it.",
              process.pid(), folder);
      try (RunStore store = RunStore.read(folder)) {
        assertThat(store.trainingProcess()).hasValue(process.pid());
        assertThat(store.experiments()).hasSize(1);
        assertThat(store.runs(KilledTraining.EXPERIMENT))
            .extracting(StoredRun::state)
            .contains(RunState.RUNNING);
        int seen = 0;
        for (int look = 0; look < 20; look++) {
          int now =
              store.result(KilledTraining.EXPERIMENT).runs().stream()
                  .mapToInt(r -> r.epochs().size())
                  .sum();
          assertThat(now).isGreaterThanOrEqualTo(seen);
          seen = now;
          awaitEpochs(process, 1);
        }
        assertThat(seen).isPositive();
      }
      assertThat(process.isAlive()).as("looking on does not disturb").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    RunStore.open(folder).close();
  }

  private static void awaitEpochs(Process process, int epochs) throws IOException {
    BufferedReader lines = process.inputReader(UTF_8);
    for (int epoch = 0; epoch < epochs; epoch++) {
      assertThat(lines.readLine()).isEqualTo("epoch");
    }
  }
}
