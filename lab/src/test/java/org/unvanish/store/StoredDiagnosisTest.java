package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.examination.Examination;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.train.TrainingObserver;

/** What probing found, kept beside the runs. */
class StoredDiagnosisTest {

  private static final int EPOCHS = 4;
  private static final Experiment EXPERIMENT = Trial.experiment(EPOCHS, 2);
  private static final Arm TANH = EXPERIMENT.arms().get(0);
  private static final Experiment SINGLE = Trial.experiment("single", Trial.tanh(EPOCHS, 1));

  @TempDir Path folder;

  private static Examination examined(long seed, Long... steps) {
    return Examination.along(
        "any",
        new Run(TANH, seed),
        Trial.DATA,
        List.of(steps),
        Thresholds.DEFAULT,
        TrainingObserver.NONE,
        ProbeProgress.SILENT);
  }

  private static List<SnapshotJson> snapshots(Examination found) {
    return found.snapshots();
  }

  /** As probed between epochs: there, nobody has seen the steps before. */
  private static List<SnapshotJson> unseen(List<SnapshotJson> snapshots) {
    ObjectMapper mapper = new ObjectMapper();
    return snapshots.stream()
        .map(
            snapshot -> {
              JsonNode json = mapper.valueToTree(snapshot);
              json.findParents("update_log10")
                  .forEach(tensor -> ((ObjectNode) tensor).putNull("update_log10"));
              return mapper.convertValue(json, SnapshotJson.class);
            })
        .toList();
  }

  private RunStore planned() {
    RunStore store = RunStore.open(folder);
    store.plan(EXPERIMENT, "spec", "");
    return store;
  }

  private static ExperimentRunner probing(int workers) {
    return new ExperimentRunner(workers).probing();
  }

  @Test
  void anExaminationComesBackAsItWas() {
    Examination found = examined(1, 0L, 3L, 8L);
    try (RunStore store = planned()) {
      store.keep(found);
    }
    try (RunStore store = RunStore.read(folder)) {
      StoredDiagnosis kept = store.diagnosis(EXPERIMENT, TANH).orElseThrow();
      assertThat(kept.seed()).isEqualTo(1);
      assertThat(kept.snapshots()).isEqualTo(snapshots(found)).hasSize(3);
      assertThat(kept.prescription()).hasValue(PrescriptionJson.of(found));
      SnapshotDiagnosis decisive = found.diagnosis().decisive();
      assertThat(kept.decisive()).isEqualTo(SnapshotJson.of(decisive, found.forecast(decisive)));
      assertThat(kept.decisive().verdict()).isEqualTo(decisive.verdict());
      assertThat(store.diagnosis(EXPERIMENT, EXPERIMENT.arms().get(1))).isEmpty();
    }
  }

  /** So that the page says what the command has said. */
  @Test
  void theCauseThatOtherEvidenceHasShownComesBack() {
    Examination seen = examined(1, 0L);
    Verdict other =
        new Verdict(seen.verdict().signal(), Cause.EQUAL_UNITS, seen.verdict().mechanism());
    Examination found =
        new Examination(
            seen.experiment(),
            seen.run(),
            seen.data(),
            seen.stepsPerEpoch(),
            seen.diagnosis(),
            new Conclusion(other, seen.prescription(), List.of()),
            seen.trial(),
            seen.divergence(),
            seen.forecast());
    try (RunStore store = planned()) {
      store.keep(found);
    }
    try (RunStore store = RunStore.read(folder)) {
      StoredDiagnosis kept = store.diagnosis(EXPERIMENT, TANH).orElseThrow();
      assertThat(kept.verdict()).isEqualTo(other).isNotEqualTo(kept.decisive().verdict());
    }
  }

