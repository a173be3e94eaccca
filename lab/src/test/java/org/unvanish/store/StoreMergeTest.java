package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Shard;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.store.sql.Database;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Sql;

/** Stores that become one, above all those of shards. */
class StoreMergeTest {

  private static final Experiment WHOLE = whole(2, 3);
  private static final Experiment SMALL = Trial.experiment("trial", Trial.tanh(2, 1));
  private static final int SHARDS = 4;

  @TempDir static Path shared;
  private static ExperimentResult expected;

  @TempDir Path folder;
  private Path out;

  private static Experiment whole(int epochs, int seeds) {
    return Trial.experiment("trial", Trial.learned(epochs, seeds), Trial.wild(epochs, seeds));
  }

  /** Shards are trained once; the second is killed in the middle of a run, and resumed. */
  @BeforeAll
  static void train() {
    expected = Trial.uninterrupted(WHOLE);
    for (int number = 1; number <= SHARDS; number++) {
      Shard shard = new Shard(number, SHARDS);
      if (number == 2) {
        killAfter(6, shared.resolve("shard2"), shard);
      }
      train(shared.resolve("shard" + number), shard, 1);
    }
    train(shared.resolve("small"), SMALL);
  }

  @BeforeEach
  void prepare() {
    out = folder.resolve("out");
  }

  private static void train(Path place, Shard shard, int workers) {
    try (RunStore store = RunStore.open(place)) {
      store.plan(WHOLE, Optional.of(shard), "spec", "");
      ExperimentRunner runner = new ExperimentRunner(workers).probing(WHOLE);
      Trial.train(store, shard.of(WHOLE), runner, () -> {});
    }
  }

  /** What a kill leaves: an epoch of a run, which the store still has as running. */
  private static void killAfter(int steps, Path place, Shard shard) {
    int[] taken = {0};
    assertThatThrownBy(
            () -> {
              try (RunStore store = RunStore.open(place)) {
                store.plan(WHOLE, Optional.of(shard), "spec", "");
                Trial.train(
                    store,
                    shard.of(WHOLE),
                    new ExperimentRunner(1).probing(WHOLE),
                    () -> {
                      if (++taken[0] > steps) {
                        throw new IllegalStateException("killed");
                      }
                    });
              }
            })
        .hasMessage("killed");
  }

  private static void train(Path place, Experiment experiment) {
    try (RunStore store = RunStore.open(place)) {
      store.plan(experiment, "spec", "");
      Trial.train(store, experiment, 1);
    }
  }

  private static List<Path> shards() {
    return IntStream.rangeClosed(1, SHARDS).mapToObj(i -> shared.resolve("shard" + i)).toList();
  }

  private static int merge(Path out, Path... sources) {
    return new StoreMerge(List.of(sources), out).merge((done, total) -> {});
  }

  private static int merge(Path out, List<Path> sources) {
    return merge(out, sources.toArray(Path[]::new));
  }

  private Path copy(Path source, String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    Files.copy(source.resolve(RunStore.FILE), copy.resolve(RunStore.FILE));
    return copy;
  }

  /** All rows of all tables, as text. */
  private static List<String> rows(Path place) {
    List<String> rows = new ArrayList<>();
    try (Database database = Database.readable(place.resolve(RunStore.FILE))) {
      database.read(
          connection -> {
            for (var table :
                Sql.rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
              for (var row : Sql.rows(connection, "SELECT * FROM " + table.text("name"))) {
                rows.add(table.text("name") + Arrays.deepToString(row.values()));
              }
            }
            return true;
          });
    }
    return rows;
  }

  // ---- shards -----------------------------------------------------------------------------------

