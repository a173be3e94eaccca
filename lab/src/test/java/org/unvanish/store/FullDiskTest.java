package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;

/** A disk without room; skipped where a small one cannot be mounted, as that takes root. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullDiskTest {

  private static final Experiment EXPERIMENT = Trial.experiment(30, 3);

  @TempDir Path elsewhere;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(elsewhere.resolve("disk"));
    assumeTrue(
        execute("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
        "no small disk can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    execute("umount", disk.toString());
  }

  private static boolean execute(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void anExperimentStopsWithAClearErrorAndGoesOnWhenThereIsRoom() throws Exception {
    Path folder = disk.resolve("results");
    Path ballast = disk.resolve("ballast");
    int stops = 0;
    int done = 0;
    // Room for a little more each time, so that it runs out at different snapshots.
    for (int room = 200_000; room <= 1_000_000; room += 100_000) {
      fill(ballast, room);
      try (RunStore store = RunStore.open(folder)) {
        store.plan(EXPERIMENT, "spec", "");
        Trial.train(store, EXPERIMENT, 2);
      } catch (StoreException e) {
        stops++;
        assertThat(e)
            .hasMessageEndingWith(
                "is full. Free space and run again: every finished epoch is kept.");
      }
      fill(ballast, 0);
      done = epochsIn(folder, done);
    }
    assertThat(stops).isGreaterThan(5);
    assertThat(done).isPositive();
    Files.delete(ballast);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(EXPERIMENT, "spec", "");
      ExperimentResult result = Trial.train(store, EXPERIMENT, 2);
      assertThat(Trial.withoutTimes(result))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(EXPERIMENT)));
      assertThat(store.result(EXPERIMENT)).isEqualTo(result);
    }
  }

  /** The disk has no room at all, and the store opens with no fewer epochs than before. */
  private static int epochsIn(Path folder, int before) {
    try (RunStore store = RunStore.read(folder)) {
      int done = store.runs(EXPERIMENT).stream().mapToInt(StoredRun::epochsDone).sum();
      assertThat(done).isGreaterThanOrEqualTo(before);
      assertThat(store.result(EXPERIMENT).runs().stream().mapToInt(r -> r.epochs().size()).sum())
          .isEqualTo(done);
      return done;
    }
  }

  @Test
  void aDiskThatIsFullFromTheStartIsToldSo() throws Exception {
    fill(disk.resolve("ballast"), 0);
    assertThatThrownBy(() -> RunStore.open(disk.resolve("results")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(disk.toString());
    Files.delete(disk.resolve("ballast"));
    RunStore.open(disk.resolve("results")).close();
  }

  /** Fills the disk but for some bytes. */
  private void fill(Path ballast, long room) throws IOException {
    Files.deleteIfExists(ballast);
    long free = Files.getFileStore(disk).getUsableSpace() - room;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (long written = 0; written + 4096 <= free; written += 4096) {
        out.write(new byte[4096]);
      }
    }
  }
}