  @Test
  void aConstantPredictorComesBackAsItWas() {
    ConstantPredictor constant = SoftmaxCrossEntropy.constant(1.25, 0.4, 20);
    try (RunStore store = planned()) {
      assertThat(store.constantPredictor(EXPERIMENT)).isEmpty();
      store.keep(EXPERIMENT, SoftmaxCrossEntropy.constant(2, 0.1, 3));
      store.keep(EXPERIMENT, constant);
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.constantPredictor(EXPERIMENT)).hasValue(constant);
      assertThat(store.constantPredictor(SINGLE)).isEmpty();
    }
  }

  /** They had fewer numbers. */
  @Test
  void momentsThatEarlierVersionsKeptAreRead() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    SnapshotJson snapshot = SnapshotJson.of(examined(1, 0L).diagnosis().decisive());
    ObjectNode earlier = mapper.valueToTree(snapshot);
    earlier.remove("logits_rms");
    for (JsonNode layer : earlier.at("/layers")) {
      ((ObjectNode) layer)
          .remove(
              List.of(
                  "entering_log10",
                  "leaving_log10",
                  "pre_activation_rms",
                  "pre_activation_shares"));
    }
    SnapshotJson read = mapper.treeToValue(earlier, SnapshotJson.class);
    assertThat(read.verdict()).isEqualTo(snapshot.verdict());
    assertThat(read.layers().get(0).preActivationShares()).isNull();
    assertThat(read.layers().get(0).netLog10()).isEqualTo(snapshot.layers().get(0).netLog10());
  }

  /** The layout is that of 0.1.0, which reads no other name. */
  @Test
  void aForecastIsKeptUnderTheFirstVersionsName() throws SQLException {
    Examination found = examined(1, 0L);
    try (RunStore store = planned()) {
      store.keep(found);
      assertThat(store.diagnosis(EXPERIMENT, TANH).orElseThrow().snapshots().get(0).forecast())
          .isNotNull()
          .isEqualTo(snapshots(found).get(0).forecast());
    }
    assertThat(number("SELECT count(*) FROM moment WHERE json LIKE '%{\"net_log10\":%'")).isOne();
    assertThat(number("SELECT count(*) FROM moment WHERE json LIKE '%rms_log10%'")).isZero();
  }

  @Test
  void theExaminedSeedNeedNotBeTrainedNorTheArmHaveItsName() {
    Arm renamed = new Arm("other", TANH.network(), TANH.settings(), List.of(9L));
    Examination found =
        Examination.along(
            "any",
            new Run(renamed, 9),
            Trial.DATA,
            List.of(0L),
            Thresholds.DEFAULT,
            TrainingObserver.NONE,
            ProbeProgress.SILENT);
    try (RunStore store = planned()) {
      store.keep(found);
      assertThat(store.diagnosis(EXPERIMENT, TANH).orElseThrow().seed()).isEqualTo(9);
      assertThat(store.runs(EXPERIMENT)).hasSize(6);
    }
  }

  @Test
  void momentsThatAreKeptStayAndThePrescriptionIsTheLatest() {
    try (RunStore store = planned()) {
      store.keep(examined(1, 3L));
      store.keep(examined(1, 5L));
      StoredDiagnosis kept = store.diagnosis(EXPERIMENT, TANH).orElseThrow();
      assertThat(kept.snapshots()).isEqualTo(snapshots(examined(1, 3L, 5L)));
    }
  }

  @Test
  void aSeedWithAPrescriptionIsShownBeforeALowerOne() {
    try (RunStore store = planned()) {
      Trial.train(store, EXPERIMENT, probing(2), () -> {});
      assertThat(store.diagnosis(EXPERIMENT, TANH).orElseThrow().seed()).isEqualTo(1);
      store.keep(examined(2, 0L));
      assertThat(store.diagnosis(EXPERIMENT, TANH).orElseThrow().seed()).isEqualTo(2);
    }
  }

  @Test
  void probingAlongATrainingFindsWhatAnExaminationFindsInTheFirstSeed() throws SQLException {
    try (RunStore store = planned()) {
      ExperimentResult result = Trial.train(store, EXPERIMENT, probing(2), () -> {});
      StoredDiagnosis kept = store.diagnosis(EXPERIMENT, TANH).orElseThrow();
      assertThat(kept.snapshots()).isEqualTo(unseen(snapshots(examined(1, 0L, 4L, 8L, 12L, 16L))));
      assertThat(kept.prescription()).isEmpty();
      // One that diverges has snapshots as far as it comes.
      Arm wild = EXPERIMENT.arms().get(2);
      int epochs = result.of(wild).get(0).epochs().size();
      assertThat(epochs).isLessThan(EPOCHS);
      assertThat(store.diagnosis(EXPERIMENT, wild).orElseThrow().snapshots()).hasSize(epochs + 1);
    }
    assertThat(number("SELECT count(*) FROM moment WHERE seed = 2")).isZero();
  }

  @Test
  void probingChangesNoBitOfTheTraining() {
    try (RunStore store = planned()) {
      ExperimentResult probed = Trial.train(store, EXPERIMENT, probing(2), () -> {});
      ExperimentResult alone = Trial.uninterrupted(EXPERIMENT);
      assertThat(Trial.withoutTimes(probed)).isEqualTo(Trial.withoutTimes(alone));
      assertThat(Trial.withoutTimes(store.result(EXPERIMENT))).isEqualTo(Trial.withoutTimes(alone));
    }
  }

  @Test
  void aRunThatIsKilledAndGoesOnHasEverySnapshot() {
    Path whole = folder.resolve("whole");
    List<SnapshotJson> expected;
    try (RunStore store = RunStore.open(whole)) {
      store.plan(SINGLE, "spec", "");
      Trial.train(store, SINGLE, probing(1), () -> {});
      expected = store.diagnosis(SINGLE, TANH).orElseThrow().snapshots();
    }
    // After each number of steps once more, so that every place between two snapshots has its turn.
    for (int stride = 1; stride <= 6; stride++) {
      Path killed = folder.resolve("stride" + stride);
      boolean complete = false;
      while (!complete) {
        AtomicInteger steps = new AtomicInteger();
        int most = 4 + stride;
        try (RunStore store = RunStore.open(killed)) {
          store.plan(SINGLE, "spec", "");
          Trial.train(
              store,
              SINGLE,
              probing(1),
              () -> {
                if (steps.incrementAndGet() > most) {
                  throw new IllegalStateException("killed");
                }
              });
          complete = true;
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("killed");
        }
      }
      try (RunStore store = RunStore.read(killed)) {
        assertThat(store.diagnosis(SINGLE, TANH).orElseThrow().snapshots()).isEqualTo(expected);
      }
    }
  }

  @Test
  void aSnapshotThatAKillLeftOutIsProbedWhenTheRunGoesOn() throws SQLException {
    Experiment shorter = Trial.experiment(2, 2);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(shorter, "spec", "");
      Trial.train(store, shorter, probing(1), () -> {});
    }
    // As if it had been killed between the second epoch and its snapshot.
    sql("DELETE FROM moment WHERE step = 8");
    try (Connection connection = connect()) {
      RowChecksums.writeAll(connection);
    }
    try (RunStore store = planned()) {
      Trial.train(store, EXPERIMENT, probing(1), () -> {});
      assertThat(store.diagnosis(EXPERIMENT, TANH).orElseThrow().snapshots())
          .isEqualTo(unseen(snapshots(examined(1, 0L, 4L, 8L, 12L, 16L))));
    }
  }

  @Test
  void withoutProbingNothingIsKept() {
    try (RunStore store = planned()) {
      Trial.train(store, EXPERIMENT, 2);
      EXPERIMENT.arms().forEach(arm -> assertThat(store.diagnosis(EXPERIMENT, arm)).isEmpty());
    }
  }

  @Test
  void aSnapshotThatIsNoneIsToldAsDamage() throws SQLException {
    try (RunStore store = planned()) {
      store.keep(examined(1, 0L));
    }
    for (String json : List.of("{", "[]", "{\"step\": 0, \"signal\": \"sick\"}", "")) {
      sql("UPDATE moment SET json = '" + json + "'");
      try (RunStore store = RunStore.read(folder)) {
        assertThatThrownBy(() -> store.diagnosis(EXPERIMENT, TANH))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("runs.db is damaged");
      }
    }
  }

  // ---- layouts 1, which knew no diagnosis, 2, no checksum, 4, no other score, and 8, no update
  // ----

  /** What the stores of layouts 4 and 8 have of the test data. */
  private static final ConstantPredictor KNOWN =
      new SoftmaxCrossEntropy().constant(Trial.DATA.test().targets());

  private static final Experiment OLD = Trial.experiment("trial", Trial.tanh(2, 1));

  /** A file as the version before the next layout wrote it. */
  private void writeLayout(int layout) throws IOException, SQLException {
    try (InputStream in =
        StoredDiagnosisTest.class.getResourceAsStream("layout" + layout + ".sql")) {
      sql(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(layout()).isEqualTo(layout);
  }

  private int layout() throws SQLException {
    return number("PRAGMA user_version");
  }

  private int number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(text);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aStoreOfAnOlderLayoutIsReadAndLeftAsItIs(int layout) throws Exception {
    writeLayout(layout);
    byte[] before = Files.readAllBytes(folder.resolve(RunStore.FILE));
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.diagnosis(OLD, TANH).isPresent()).isEqualTo(layout > 1);
      assertThat(store.runs(OLD)).hasSize(1);
      assertThat(store.constantPredictor(OLD))
          .isEqualTo(layout >= 4 ? Optional.of(KNOWN) : Optional.empty());
      assertThat(Trial.withoutTimes(store.result(OLD)))
          .isEqualTo(Trial.withoutUpdates(Trial.uninterrupted(OLD), 2));
    }
    assertThat(folder.resolve(RunStore.FILE)).hasBinaryContent(before);
    assertThat(layout()).isEqualTo(layout);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aRefusedPlanLeavesAStoreOfAnOlderLayoutAsItIs(int layout) throws Exception {
    writeLayout(layout);
    sql("PRAGMA journal_mode = WAL");
    byte[] before = Files.readAllBytes(folder.resolve(RunStore.FILE));
    Arm other =
        new Arm(TANH.name(), TANH.network(), TANH.settings().withBatchSize(3), TANH.seeds());
    try (RunStore store = RunStore.open(folder)) {
      assertThatThrownBy(() -> store.plan(Trial.experiment("trial", other), "spec", ""))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("batch size");
      assertThat(store.runs(OLD)).hasSize(1);
    }
    assertThat(folder.resolve(RunStore.FILE)).hasBinaryContent(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void aStoreOfAnOlderLayoutGoesOnAsOneOfThisWithChecksumsForAll(int layout) throws Exception {
    writeLayout(layout);
    Experiment longer = Trial.experiment("trial", Trial.tanh(EPOCHS, 1));
    try (RunStore store = RunStore.open(folder)) {
      assertThat(Trial.withoutTimes(store.result(OLD)))
          .isEqualTo(Trial.withoutUpdates(Trial.uninterrupted(OLD), 2));
      store.plan(longer, "spec", "");
      assertThat(store.constantPredictor(longer).isPresent()).isEqualTo(layout >= 4);
      Trial.train(store, longer, probing(1), () -> {});
      assertThat(Trial.withoutTimes(store.result(longer)))
          .isEqualTo(Trial.withoutUpdates(Trial.uninterrupted(longer), 2));
      // The older version of layout 1 took none where it started.
      List<SnapshotJson> all = unseen(snapshots(examined(1, 0L, 8L, 12L, 16L)));
      assertThat(store.diagnosis(longer, TANH).orElseThrow().snapshots())
          .containsAll(all.subList(1, 4));
    }
    assertThat(layout()).isEqualTo(256);
    assertThat(number("SELECT count(*) FROM checksum WHERE what = 'EPOCH'")).isEqualTo(EPOCHS);
    assertThat(number("SELECT count(*) FROM checksum WHERE what = 'RUN'")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM checksum WHERE what = 'EXPERIMENT'")).isEqualTo(1);
    RunStore.open(folder).close();
    RunStore.read(folder).close();
  }
}
