package org.unvanish.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.examination.Examination;
import org.unvanish.examination.MomentJson;
import org.unvanish.examination.PrescriptionJson;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Run;

/** Writes and reads what was found by probing, within a transaction. */
final class DiagnosisTables {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final DataDescription data;

  /**
   * @param data of the arms' experiment
   */
  DiagnosisTables(Connection connection, DataDescription data) {
    this.connection = connection;
    this.data = data;
  }

  /** Keeps moments and prescription; moments that are there from earlier stay. */
  void write(Examination found) throws SQLException {
    for (MomentDiagnosis moment : found.diagnosis().moments()) {
      write(found.run(), moment);
    }
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO prescription VALUES (?, ?, ?)",
        arm(found.run().arm()),
        found.run().seed(),
        text(PrescriptionJson.of(found.prescription())));
  }

  /** Keeps a moment; if it is there, it says the same. */
  void write(Run run, MomentDiagnosis moment) throws SQLException {
    Sql.update(
        connection,
        "INSERT OR REPLACE INTO moment VALUES (?, ?, ?, ?)",
        arm(run.arm()),
        run.seed(),
        moment.evidence().step(),
        text(MomentJson.of(moment)));
  }

  private long arm(Arm arm) throws SQLException {
    return Sql.id(
        connection, "SELECT id FROM arm WHERE sha256 = ?", Definition.of(arm, data).sha256());
  }

  /** What there is of an arm: of a seed with a prescription, else of the lowest seed. */
  Optional<StoredDiagnosis> read(Arm arm) throws SQLException {
    if (Schema.isWithoutDiagnoses(connection)) {
      return Optional.empty();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT arm.id, moment.seed, prescription.json FROM arm
            JOIN moment ON moment.arm = arm.id
            LEFT JOIN prescription
              ON prescription.arm = arm.id AND prescription.seed = moment.seed
            WHERE arm.sha256 = ?
            ORDER BY prescription.json IS NULL, moment.seed LIMIT 1""")) {
      Sql.set(select, Definition.of(arm, data).sha256());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String prescription = row.getString(3);
        return Optional.of(
            new StoredDiagnosis(
                row.getLong(2),
                moments(row.getLong(1), row.getLong(2)),
                prescription == null
                    ? Optional.empty()
                    : Optional.of(value(prescription, PrescriptionJson.class))));
      }
    }
  }

  private List<MomentJson> moments(long arm, long seed) throws SQLException {
    List<MomentJson> moments = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT json FROM moment WHERE arm = ? AND seed = ? ORDER BY step")) {
      Sql.set(select, arm, seed);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          moments.add(value(row.getString(1), MomentJson.class));
        }
      }
    }
    return moments;
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
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
