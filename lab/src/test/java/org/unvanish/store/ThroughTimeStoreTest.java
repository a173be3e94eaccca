package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.examination.RecurrentSnapshots;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.examination.ThroughTimeJson;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.store.sql.RowChecksums;

/** The gradient's way back through time, kept with the snapshots. */
class ThroughTimeStoreTest {

  @TempDir Path folder;

  private static Experiment experiment(int epochs) {
    return Trial.experiment("trial", Trial.tanh(epochs, 1));
  }

  @Test
  void theWayBackThroughTimeComesBackAsItWas() {
    Experiment experiment = experiment(2);
    Arm arm = experiment.arms().get(0);
    SnapshotDiagnosis snapshot =
        RecurrentSnapshots.snapshot(
            4,
            1,
            RecurrentSnapshots.lostFrom(
                3, RecurrentSnapshots.simple("recurrent1", true, 9, -2, -0.5, 0.25, 0, 1, 4, 9)),
            RecurrentSnapshots.gated("lstm2", 9, -1, -0.125, 0, 9));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "spec", "");
      store
          .listener(experiment, Trial.PROVENANCE)
          .snapshotTaken(arm.runs().get(0), snapshot, Optional.empty());
    }
    try (RunStore store = RunStore.read(folder)) {
      SnapshotJson kept = store.diagnoses(experiment).get(arm).snapshots().get(0);
      assertThat(kept).isEqualTo(SnapshotJson.of(snapshot));
      assertThat(kept.rank()).isEqualTo(snapshot.rank());
      assertThat(kept.rank().worstLog10()).isEqualTo(-0.5625);
      ThroughTimeJson recurrent = kept.throughTime().get(0);
      assertThat(recurrent.layer()).isEqualTo("recurrent1");
      assertThat(recurrent.reverse()).isTrue();
      assertThat(recurrent.steps()).isEqualTo(9);
      // Nothing is left at the end; up to there each step leaves 10 to the power of −1/4.
      assertThat(recurrent.wholeLog10()).isEqualTo(-2.25);
      assertThat(recurrent.stepLog10()).isEqualTo(-0.25);
      assertThat(recurrent.points())
          .containsExactly(
              new ThroughTimeJson.Point(0, -2.0, 0.0, 0.0, 0.0, 0.0, null),
              new ThroughTimeJson.Point(1, -2.25, -0.25, -0.26, -0.5, 0.25, null),
              new ThroughTimeJson.Point(4, -3.0, -1.0, -1.04, -2.0, 1.0, null),
              new ThroughTimeJson.Point(9, null, null, null, null, null, null));
      assertThat(kept.throughTime().get(1).gated()).isTrue();
      assertThat(kept.throughTime().get(1).points().get(1).cellLog10()).isEqualTo(-1.125);
    }
  }

  /**
   * Its snapshots say nothing of time, its epochs nothing of sizes; it goes on to the same bits.
   */
  @Test
  void aStoreOfTheLayoutBeforeIsReadAndGoesOn() throws Exception {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment(2), "spec", "");
      Trial.train(store, experiment(2), probing(), () -> {});
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE moment SET json = json_remove(json, '$.through_time')");
      statement.execute("DROP TABLE dropped_arm");
      statement.execute("DROP TABLE race");
      statement.execute("DROP TABLE shard");
      statement.execute("DROP TABLE value_size");
      statement.execute("PRAGMA user_version = 32");
      RowChecksums.writeAll(connection);
    }
    byte[] before = Files.readAllBytes(folder.resolve(RunStore.FILE));
    try (RunStore store = RunStore.read(folder)) {
      assertThat(snapshots(store, 2)).hasSize(3).allMatch(s -> s.throughTime().isEmpty());
    }
    assertThat(folder.resolve(RunStore.FILE)).hasBinaryContent(before);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment(3), "spec", "");
      Trial.train(store, experiment(3), probing(), () -> {});
      assertThat(snapshots(store, 3)).hasSize(4);
      assertThat(Trial.withoutTimes(store.result(experiment(3))))
          .isEqualTo(Trial.withoutSizes(Trial.uninterrupted(experiment(3)), 2));
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet layout = statement.executeQuery("PRAGMA user_version")) {
      assertThat(layout.getInt(1)).isEqualTo(256);
    }
    RunStore.read(folder).close();
  }

  private static List<SnapshotJson> snapshots(RunStore store, int epochs) {
    return store
        .diagnosis(experiment(epochs), experiment(epochs).arms().get(0))
        .orElseThrow()
        .snapshots();
  }

  private static ExperimentRunner probing() {
    return new ExperimentRunner(1).probing();
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
  }
}