  @Test
  void shardsMergedAreTheWholeAlsoWhereOneWasKilledAndResumed() {
    List<String> progress = new ArrayList<>();
    assertThat(
            new StoreMerge(shards(), out)
                .merge((done, total) -> progress.add(done + " of " + total)))
        .isEqualTo(6);
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("runs.db", "runs.lock");
    assertThat(progress).hasSize(6).startsWith("1 of 6").endsWith("6 of 6");
    try (RunStore store = RunStore.read(out)) {
      assertThat(Trial.numbers(store.result(WHOLE))).isEqualTo(Trial.numbers(expected));
      assertThat(store.runs(WHOLE)).noneMatch(StoredRun::isOpen);
      assertThat(store.runs(WHOLE)).filteredOn(run -> run.sessions().size() == 2).hasSize(1);
      assertThat(store.experiments().get(0).shard()).isEmpty();
    }
  }

  @Test
  void snapshotsAreThoseOfTheWhole() {
    merge(out, shards());
    Path whole = folder.resolve("whole");
    try (RunStore store = RunStore.open(whole)) {
      store.plan(WHOLE, "spec", "");
      Trial.train(store, WHOLE, new ExperimentRunner(1).probing(), () -> {});
      try (RunStore merged = RunStore.read(out)) {
        assertThat(merged.diagnoses(WHOLE)).isEqualTo(store.diagnoses(WHOLE)).hasSize(2);
      }
    }
  }

  @Test
  void theMergedStoreGoesOnAsOneThatWasNeverInParts() {
    merge(out, shards());
    Experiment longer = whole(3, 3);
    train(out, longer);
    try (RunStore store = RunStore.read(out)) {
      assertThat(Trial.numbers(store.result(longer)))
          .isEqualTo(Trial.numbers(Trial.uninterrupted(longer)));
    }
  }

