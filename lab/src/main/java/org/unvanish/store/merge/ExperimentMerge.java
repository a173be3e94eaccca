package org.unvanish.store.merge;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.experiment.Definition;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.sql.Database;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.RowChecksums;
import org.unvanish.store.sql.Schema;
import org.unvanish.store.sql.Sql;
import org.unvanish.store.table.ExperimentReader;

/**
 * Merges what was planned. Experiments of the same name must have the same arms, seeds, epochs and
 * data; what else a spec says, such as a title or a path to the data, may differ.
 */
public final class ExperimentMerge {

  private static final int MOST_SEEDS = 8;

  /** An experiment as a store has it. */
  private record Planned(
      MergeSource source,
      long id,
      StoredExperiment stored,
      Row row,
      List<Row> inputs,
      List<Row> targets,
      List<Row> scores,
      List<Row> predictor) {

    /** All that may differ from store to store; more comes first. */
    String text() {
      String rows =
          List.of(List.of(row.with("id", 0)), inputs, targets).stream()
              .flatMap(List::stream)
              .map(part -> Arrays.toString(part.values()))
              .collect(Collectors.joining("\n"));
      return "%d\n%s".formatted(inputs.isEmpty() && targets.isEmpty() ? 1 : 0, rows);
    }
  }

  /** By name, each as all sources have it that do. */
  private final Map<String, List<Planned>> experiments;

