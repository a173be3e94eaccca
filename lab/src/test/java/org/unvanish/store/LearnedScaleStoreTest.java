package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.RunResult;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.train.EpochRecord;

/** Where a learned α stands, epoch by epoch. */
class LearnedScaleStoreTest {

  private static final String ALPHA = "activation1/alpha";

  @TempDir Path folder;

  private static Experiment experiment(int epochs) {
    return Trial.experiment("trial", Trial.learned(epochs, 1), Trial.tanh(epochs, 1));
  }

  @Test
  void theCourseOfEachLearnedAlphaIsKept() {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment(3), "spec", "");
      Trial.train(store, experiment(3), 1);
      List<RunResult> runs = store.result(experiment(3)).runs();
      List<EpochRecord> epochs = runs.get(0).epochs();
      assertThat(epochs).hasSize(3).allMatch(epoch -> epoch.scales().size() == 2);
      assertThat(epochs.get(0).scale(ALPHA))
          .isNotEqualTo(1.5)
          .isNotEqualTo(epochs.get(2).scale(ALPHA));
      assertThat(RunMeasure.finalScale(ALPHA).of(runs.get(0)))
          .isEqualTo(epochs.get(2).scale(ALPHA));
      assertThat(runs.get(1).epochs()).allMatch(epoch -> epoch.scales().isEmpty());
      assertThat(RunMeasure.finalScale(ALPHA).of(runs.get(1))).isNaN();
    }
  }

  /** Its earlier epochs have none, and it goes on to the same bits. */
  @Test
  void aStoreOfTheLayoutBeforeIsReadAndGoesOn() throws Exception {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment(2), "spec", "");
      Trial.train(store, experiment(2), 1);
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM learned_scale");
      statement.execute("DROP TABLE learned_scale");
      statement.execute("DROP TABLE shard");
      statement.execute("DROP TABLE dropped_arm");
      statement.execute("DROP TABLE race");
      statement.execute("DROP TABLE value_size");
      statement.execute("PRAGMA user_version = 16");
    }
    // The checksums of that layout did not cover what it has not.
    rewriteChecksums();
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.result(experiment(2)).runs().get(0).epochs())
          .hasSize(2)
          .allMatch(epoch -> epoch.scales().isEmpty());
    }
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment(3), "spec", "");
      Trial.train(store, experiment(3), 1);
      List<EpochRecord> epochs = store.result(experiment(3)).runs().get(0).epochs();
      assertThat(epochs.get(2).scales())
          .isEqualTo(Trial.uninterrupted(experiment(3)).runs().get(0).epochs().get(2).scales())
          .hasSize(2);
      assertThat(epochs.get(1).scales()).isEmpty();
    }
  }

  private void rewriteChecksums() throws Exception {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE))) {
      RowChecksums.writeAll(connection);
    }
  }
}
