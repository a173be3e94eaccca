package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.execution.ExperimentRunner;

/** Files that are not as they should be, and folders with odd names. */
class StoreFileTest {

  private static final Experiment EXPERIMENT = Trial.experiment(2, 2);

  @TempDir Path folder;

  @Test
  void aFolderWithoutAStoreIsToldSo() {
    assertThat(RunStore.isIn(folder)).isFalse();
    assertThatThrownBy(() -> RunStore.read(folder))
        .isInstanceOf(StoreException.class)
        .hasMessage("there is no experiment in %s: it has no runs.db.", folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStoreThatIsJustBeingCreatedIsToldSo() throws IOException {
    Path file = Files.createFile(folder.resolve(RunStore.FILE));
    assertThatThrownBy(() -> RunStore.read(folder))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "%s is empty: no experiment has begun there yet. Wait, or choose another folder. "
                + "If it was copied or moved, copy its runs.db-wal too.",
            file);
  }

  @Test
  void aFileWhereTheFolderShouldBeIsToldSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> RunStore.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void theSameProcessIsRefusedTooUntilTheStoreIsClosed() {
    try (RunStore store = RunStore.open(folder)) {
      assertThat(store.trainingProcess()).hasValue(ProcessHandle.current().pid());
      assertThatThrownBy(() -> RunStore.open(folder.resolve("..").resolve(folder.getFileName())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("(" + ProcessHandle.current().pid() + ")");
      try (RunStore reader = RunStore.read(folder)) {
        assertThat(reader.trainingProcess()).hasValue(ProcessHandle.current().pid());
      }
      assertThatThrownBy(() -> RunStore.open(folder)).isInstanceOf(StoreException.class);
    }
    try (RunStore reader = RunStore.read(folder)) {
      assertThat(reader.trainingProcess()).isEmpty();
    }
    RunStore.open(folder).close();
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
    byte[] text =
        "not a database, but long enough to have a header of a hundred bytes".repeat(9).getBytes();
    for (byte[] content : new byte[][] {text, Arrays.copyOf(text, 7)}) {
      Path file = Files.write(folder.resolve(RunStore.FILE), content);
      assertThatThrownBy(() -> RunStore.open(folder))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file + " is damaged, or not a database");
      assertThatThrownBy(() -> RunStore.read(folder)).isInstanceOf(StoreException.class);
      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void anotherProgramsDatabaseIsRefusedAndKept() throws Exception {
    change("CREATE TABLE bookmarks (url TEXT)");
    byte[] before = Files.readAllBytes(folder.resolve(RunStore.FILE));
    assertThatThrownBy(() -> RunStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not a run store of Unvanish. Choose another folder.");
    assertThatThrownBy(() -> RunStore.read(folder)).isInstanceOf(StoreException.class);
    assertThat(folder.resolve(RunStore.FILE)).hasBinaryContent(before);
  }

  @Test
  void aNewerLayoutIsRefused() throws Exception {
    RunStore.open(folder).close();
    change("PRAGMA user_version = 99");
    for (boolean write : new boolean[] {true, false}) {
      assertThatThrownBy(() -> (write ? RunStore.open(folder) : RunStore.read(folder)).close())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "has layout 99, but this version of Unvanish knows layouts 1, 2, 4, 8, 16, 32, 64, 128, 256 only");
    }
  }

  @Test
  void anEmptyFileAsAKillMayLeaveItBecomesAStore() throws IOException {
    Files.createFile(folder.resolve(RunStore.FILE));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(EXPERIMENT, "", "");
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.experiments()).hasSize(1);
    }
  }

  @Test
  void damageIsToldAndNeverAStackTrace() throws IOException {
    Path healthy = folder.resolve("healthy");
    try (RunStore store = RunStore.open(healthy)) {
      store.plan(EXPERIMENT, "spec", "");
      Trial.train(store, EXPERIMENT, new ExperimentRunner(2).probing(), () -> {});
    }
    byte[] bytes = Files.readAllBytes(healthy.resolve(RunStore.FILE));
    SplittableRandom random = new SplittableRandom(8);
    int told = 0;
    for (int round = 0; round < 60; round++) {
      byte[] damaged = bytes.clone();
      int from = random.nextInt(damaged.length);
      int length = Math.min(damaged.length - from, 1 + random.nextInt(3000));
      if (round % 3 == 0) {
        damaged = Arrays.copyOf(damaged, from);
      } else {
        for (int i = from; i < from + length; i++) {
          damaged[i] = (byte) random.nextInt();
        }
      }
      Path own = Files.createDirectories(folder.resolve("round" + round));
      Files.write(own.resolve(RunStore.FILE), damaged);
      told += tells(() -> look(RunStore.read(own))) + tells(() -> look(RunStore.open(own)));
    }
    assertThat(told).as("most damage is seen").isGreaterThan(60);
  }

  private static void look(RunStore opened) {
    try (RunStore store = opened) {
      store.experiments();
      EXPERIMENT.arms().forEach(arm -> store.diagnosis(EXPERIMENT, arm));
      store.runs(EXPERIMENT);
      store.result(EXPERIMENT);
      EXPERIMENT
          .runs()
          .forEach(
              run -> {
                if (!store.earlier(EXPERIMENT).progress(run).epochs().isEmpty()) {
                  store.earlier(EXPERIMENT).checkpoint(run);
                }
              });
    }
  }

  /** 1 if damage is told, 0 if it goes unseen; anything but a StoreException fails the test. */
  private static int tells(Runnable work) {
    try {
      work.run();
      return 0;
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining(RunStore.FILE);
      return 1;
    }
  }

  @Test
  void anyFolderNameWillDo() {
    for (String name : new String[] {"a?b=c&mode=memory", "ä ö#%20 'x'", "new/deep/er"}) {
      Path odd = folder.resolve(name);
      try (RunStore store = RunStore.open(odd)) {
        store.plan(EXPERIMENT, "", "");
      }
      assertThat(odd.resolve(RunStore.FILE)).isNotEmptyFile();
      try (RunStore store = RunStore.read(odd)) {
        assertThat(store.experiments()).hasSize(1);
      }
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