  @Test
  void aStoreKnowsItsShardAndIsNotAnotherNorTheWhole() {
    Path place = folder.resolve("one");
    try (RunStore store = RunStore.open(place)) {
      store.plan(WHOLE, Optional.of(new Shard(1, 4)), "spec", "");
      assertThat(store.experiments().get(0).shard()).hasValue(new Shard(1, 4));
      store.plan(WHOLE, Optional.of(new Shard(1, 4)), "spec", "");
      for (Optional<Shard> other : List.of(Optional.of(new Shard(2, 4)), Optional.<Shard>empty())) {
        assertThatThrownBy(() -> store.plan(WHOLE, other, "spec", ""))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(place + " holds shard 1 of 4 of trial, not ");
      }
    }
    assertThatThrownBy(() -> train(shared.resolve("small"), new Shard(1, 1), 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("holds the whole of trial, not shard 1 of 1");
    assertThatThrownBy(() -> merge(place, shards()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(place + " holds shard 1 of 4 of trial. Name another folder");
  }

  @Test
  void aDamagedShardNumberIsTold() throws Exception {
    Path copy = copy(shared.resolve("shard1"), "copy");
    sql(copy, "UPDATE shard SET number = 2");
    assertThatThrownBy(() -> RunStore.read(copy).experiments())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the experiment trial is not as it was written");
  }

  // ---- order, repetition ------------------------------------------------------------------------

  @Test
  void theOrderOfTheSourcesDoesNotMatterNorDoesItHowOften() {
    List<Path> shards = shards();
    merge(out, shards);
    List<String> rows = rows(out);
    Path other = folder.resolve("other");
    merge(other, shards.get(3), shards.get(1), shards.get(1), shards.get(0), shards.get(2));
    assertThat(rows(other)).isEqualTo(rows);
    merge(out, shards);
    assertThat(rows(out)).isEqualTo(rows);
    Path steps = folder.resolve("steps");
    for (int i : new int[] {2, 0, 3, 1}) {
      merge(steps, shards.get(i));
    }
    assertThat(rows(steps)).isEqualTo(rows);
    merge(folder.resolve("again"), other, shards.get(2), steps);
    assertThat(rows(folder.resolve("again"))).isEqualTo(rows);
  }

  @Test
  void ofARunInTwoStoresTheLongerIsKeptWhateverTheOrder() {
    Path shortened = folder.resolve("short");
    killAfterOneEpoch(shortened);
    Path full = shared.resolve("small");
    merge(out, shortened, full);
    Path other = folder.resolve("other");
    merge(other, full, shortened);
    assertThat(rows(other)).isEqualTo(rows(out));
    try (RunStore store = RunStore.read(out);
        RunStore source = RunStore.read(full)) {
      assertThat(store.runs(SMALL)).isEqualTo(source.runs(SMALL));
      assertThat(store.result(SMALL)).isEqualTo(source.result(SMALL));
    }
    merge(folder.resolve("only"), shortened);
    try (RunStore store = RunStore.open(folder.resolve("only"))) {
      assertThat(store.runs(SMALL).get(0).epochsDone()).isEqualTo(1);
      assertThat(Trial.numbers(Trial.train(store, SMALL, 1)))
          .isEqualTo(Trial.numbers(Trial.uninterrupted(SMALL)));
    }
  }

  private static void killAfterOneEpoch(Path place) {
    int[] taken = {0};
    assertThatThrownBy(
            () -> {
              try (RunStore store = RunStore.open(place)) {
                store.plan(SMALL, "spec", "");
                Trial.train(
                    store,
                    SMALL,
                    1,
                    () -> {
                      if (++taken[0] > Trial.STEPS_PER_EPOCH + 1) {
                        throw new IllegalStateException("killed");
                      }
                    });
              }
            })
        .hasMessage("killed");
  }

  // ---- disagreement -----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE epoch SET train_loss = train_loss + 1e-15 WHERE epoch = 2"
            + " | epoch 2 of trial, arm \"tanh\", seed 1: train_loss is",
        "UPDATE gradient SET rms = rms * 1.0000001 WHERE epoch = 1 AND position = 3"
            + " | epoch 1 of trial, arm \"tanh\", seed 1: gradient rms of ",
        "UPDATE parameter_update SET ratio = 0.5 WHERE epoch = 1 AND position = 0"
            + " | epoch 1 of trial, arm \"tanh\", seed 1: parameter update ratio of ",
        "UPDATE value_size SET rms = rms + 1 WHERE epoch = 2 AND name = 'dense1'"
            + " | epoch 2 of trial, arm \"tanh\", seed 1: value size rms of dense1 is ",
        "UPDATE checkpoint SET parameters = second_moments"
            + " | the checkpoint of trial, arm \"tanh\", seed 1: parameters differ",
      })
  void aRunThatTwoStoresHaveOtherwiseIsRefusedByNameAndNothingIsChanged(String sql, String named)
      throws Exception {
    Path changed = copy(shared.resolve("small"), "changed");
    try (Database database = Database.writable(changed.resolve(RunStore.FILE))) {
      database.write(
          connection -> {
            Sql.update(connection, sql);
            RowChecksums.writeAll(connection);
          });
    }
    Path good = shared.resolve("small");
    byte[] before = Files.readAllBytes(changed.resolve(RunStore.FILE));
    byte[] beforeGood = Files.readAllBytes(good.resolve(RunStore.FILE));
    for (List<Path> order : List.of(List.of(good, changed), List.of(changed, good))) {
      assertThatThrownBy(() -> merge(out, order))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(
              good.toString(), changed.toString(), "disagree on " + named, "Nothing was merged");
    }
    assertThat(out).doesNotExist();
    assertThat(changed.resolve(RunStore.FILE)).hasBinaryContent(before);
    assertThat(good.resolve(RunStore.FILE)).hasBinaryContent(beforeGood);
  }

  @Test
  void aRunThatDivergedInOneStoreAndWentOnInTheOtherIsRefused() throws Exception {
    Path shortened = folder.resolve("short");
    killAfterOneEpoch(shortened);
    try (Database database = Database.writable(shortened.resolve(RunStore.FILE))) {
      database.write(
          connection -> {
            Sql.update(
                connection,
                "UPDATE run SET state = 'diverged', diverged_epoch = 2, diverged_step = 3");
            RowChecksums.writeAll(connection);
          });
    }
    assertThatThrownBy(() -> merge(out, shortened, shared.resolve("small")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "it has 2 epochs in the first, and diverged in epoch 2 at step 3 in the second");
  }

  @Test
  void timesAndOnlyTheseMayDiffer() {
    Path again = folder.resolve("again");
    train(again, SMALL);
    assertThat(merge(out, again, shared.resolve("small"))).isEqualTo(1);
  }

  @Test
  void whatADiskHasChangedIsToldAsDamage() throws Exception {
    Path changed = copy(shared.resolve("small"), "changed");
    sql(changed, "UPDATE gradient SET rms = 0.25 WHERE epoch = 2 AND position = 3");
    assertThatThrownBy(() -> merge(out, changed))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(
            changed + "/runs.db is damaged",
            "epoch 2 of trial, arm \"tanh\", seed 1 is not as it was written");
    assertThat(out).doesNotExist();
  }

  private static void sql(Path place, String text) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + place.resolve(RunStore.FILE));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  @Test
  void snapshotsThatSayOtherwiseAreRefused() throws Exception {
    Path changed = copy(shared.resolve("shard1"), "changed");
    try (Database database = Database.writable(changed.resolve(RunStore.FILE))) {
      database.write(
          connection -> {
            Sql.update(
                connection,
                "UPDATE moment SET json = replace(json, '\"step\":4', '\"step\":5') WHERE step = 4");
            RowChecksums.writeAll(connection);
          });
    }
    assertThatThrownBy(() -> merge(out, changed, shared.resolve("shard1")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "disagree on what probing found in trial, arm \"learned\", seed 1, at step 4");
  }

  @Test
  void prescriptionsMayDifferInWordsAndInNothingElse() throws IOException {
    String alpha = "{\"l2\":null,\"alpha\":%d,\"initial\":null,\"other\":[],\"why\":\"%s\"}";
    Path older = prescribed("older", alpha.formatted(2, "the units are saturated"));
    Path newer = prescribed("newer", alpha.formatted(2, "the units saturate"));
    Path other = prescribed("other", alpha.formatted(4, "the units saturate"));
    merge(out, older, newer);
    Path reversed = folder.resolve("reversed");
    merge(reversed, newer, older);
    assertThat(rows(reversed)).isEqualTo(rows(out));
    assertThatThrownBy(() -> merge(folder.resolve("refused"), newer, other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("seed 1: its prescription");
  }

  /** A copy of the first shard with this prescription. */
  private Path prescribed(String name, String json) throws IOException {
    Path copy = copy(shared.resolve("shard1"), name);
    try (Database database = Database.writable(copy.resolve(RunStore.FILE))) {
      database.write(
          connection -> {
            Sql.update(connection, "INSERT INTO prescription VALUES (1, 1, ?)", json);
            RowChecksums.writeAll(connection);
          });
    }
    return copy;
  }

  @Test
  void experimentsOfOneNameThatDifferAreRefusedWithWhatDiffers() {
    Arm other = Trial.tanh(3, 2);
    Path different = folder.resolve("different");
    try (RunStore store = RunStore.open(different)) {
      store.plan(Trial.experiment("trial", other, Trial.learned(3, 2)), "spec", "");
    }
    Path small = shared.resolve("small");
    assertThatThrownBy(() -> merge(out, small, different))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll(
            "different experiments named trial, and are not merged. Give both the same",
            "tanh: epochs: 2 in %s, 3 in %s".formatted(small, different),
            "tanh: seeds: 1 in %s, 1 2 in %s".formatted(small, different),
            "learned: only in " + different);
  }

  @Test
  void anArmThatSaysOtherwiseIsRefusedWithWhatDiffers() {
    Path different = folder.resolve("different");
    try (RunStore store = RunStore.open(different)) {
      Arm wild = Trial.wild(2, 1);
      store.plan(
          Trial.experiment("trial", new Arm("tanh", wild.recipe(), wild.seeds())), "spec", "");
    }
    Path small = shared.resolve("small");
    assertThatThrownBy(() -> merge(out, small, different))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("tanh: optimiser: Adam", "in " + small, "in " + different);
  }

  @Test
  void experimentsOfTwoNamesWouldOverwriteEachOthersFiles() {
    Path different = folder.resolve("different");
    try (RunStore store = RunStore.open(different)) {
      store.plan(Trial.experiment("other", Trial.learned(2, 1)), "spec", "");
    }
    assertThatThrownBy(() -> merge(out, shared.resolve("small"), different))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("merge each into a folder of its own");
  }

  // ---- folders ----------------------------------------------------------------------------------

  @Test
  void aStoreThatIsBeingTrainedIsRefused() throws IOException {
    Path copy = copy(shared.resolve("small"), "copy");
    try (RunStore store = RunStore.open(copy)) {
      assertThat(store.trainingProcess()).isPresent();
      assertThatThrownBy(() -> merge(out, copy))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "process %d is training in %s".formatted(ProcessHandle.current().pid(), copy));
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderWithoutAStoreIsToldSo() {
    assertThatThrownBy(() -> merge(out, shared.resolve("small"), folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no experiment in " + folder);
    assertThat(out).doesNotExist();
  }

  @Test
  void aMergeThatIsStoppedLeavesTheOldStoreAndTheNextOneBeginsAnew() throws IOException {
    merge(out, shards().subList(0, 2));
    List<String> before = rows(out);
    assertThatThrownBy(
            () ->
                new StoreMerge(shards(), out)
                    .merge(
                        (done, total) -> {
                          if (done == 4) {
                            throw new IllegalStateException("stopped");
                          }
                        }))
        .hasMessage("stopped");
    assertThat(rows(out)).isEqualTo(before);
    assertThat(out.resolve("runs.merging")).doesNotExist();
    // As a kill leaves it.
    Path left = Files.createDirectory(out.resolve("runs.merging"));
    Files.writeString(left.resolve("runs.db"), "half");
    Files.writeString(left.resolve("runs.db-wal"), "half");
    merge(out, shards());
    assertThat(rows(out)).hasSizeGreaterThan(before.size());
    assertThat(left).doesNotExist();
  }

  @Test
  void whatElseIsInTheFolderStays() throws IOException {
    Path own = Files.writeString(Files.createDirectories(out).resolve("notes.txt"), "mine");
    merge(out, shared.resolve("small"));
    assertThat(own).hasContent("mine");
    Path foreign = Files.createDirectories(out.resolve("runs.merging")).resolve("theirs.txt");
    Files.writeString(foreign, "theirs");
    assertThatThrownBy(() -> merge(out, shared.resolve("small")))
        .isInstanceOf(StoreException.class);
    assertThat(foreign).hasContent("theirs");
  }

  // ---- older layouts ----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aStoreOfAnOlderLayoutIsMergedAndLeftAsItIs(int layout) throws Exception {
    Path old = Files.createDirectories(folder.resolve("old"));
    try (InputStream in = StoreMergeTest.class.getResourceAsStream("layout" + layout + ".sql")) {
      sql(old, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
    byte[] before = Files.readAllBytes(old.resolve(RunStore.FILE));
    merge(out, old);
    assertThat(old.resolve(RunStore.FILE)).hasBinaryContent(before);
    try (RunStore store = RunStore.read(out);
        RunStore source = RunStore.read(old)) {
      assertThat(store.result(SMALL)).isEqualTo(source.result(SMALL));
      assertThat(store.experiments()).isEqualTo(source.experiments());
      assertThat(store.diagnoses(SMALL)).isEqualTo(source.diagnoses(SMALL));
      assertThat(store.constantPredictor(SMALL)).isEqualTo(source.constantPredictor(SMALL));
    }
    // It is the same run as one of today, which measures more.
    merge(out, shared.resolve("small"));
    try (RunStore store = RunStore.read(out)) {
      assertThat(Trial.withoutTimes(store.result(SMALL)))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(SMALL)));
    }
  }
}
