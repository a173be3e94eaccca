package org.unvanish.store.merge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.unvanish.experiment.Definition;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.Sql;

/**
 * What names a run in every store.
 *
 * @param sha256 of its arm's definition
 * @param seed its seed
 */
record ArmSeed(String sha256, long seed) {

  static final Comparator<ArmSeed> ORDER =
      Comparator.comparing(ArmSeed::sha256).thenComparingLong(ArmSeed::seed);

  static ArmSeed of(Row row) {
    return new ArmSeed(row.text("sha256"), row.integer("seed"));
  }

  /** As messages name it. */
  String name(Map<String, String> arms) {
    return "%s, seed %d".formatted(arms.getOrDefault(sha256, "an earlier arm"), seed);
  }

  /** The arm's definition, as a store has it. */
  Definition definition(Connection connection) throws SQLException {
    List<Row> found = Sql.rows(connection, "SELECT definition FROM arm WHERE sha256 = ?", sha256);
    Definition definition = new Definition(found.get(0).text("definition"));
    if (!definition.sha256().equals(sha256)) {
      throw new IllegalArgumentException("the definition of an arm is not as it was written");
    }
    return definition;
  }
}
