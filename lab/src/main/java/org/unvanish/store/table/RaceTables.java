package org.unvanish.store.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.codec.Sha256;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.Sweep;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/** Writes and reads who was dropped from an experiment's race, within a transaction. */
public final class RaceTables {

  /** Raised when other arms are dropped though the same numbers speak. */
  private static final int REVISION = 1;

  private final Connection connection;
  private final Experiment experiment;

  public RaceTables(Connection connection, Experiment experiment) {
    this.connection = connection;
    this.experiment = experiment;
  }

  /**
   * Opens the race of an experiment that is being planned. One that was there goes on if nothing
   * changed that decides it; else it begins anew. The experiment's checksum is left to the caller.
   *
   * @param id of the experiment
   */
  void plan(long id) throws SQLException {
    Optional<String> terms = terms();
    Optional<Row> stored = race(id);
    if (stored.isPresent() && terms.isPresent() && stored.get().text("terms").equals(terms.get())) {
      return;
    }
    Sql.update(connection, "DELETE FROM dropped_arm WHERE experiment = ?", id);
    Sql.update(connection, "DELETE FROM race WHERE experiment = ?", id);
    if (terms.isPresent()) {
      Sql.update(connection, "INSERT INTO race VALUES (?, ?)", id, terms.get());
    }
  }

  private Optional<Row> race(long id) throws SQLException {
    return Sql.row(connection, "SELECT * FROM race WHERE experiment = ?", id);
  }

  /** All that decides the race beside its runs; empty without a race. */
  private Optional<String> terms() {
    return experiment.sweep().flatMap(sweep -> sweep.racing().map(racing -> terms(sweep, racing)));
  }

  private String terms(Sweep sweep, Racing racing) {
    StringBuilder text = new StringBuilder();
    text.append(REVISION).append('\n').append(racing).append('\n');
    text.append(experiment.headline()).append('\n');
    for (Arm arm : experiment.arms()) {
      text.append(Definition.of(arm, experiment.data()).sha256())
          .append(sweep.points().containsKey(arm.name()) ? " raced " : " beside ")
          .append(arm.epochs())
          .append(' ')
          .append(arm.seeds())
          .append('\n');
    }
    return Sha256.of(text.toString().getBytes(UTF_8));
  }

  /**
   * Those that were dropped so far, in that order; none of an experiment that is not planned, or
   * whose race has changed since.
   */
  public List<DroppedArm> read() throws SQLException {
    List<DroppedArm> dropped = new ArrayList<>();
    Optional<String> terms = terms();
    if (terms.isEmpty() || !Schema.hasRaces(connection)) {
      return dropped;
    }
    Optional<Row> planned =
        Sql.row(connection, "SELECT id FROM experiment WHERE name = ?", experiment.name());
    if (planned.isEmpty()) {
      return dropped;
    }
    long id = planned.get().integer("id");
    new RowChecksums(connection)
        .require(RowChecksums.Of.EXPERIMENT, id, 0, "the experiment " + experiment.name());
    Optional<Row> race = race(id);
    if (race.isEmpty() || !race.get().text("terms").equals(terms.get())) {
      return dropped;
    }
    Map<String, String> names =
        experiment.arms().stream()
            .collect(
                Collectors.toMap(arm -> Definition.of(arm, experiment.data()).sha256(), Arm::name));
    for (Row row :
        Sql.rows(
            connection,
            """
            SELECT dropped_arm.*, own.sha256 AS own_sha256, other.sha256 AS rival_sha256
            FROM dropped_arm JOIN arm AS own ON own.id = arm JOIN arm AS other ON other.id = rival
            WHERE experiment = ? ORDER BY position""",
            id)) {
      dropped.add(dropped(row, names));
    }
    return dropped;
  }

  private static DroppedArm dropped(Row row, Map<String, String> names) {
    return new DroppedArm(
        name(row.text("own_sha256"), names),
        row.count("stage"),
        row.count("epochs"),
        row.count("seeds"),
        DroppedArm.Reason.of(row.text("reason")),
        row.count("place"),
        row.count("raced"),
        row.count("left"),
        row.number("score"),
        name(row.text("rival_sha256"), names),
        row.number("bar"),
        row.share("p"));
  }

  private static String name(String sha256, Map<String, String> names) {
    String name = names.get(sha256);
    if (name == null) {
      throw new IllegalArgumentException("an arm that was dropped is none of the experiment's");
    }
    return name;
  }

  /**
   * Writes those that were dropped so far in place of those that are there.
   *
   * @param dropped in that order
   */
  public void write(List<DroppedArm> dropped) throws SQLException {
    long id = Sql.id(connection, "SELECT id FROM experiment WHERE name = ?", experiment.name());
    Sql.update(connection, "DELETE FROM dropped_arm WHERE experiment = ?", id);
    Map<String, Long> ids = new HashMap<>();
    for (Row row :
        Sql.rows(connection, "SELECT name, arm FROM experiment_arm WHERE experiment = ?", id)) {
      ids.put(row.text("name"), row.integer("arm"));
    }
    for (int i = 0; i < dropped.size(); i++) {
      DroppedArm one = dropped.get(i);
      Sql.update(
          connection,
          "INSERT INTO dropped_arm VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          id,
          i,
          Objects.requireNonNull(ids.get(one.arm())),
          one.stage(),
          one.epochs(),
          one.seeds(),
          one.reason().label(),
          one.place(),
          one.of(),
          one.left(),
          one.score(),
          Objects.requireNonNull(ids.get(one.rival())),
          one.bar(),
          one.pValue());
    }
    new RowChecksums(connection).write(RowChecksums.Of.EXPERIMENT, id, 0);
  }
}
