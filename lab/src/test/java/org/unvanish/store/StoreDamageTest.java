package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.train.Checkpoint;

/** What a disk, a copy or a hand changed in a store is told, or changes nothing. */
class StoreDamageTest {

  private static final Experiment EXPERIMENT =
      Trial.experiment("trial", Trial.tanh(3, 2), Trial.wild(2, 1));

  /** Small, as it is read thousands of times. */
  private static final Experiment SMALL = Trial.experiment("small", Trial.tanh(2, 1));

  private static final int FLIPS = 800;

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void train() {
    try (RunStore store = RunStore.open(shared)) {
      store.plan(EXPERIMENT, "spec", "");
      Trial.train(store, EXPERIMENT, new ExperimentRunner(1).probing(), () -> {});
    }
  }

  /** A copy of the trained store. */
  private Path copy() throws IOException {
    return Files.copy(
        shared.resolve(RunStore.FILE),
        folder.resolve(RunStore.FILE),
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** All that any command reads, as text. */
  private static String content(RunStore opened) {
    return content(opened, EXPERIMENT);
  }

  private static String content(RunStore opened, Experiment experiment) {
    StringBuilder content = new StringBuilder();
    try (RunStore store = opened) {
      content.append(store.experiments());
      for (Arm arm : experiment.arms()) {
        content.append(store.diagnosis(experiment, arm));
      }
      content.append(store.runs(experiment)).append(store.result(experiment));
      for (Run run : experiment.runs()) {
        Checkpoint checkpoint = store.earlier(experiment).checkpoint(run);
        content
            .append(store.earlier(experiment).progress(run))
            .append(checkpoint.epoch())
            .append(checkpoint.step())
            .append(Arrays.toString(checkpoint.parameters()))
            .append(Arrays.toString(checkpoint.firstMoments()))
            .append(Arrays.toString(checkpoint.secondMoments()));
      }
    }
    return content.toString();
  }

  @Test
  void everyFlippedBitIsToldOrChangesNoNumber() throws Exception {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(SMALL, "spec", "");
      Trial.train(store, SMALL, new ExperimentRunner(1).probing(), () -> {});
    }
    Path file = folder.resolve(RunStore.FILE);
    // Small pages are filled: most bits say something.
    change(file, "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM");
    String whole = content(RunStore.read(folder), SMALL);
    long size = Files.size(file);
    SplittableRandom random = new SplittableRandom(12);
    int told = 0;
    for (int n = 0; n < FLIPS; n++) {
      long position = random.nextLong(size);
      int bit = 1 << random.nextInt(8);
      flip(file, position, bit);
      try {
        assertThat(content(RunStore.read(folder), SMALL))
            .as("bit %d of byte %d", bit, position)
            .isEqualTo(whole);
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining(file.toString());
        told++;
      }
      flip(file, position, bit);
    }
    assertThat(content(RunStore.read(folder), SMALL)).isEqualTo(whole);
    // The rest of the file is free: ends of pages.
    assertThat(told).isGreaterThan(FLIPS / 2);
  }

  /** SQLite removes its log with the last connection. */
  @Test
  void aStoreThatCannotBeOpenedForTrainingIsLetGoOf() throws Exception {
    Path file = copy();
    change(file, "UPDATE run SET state = 'running' WHERE id = 1");
    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> RunStore.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("run 1 is not as it was written");
      assertThat(folder.resolve(RunStore.FILE + "-wal")).doesNotExist();
    }
  }

