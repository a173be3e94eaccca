package org.unvanish.store.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.examination.Examination;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.examination.SnapshotForecastJson;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Run;
import org.unvanish.forecast.Forecast;
import org.unvanish.store.StoredDiagnosis;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/** Writes and reads what was found by probing, within a transaction. */
public final class DiagnosisTables {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .addMixIn(SnapshotForecastJson.class, StoredNames.class)
          .addMixIn(SnapshotForecastJson.Layer.class, StoredNames.class);

  /** The database keeps the first version's name of a member, so that all versions read it. */
  private interface StoredNames {
    @JsonProperty("net_log10")
    Double rmsLog10();
  }

  private final Connection connection;
  private final DataDescription data;

  /**
   * @param data of the arms' experiment
   */
  public DiagnosisTables(Connection connection, DataDescription data) {
    this.connection = connection;
    this.data = data;
  }

  /** Keeps snapshots and prescription; snapshots that are there from earlier stay. */
  public void write(Examination found) throws SQLException {
    long arm = arm(found.run().arm());
    requireIntact(arm, found.run().arm().name());
    for (SnapshotJson snapshot : found.snapshots()) {
      write(arm, found.run().seed(), snapshot);
    }
    long seed = found.run().seed();
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO prescription VALUES (?, ?, ?)",
        arm,
        seed,
        text(PrescriptionJson.of(found)));
    new RowChecksums(connection).write(RowChecksums.Of.DIAGNOSIS, arm, seed);
  }

  /** Keeps a snapshot; if it is there, it says the same, or what an older version knew of it. */
  public void write(Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast)
      throws SQLException {
    long arm = arm(run.arm());
    requireIntact(arm, run.arm().name());
    write(arm, run.seed(), SnapshotJson.of(snapshot, forecast));
    new RowChecksums(connection).write(RowChecksums.Of.DIAGNOSIS, arm, run.seed());
  }

  private void write(long arm, long seed, SnapshotJson snapshot) throws SQLException {
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO moment VALUES (?, ?, ?, ?)",
        arm,
        seed,
        snapshot.step(),
        text(snapshot));
  }

  /** Also of seeds that are not asked for: which are is decided by what is there. */
  private void requireIntact(long arm, String name) throws SQLException {
    RowChecksums checksums = new RowChecksums(connection);
    for (long seed : checksums.seconds(RowChecksums.Of.DIAGNOSIS, arm)) {
      checksums.require(
          RowChecksums.Of.DIAGNOSIS,
          arm,
          seed,
          "what probing found of arm \"%s\", seed %d,".formatted(name, seed));
    }
  }

  private long arm(Arm arm) throws SQLException {
    return Sql.id(
        connection, "SELECT id FROM arm WHERE sha256 = ?", Definition.of(arm, data).sha256());
  }

  /** What there is of an arm: of a seed with a prescription, else of the lowest seed. */
  public Optional<StoredDiagnosis> read(Arm arm) throws SQLException {
    if (!Schema.hasDiagnoses(connection)) {
      return Optional.empty();
    }
    Optional<Row> planned =
        Sql.row(
            connection, "SELECT id FROM arm WHERE sha256 = ?", Definition.of(arm, data).sha256());
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    long id = planned.get().integer("id");
    requireIntact(id, arm.name());
    Optional<Row> found =
        Sql.row(
            connection,
            """
            SELECT moment.seed, prescription.json FROM moment
            LEFT JOIN prescription
              ON prescription.arm = moment.arm AND prescription.seed = moment.seed
            WHERE moment.arm = ?
            ORDER BY prescription.json IS NULL, moment.seed LIMIT 1""",
            id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long seed = found.get().integer("seed");
    return Optional.of(
        new StoredDiagnosis(
            seed,
            snapshots(id, seed),
            found.get().optionalText("json").map(json -> value(json, PrescriptionJson.class))));
  }

  private List<SnapshotJson> snapshots(long arm, long seed) throws SQLException {
    List<SnapshotJson> snapshots = new ArrayList<>();
    for (Row row :
        Sql.rows(
            connection,
            "SELECT json FROM moment WHERE arm = ? AND seed = ? ORDER BY step",
            arm,
            seed)) {
      snapshots.add(value(row.text("json"), SnapshotJson.class));
    }
    return snapshots;
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no such value
   */
  private static <T> T value(String text, Class<T> type) {
    try {
      T value = JSON.readValue(text, type);
      if (value == null) {
        throw new IllegalArgumentException("null is no " + type.getSimpleName());
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
