package org.unvanish.store.merge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.unvanish.experiment.Definition;
import org.unvanish.store.StoreException;
import org.unvanish.store.sql.Database;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;

/**
 * Merges what probing found. Where two stores have the same snapshot, it says the same in both, or
 * in one what an older version knew of it: then the other is kept.
 */
public final class DiagnosisMerge {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The key of a prescription among the steps of the snapshots. */
  private static final long PRESCRIPTION = Long.MAX_VALUE;

  /** A text, and which store has it. */
  private record Found(String json, MergeSource source) {}

  private final List<MergeSource> sources;
  private final Map<String, String> names;

  public DiagnosisMerge(List<MergeSource> sources, ExperimentMerge planned) {
    this.sources = sources;
    this.names = planned.names();
  }

  /**
   * Writes it into a store, one arm and seed at a time.
   *
   * @throws StoreException if two stores disagree
   */
  public void write(Database target) {
    Map<ArmSeed, List<MergeSource>> probed = new TreeMap<>(ArmSeed.ORDER);
    for (MergeSource source : sources) {
      for (Row row : source.database().read(DiagnosisMerge::probed)) {
        probed.computeIfAbsent(ArmSeed.of(row), none -> new ArrayList<>()).add(source);
      }
    }
    probed.forEach((key, where) -> write(key, where, target));
  }

  private static List<Row> probed(Connection connection) throws SQLException {
    return Schema.hasDiagnoses(connection)
        ? Sql.rows(
            connection,
            """
            SELECT sha256, seed FROM moment JOIN arm ON arm.id = moment.arm UNION
            SELECT sha256, seed FROM prescription JOIN arm ON arm.id = prescription.arm""")
        : List.of();
  }

  private void write(ArmSeed key, List<MergeSource> where, Database target) {
    Map<Long, Found> merged = new TreeMap<>();
    for (MergeSource source : where) {
      Map<Long, String> own = source.database().read(connection -> read(key, connection));
      own.forEach(
          (step, json) ->
              merged.merge(
                  step, new Found(json, source), (a, b) -> agreed(a, b, step, key.name(names))));
    }
    Definition definition = where.get(0).database().read(key::definition);
    target.write(
        connection -> {
          long arm = ExperimentMerge.arm(definition, connection);
          for (Map.Entry<Long, Found> found : merged.entrySet()) {
            if (found.getKey() == PRESCRIPTION) {
              Sql.update(
                  connection,
                  "INSERT INTO prescription VALUES (?, ?, ?)",
                  arm,
                  key.seed(),
                  found.getValue().json());
            } else {
              Sql.update(
                  connection,
                  "INSERT INTO moment VALUES (?, ?, ?, ?)",
                  arm,
                  key.seed(),
                  found.getKey(),
                  found.getValue().json());
            }
          }
          new RowChecksums(connection).write(RowChecksums.Of.DIAGNOSIS, arm, key.seed());
        });
  }

  private Map<Long, String> read(ArmSeed key, Connection connection) throws SQLException {
    long arm = Sql.id(connection, "SELECT id FROM arm WHERE sha256 = ?", key.sha256());
    new RowChecksums(connection)
        .require(
            RowChecksums.Of.DIAGNOSIS,
            arm,
            key.seed(),
            "what probing found of %s,".formatted(key.name(names)));
    Map<Long, String> found = new TreeMap<>();
    for (Row row :
        Sql.rows(
            connection,
            "SELECT step, json FROM moment WHERE arm = ? AND seed = ?",
            arm,
            key.seed())) {
      found.put(row.integer("step"), row.text("json"));
    }
    Sql.row(connection, "SELECT json FROM prescription WHERE arm = ? AND seed = ?", arm, key.seed())
        .ifPresent(row -> found.put(PRESCRIPTION, row.text("json")));
    return found;
  }

  private static Found agreed(Found a, Found b, long step, String name) {
    if (a.json().equals(b.json())) {
      return a;
    }
    JsonNode one = tree(a);
    JsonNode other = tree(b);
    boolean first = contains(one, other);
    boolean second = contains(other, one);
    if (first && second) {
      // They differ in words only: the same ones are kept in whatever order they come.
      return a.json().compareTo(b.json()) < 0 ? a : b;
    }
    if (first || second) {
      return first ? a : b;
    }
    throw new StoreException(
        ("%s and %s disagree on what probing found in %s%s. Nothing was merged, and both are "
                + "unchanged.")
            .formatted(
                a.source(),
                b.source(),
                name,
                step == PRESCRIPTION ? ": its prescription" : ", at step " + step));
  }

  /** Without what a prescription says in words, which each version says in its own. */
  private static JsonNode tree(Found found) {
    try {
      JsonNode tree = JSON.readTree(found.json());
      if (tree instanceof ObjectNode prescription) {
        prescription.remove("why");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new StoreException(
          "%s has a diagnosis that is no JSON: %s."
              .formatted(found.source(), e.getOriginalMessage()),
          e);
    }
  }

  /** Whether all that the second says stands in the first as well. */
  private static boolean contains(JsonNode more, JsonNode less) {
    if (less.isNull() || less.isMissingNode()) {
      return true;
    }
    if (less.isObject()) {
      return more.isObject()
          && less.properties().stream()
              .allMatch(field -> contains(more.path(field.getKey()), field.getValue()));
    }
    if (less.isArray()) {
      return more.isArray()
          && more.size() == less.size()
          && IntStream.range(0, less.size()).allMatch(i -> contains(more.get(i), less.get(i)));
    }
    return more.equals(less);
  }
}