  private static void flip(Path file, long position, int bit) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      int value = bytes.read();
      bytes.seek(position);
      bytes.write(value ^ bit);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE epoch SET test_accuracy = 0.5 WHERE run = 1 AND epoch = 2"
            + " | epoch 2 of arm \"tanh\", seed 1 is not as it was written",
        "UPDATE gradient SET rms = rms * 2 WHERE run = 1 AND epoch = 3 AND position = 4"
            + " | epoch 3 of arm \"tanh\", seed 1 is not as it was written",
        "DELETE FROM gradient WHERE run = 1 AND epoch = 1 AND position = 4"
            + " | epoch 1 of arm \"tanh\", seed 1 is not as it was written",
        "DELETE FROM epoch WHERE run = 1 AND epoch = 2"
            + " | epoch 2 of arm \"tanh\", seed 1 is missing",
        "DELETE FROM epoch WHERE run = 1 AND epoch = 3"
            + " | arm \"tanh\", seed 1 has 2 epochs, but should have 3",
        "DELETE FROM checksum WHERE what = 'EPOCH'"
            + " | epoch 1 of arm \"tanh\", seed 1 has no checksum",
        "UPDATE run SET epochs_done = 2 WHERE id = 1"
            + " | the run of arm \"tanh\", seed 1 is not as it was written",
        "UPDATE session SET version = '1.0' WHERE run = 1"
            + " | the run of arm \"tanh\", seed 1 is not as it was written",
        "DELETE FROM run WHERE id = 1 | arm \"tanh\" has no run with seed 1",
        "UPDATE experiment SET title = 'Another' | the experiment trial is not as it was written",
        "UPDATE arm SET definition = replace(definition, '25', '26') WHERE id = 1"
            + " | the definition of arm \"tanh\" is not as it was written",
        "UPDATE moment SET json = replace(json, '1', '2')"
            + " | what probing found of arm \"tanh\", seed 1, is not as it was written",
        "DELETE FROM moment WHERE arm = 1 AND step > 0"
            + " | what probing found of arm \"tanh\", seed 1, is not as it was written",
        "UPDATE checkpoint SET parameters = zeroblob(length(parameters)) WHERE run = 1"
            + " | the checkpoint of arm \"tanh\", seed 1 is not as it was written",
        "DELETE FROM checkpoint WHERE run = 1"
            + " | the checkpoint of arm \"tanh\", seed 1 is missing",
      })
  void whatWasChangedByHandIsNamed(String sql, String named) throws Exception {
    change(copy(), sql);
    assertThatThrownBy(() -> content(RunStore.read(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(folder + "/runs.db is damaged", named);
    assertThatThrownBy(() -> content(RunStore.open(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(named);
  }

  @Test
  void damageAfterAResultWasMadeIsToldWhenItsEpochsAreRead() throws Exception {
    Path file = copy();
    try (RunStore store = RunStore.read(folder)) {
      ExperimentResult result = store.result(EXPERIMENT);
      assertThat(result.runs().get(1).epochs().get(0).epoch()).isEqualTo(1);
      change(file, "UPDATE gradient SET rms = rms * 2 WHERE run = 1 AND epoch = 3");
      assertThatThrownBy(() -> result.runs().get(0).epochs().get(0))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(
              folder + "/runs.db is damaged",
              "epoch 3 of arm \"tanh\", seed 1 is not as it was written");
    }
  }

  @Test
  void damageOfADoneRunIsToldBeforeAnythingIsTrained() throws Exception {
    change(copy(), "UPDATE epoch SET test_accuracy = 0.5 WHERE run = 1 AND epoch = 2");
    Experiment more = Trial.experiment("trial", Trial.tanh(3, 3), Trial.wild(2, 1));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(more, "spec", "");
      assertThatThrownBy(() -> Trial.train(store, more, 1, () -> fail("nothing is to be trained")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("epoch 2 of arm \"tanh\", seed 1 is not as it was written");
    }
  }

  /** What no checksum covers, as somebody wrote it before there were any. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE epoch SET test_accuracy = 1.5 WHERE run = 1 AND epoch = 2"
            + " | epoch 2 of arm \"tanh\", seed 1: test_accuracy is 1.5, above 1",
        "UPDATE epoch SET train_accuracy = -0.1 WHERE run = 1 AND epoch = 2"
            + " | epoch 2 of arm \"tanh\", seed 1: train_accuracy is -0.1, below zero",
        "UPDATE epoch SET test_accuracy = NULL WHERE run = 1 AND epoch = 1"
            + " | epoch 1 of arm \"tanh\", seed 1: the accuracy is missing",
        "UPDATE epoch SET seconds = -1 WHERE run = 1 AND epoch = 1"
            + " | epoch 1 of arm \"tanh\", seed 1: seconds is -1.0, below zero",
        "UPDATE gradient SET vanished_share = 2 WHERE run = 1 AND epoch = 1 AND position = 0"
            + " | epoch 1 of arm \"tanh\", seed 1: vanished_share is 2.0, above 1",
        "DELETE FROM epoch WHERE run = 1 AND epoch = 2"
            + " | epoch 2 of arm \"tanh\", seed 1 is missing",
        "UPDATE run SET state = 'asleep' WHERE id = 1 | ASLEEP",
        "UPDATE run SET epochs_done = -1 WHERE id = 1 | epochs_done is -1",
        "UPDATE experiment_arm SET seeds = '1 x' | x",
        "UPDATE experiment SET files = '../../x'"
            + " | the folder for the files of trial is \"../../x\"",
        "UPDATE experiment SET name = '../x' | the name of an experiment is \"../x\"",
        "UPDATE moment SET json = 'null' WHERE arm = 1 | null is no SnapshotJson",
        "UPDATE checkpoint SET epoch = 2 WHERE run = 1"
            + " | the checkpoint of arm \"tanh\", seed 1 is of epoch 2, but there are 3",
      })
  void whatCannotBeIsNamedWithoutChecksumsToo(String sql, String named) throws Exception {
    change(
        copy(),
        "DROP TABLE checksum",
        "DROP TABLE constant_predictor",
        "DROP TABLE score",
        "DROP TABLE constant_score",
        "DROP TABLE parameter_update",
        "DROP TABLE learned_scale",
        "DROP TABLE input_column",
        "DROP TABLE target_column",
        "PRAGMA user_version = 2",
        sql);
    assertThatThrownBy(() -> content(RunStore.read(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(folder + "/runs.db is damaged", named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"files = '../../x'", "files = '/tmp'", "name = '..'", "name = 'a/b'"})
  void aFolderOutsideIsRefusedWhateverTheChecksumSays(String value) throws Exception {
    Path file = copy();
    change(file, "UPDATE experiment SET " + value);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      RowChecksums.writeAll(connection);
    }
    assertThatThrownBy(() -> content(RunStore.read(folder)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("runs.db is damaged");
    try (RunStore store = RunStore.open(folder)) {
      assertThatThrownBy(() -> store.plan(EXPERIMENT, "spec", ""))
          .isInstanceOf(StoreException.class);
    }
  }

  private static void change(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  // ---- copies, moves and limits ----------------------------------------------------------------

  @Test
  void theFileAloneHasThePlanAtOnce() throws IOException {
    try (RunStore store = RunStore.open(shared.resolve("planned"))) {
      store.plan(EXPERIMENT, "spec", "");
      Files.copy(shared.resolve("planned").resolve(RunStore.FILE), folder.resolve(RunStore.FILE));
      try (RunStore copied = RunStore.read(folder)) {
        assertThat(copied.experiments()).isEqualTo(store.experiments());
      }
    }
  }

  @Test
  void anEmptyFileWithoutItsLogIsThoughtOf() throws IOException {
    Files.createFile(folder.resolve(RunStore.FILE));
    assertThatThrownBy(() -> RunStore.read(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("If it was copied or moved, copy its runs.db-wal too.");
  }

  @Test
  void aFolderThatIsMovedWhileItTrainsIsToldAndGoesOnWhereItIs() throws IOException {
    Path before = folder.resolve("before");
    Path after = folder.resolve("after");
    int[] steps = {0};
    try (RunStore store = RunStore.open(before)) {
      store.plan(EXPERIMENT, "spec", "");
      assertThatThrownBy(
              () ->
                  Trial.train(
                      store,
                      EXPERIMENT,
                      1,
                      () -> {
                        if (++steps[0] == Trial.STEPS_PER_EPOCH + 2) {
                          move(before, after);
                        }
                      }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              before.resolve(RunStore.FILE) + " or its folder was moved, replaced or deleted");
    }
    assertThat(before).doesNotExist();
    try (RunStore store = RunStore.open(after)) {
      assertThat(store.runs(EXPERIMENT).get(0).epochsDone()).isEqualTo(1);
      Trial.train(store, EXPERIMENT, 1);
      assertThat(Trial.withoutTimes(store.result(EXPERIMENT)))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(EXPERIMENT)));
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A process of its own, as the limit is a process's: about a second. */
  @Test
  void aLimitOnTheSizeOfFilesIsTold() throws Exception {
    List<String> command = KilledTraining.command(folder.resolve("limited"));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        // Two megabytes: SQLite's library is unpacked first.
                        Stream.of("sh", "-c", "ulimit -f 4096; exec \"$0\" \"$@\""),
                        command.stream())
                    .toList())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err)
        .content()
        .contains("the limit on file sizes (ulimit -f)", "Every finished epoch is kept");
    try (RunStore store = RunStore.read(folder.resolve("limited"))) {
      assertThat(store.result(KilledTraining.EXPERIMENT).runs()).hasSize(9);
    }
  }

  @Test
  void aLockThatIsNoneIsNotWrittenOver() throws IOException {
    Path own = Files.writeString(folder.resolve("runs.lock"), "my notes");
    assertThatThrownBy(() -> RunStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("runs.lock exists already and is not a lock of Unvanish");
    assertThat(own).hasContent("my notes");
    Files.delete(own);
    Path target = Files.writeString(folder.resolve("target"), "12");
    Files.createSymbolicLink(own, target);
    assertThatThrownBy(() -> RunStore.open(folder)).isInstanceOf(StoreException.class);
    assertThat(target).hasContent("12");
  }

  @Test
  void aFileThatAnotherOneReplacesWhileItTrainsIsTold() throws IOException {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(EXPERIMENT, "spec", "");
      Files.move(folder.resolve(RunStore.FILE), folder.resolve("aside"));
      copy();
      assertThatThrownBy(() -> Trial.train(store, EXPERIMENT, 1))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("or its folder was moved, replaced or deleted");
    }
  }
}