  /**
   * Reads what the sources planned.
   *
   * @throws StoreException if they do not agree, or their experiments would overwrite each other's
   *     files
   */
  public ExperimentMerge(List<MergeSource> sources) {
    List<Planned> all = new ArrayList<>();
    for (MergeSource source : sources) {
      all.addAll(source.database().read(connection -> planned(source, connection)));
    }
    // In the order in which they were first planned, whatever the order of the sources.
    all.sort(
        Comparator.comparingLong(Planned::id)
            .thenComparing(planned -> planned.stored().name())
            .thenComparing(Planned::text));
    experiments =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    planned -> planned.stored().name(), LinkedHashMap::new, Collectors.toList()));
    experiments.values().forEach(ExperimentMerge::requireAgreement);
    requireDifferentFiles();
  }

  private static List<Planned> planned(MergeSource source, Connection connection)
      throws SQLException {
    List<Planned> found = new ArrayList<>();
    for (StoredExperiment stored : new ExperimentReader(connection).experiments()) {
      Row row =
          Sql.row(connection, "SELECT * FROM experiment WHERE name = ?", stored.name())
              .orElseThrow();
      long id = row.integer("id");
      boolean columns = Schema.hasColumns(connection);
      found.add(
          new Planned(
              source,
              id,
              stored,
              row,
              rows(connection, "input_column", "position", columns, id),
              rows(connection, "target_column", "position", columns, id),
              rows(connection, "constant_score", "name", Schema.hasScores(connection), id),
              rows(
                  connection,
                  "constant_predictor",
                  "experiment",
                  Schema.hasChecksums(connection),
                  id)));
    }
    return found;
  }

  private static List<Row> rows(
      Connection connection, String table, String order, boolean exists, long id)
      throws SQLException {
    return exists
        ? Sql.rows(
            connection,
            "SELECT * FROM %s WHERE experiment = ? ORDER BY %s".formatted(table, order),
            id)
        : List.of();
  }

  private static void requireAgreement(List<Planned> same) {
    Planned first = same.get(0);
    for (Planned other : same) {
      List<String> differences = differences(first, other);
      if (!differences.isEmpty()) {
        throw StoreException.ofDifferences(
            ("%s and %s have different experiments named %s, and are not merged. Give both the same"
                    + " arms, --seeds and --epochs with unvanish run, then merge again:")
                .formatted(first.source(), other.source(), first.stored().name()),
            differences);
      }
    }
  }

  private static List<String> differences(Planned a, Planned b) {
    String in = "in " + a.source();
    String other = "in " + b.source();
    List<String> differences = new ArrayList<>();
    if (!a.stored().data().sha256().equals(b.stored().data().sha256())) {
      differences.add(
          "data: %s %s, %s %s; their samples differ"
              .formatted(a.stored().data().title(), in, b.stored().data().title(), other));
    }
    Map<String, StoredArm> there = byName(b);
    for (StoredArm arm : a.stored().arms()) {
      StoredArm twin = there.remove(arm.name());
      if (twin == null) {
        differences.add("%s: only %s".formatted(arm.name(), in));
      } else {
        differences(arm, twin, in, other)
            .forEach(text -> differences.add("%s: %s".formatted(arm.name(), text)));
      }
    }
    there.keySet().forEach(name -> differences.add("%s: only %s".formatted(name, other)));
    if (differences.isEmpty() && !a.stored().arms().equals(b.stored().arms())) {
      differences.add("the order of the arms");
    }
    if (differs(a.scores(), b.scores()) || differs(a.predictor(), b.predictor())) {
      differences.add("what a constant predictor scores on the test data");
    }
    return differences;
  }

  private static Map<String, StoredArm> byName(Planned planned) {
    Map<String, StoredArm> arms = new LinkedHashMap<>();
    planned.stored().arms().forEach(arm -> arms.put(arm.name(), arm));
    return arms;
  }

  private static List<String> differences(StoredArm a, StoredArm b, String in, String other) {
    List<String> differences =
        new ArrayList<>(a.definition().differences(b.definition(), in, other));
    if (a.epochs() != b.epochs()) {
      differences.add("epochs: %d %s, %d %s".formatted(a.epochs(), in, b.epochs(), other));
    }
    if (!a.seeds().equals(b.seeds())) {
      differences.add("seeds: %s %s, %s %s".formatted(seeds(a), in, seeds(b), other));
    }
    return differences;
  }

  private static String seeds(StoredArm arm) {
    return arm.seeds().size() <= MOST_SEEDS
        ? arm.seeds().stream().map(String::valueOf).collect(Collectors.joining(" "))
        : arm.seeds().size() + " from " + arm.seeds().get(0);
  }

  /** Of what both stores have; the first column is the experiment's id there. */
  private static boolean differs(List<Row> a, List<Row> b) {
    return !a.isEmpty() && !b.isEmpty() && !values(a).equals(values(b));
  }

  private static List<Object> values(List<Row> rows) {
    return rows.stream()
        .<Object>map(row -> Arrays.asList(row.with("experiment", 0).values()))
        .toList();
  }

  /** Those of one store have their folders; those of several may both be in the folder itself. */
  private void requireDifferentFiles() {
    List<List<Planned>> all = List.copyOf(experiments.values());
    for (List<Planned> one : all) {
      for (List<Planned> other : all.subList(all.indexOf(one) + 1, all.size())) {
        StoredExperiment a = one.get(0).stored();
        StoredExperiment b = other.get(0).stored();
        if (a.files().equals(b.files()) && one.stream().noneMatch(p -> isIn(p.source(), other))) {
          throw new StoreException(
              "%s holds the experiment %s, and %s holds %s. Their files would overwrite each other: merge each into a folder of its own."
                  .formatted(one.get(0).source(), a.name(), other.get(0).source(), b.name()));
        }
      }
    }
  }

  private static boolean isIn(MergeSource source, List<Planned> experiment) {
    return experiment.stream().anyMatch(planned -> planned.source().equals(source));
  }

  /** What the merged store has, as the first of them says it; all of it, whoever had a shard. */
  public List<StoredExperiment> experiments() {
    return experiments.values().stream().map(same -> same.get(0).stored()).toList();
  }

  /** The arms by the SHA-256 of their definitions, as messages name them. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (StoredExperiment experiment : experiments()) {
      for (StoredArm arm : experiment.arms()) {
        names.putIfAbsent(
            arm.definition().sha256(), "%s, arm \"%s\"".formatted(experiment.name(), arm.name()));
      }
    }
    return names;
  }

  /** Writes experiments and their arms into an empty store. */
  public void write(Database target) {
    target.write(
        connection -> {
          long id = 0;
          for (List<Planned> same : experiments.values()) {
            write(same, ++id, connection);
          }
        });
  }

  private static void write(List<Planned> same, long id, Connection connection)
      throws SQLException {
    Planned first = same.get(0);
    Sql.insert(connection, "experiment", List.of(first.row().with("id", id)));
    int position = 0;
    for (StoredArm arm : first.stored().arms()) {
      Sql.update(
          connection,
          "INSERT INTO experiment_arm VALUES (?, ?, ?, ?, ?, ?)",
          id,
          position++,
          arm.name(),
          arm(arm.definition(), connection),
          arm.epochs(),
          arm.seeds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    Sql.insert(connection, "input_column", owned(first.inputs(), id));
    Sql.insert(connection, "target_column", owned(first.targets(), id));
    Sql.insert(
        connection,
        "constant_score",
        owned(known(same.stream().map(Planned::scores).toList()), id));
    Sql.insert(
        connection,
        "constant_predictor",
        owned(known(same.stream().map(Planned::predictor).toList()), id));
    new RowChecksums(connection).write(RowChecksums.Of.EXPERIMENT, id, 0);
  }

  /** The key of an arm, which is added where it is missing. */
  static long arm(Definition definition, Connection connection) throws SQLException {
    Optional<Row> there =
        Sql.row(connection, "SELECT id FROM arm WHERE sha256 = ?", definition.sha256());
    if (there.isPresent()) {
      return there.get().integer("id");
    }
    Sql.update(
        connection,
        "INSERT INTO arm (sha256, definition) VALUES (?, ?)",
        definition.sha256(),
        definition.text());
    return Sql.id(connection, "SELECT id FROM arm WHERE sha256 = ?", definition.sha256());
  }

  private static List<Row> owned(List<Row> rows, long experiment) {
    return rows.stream().map(row -> row.with("experiment", experiment)).toList();
  }

  private static List<Row> known(List<List<Row>> all) {
    return all.stream().filter(rows -> !rows.isEmpty()).findFirst().orElse(List.of());
  }
}
