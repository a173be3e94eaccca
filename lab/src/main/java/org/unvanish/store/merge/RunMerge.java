package org.unvanish.store.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.unvanish.experiment.Definition;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.sql.Database;
import org.unvanish.store.sql.Row;
import org.unvanish.store.sql.Sql;

/** Merges the runs, one at a time, so that memory holds no more than one run of each store. */
public final class RunMerge {

  /** A run in one of the stores. */
  private record Place(MergeSource source, long id) {}

  private final Map<ArmSeed, List<Place>> places = new LinkedHashMap<>();
  private final Map<String, String> names;

  /**
   * Looks which runs there are: those of the experiments, in their order, then those that no
   * experiment asks for any more.
   */
  public RunMerge(List<MergeSource> sources, ExperimentMerge planned) {
    names = planned.names();
    Map<ArmSeed, List<Place>> found = new HashMap<>();
    for (MergeSource source : sources) {
      List<Row> runs =
          source
              .database()
              .read(
                  connection ->
                      Sql.rows(
                          connection,
                          "SELECT run.id, sha256, seed FROM run JOIN arm ON arm.id = run.arm"));
      for (Row run : runs) {
        found
            .computeIfAbsent(ArmSeed.of(run), none -> new ArrayList<>())
            .add(new Place(source, run.integer("id")));
      }
    }
    for (StoredExperiment experiment : planned.experiments()) {
      for (StoredArm arm : experiment.arms()) {
        String sha256 = arm.definition().sha256();
        for (long seed : arm.seeds()) {
          move(new ArmSeed(sha256, seed), found);
        }
      }
    }
    TreeSet<ArmSeed> rest = new TreeSet<>(ArmSeed.ORDER);
    rest.addAll(found.keySet());
    rest.forEach(key -> move(key, found));
  }

  private void move(ArmSeed key, Map<ArmSeed, List<Place>> found) {
    List<Place> where = found.remove(key);
    if (where != null) {
      places.put(key, where);
    }
  }

  /** How many there are. */
  public int size() {
    return places.size();
  }

  /**
   * Writes them into a store that has the experiments, each in a transaction.
   *
   * @param written is told after each
   * @throws org.unvanish.store.StoreException if two stores disagree on one
   */
  public void write(Database target, Runnable written) {
    long id = 0;
    for (Map.Entry<ArmSeed, List<Place>> entry : places.entrySet()) {
      ArmSeed key = entry.getKey();
      RunRows kept = merged(key.name(names), entry.getValue());
      Definition definition = kept.source().database().read(key::definition);
      long own = ++id;
      target.write(
          connection -> kept.write(connection, own, ExperimentMerge.arm(definition, connection)));
      written.run();
    }
  }

  private static RunRows merged(String name, List<Place> where) {
    List<RunRows> all = new ArrayList<>();
    for (Place place : where) {
      MergeSource source = place.source();
      all.add(
          source.database().read(connection -> RunRows.read(source, connection, place.id(), name)));
    }
    all.sort(
        RunRows.BEST_FIRST.thenComparing(Comparator.comparing(rows -> rows.source().toString())));
    RunRows best = all.get(0);
    all.stream().skip(1).forEach(other -> RunAgreement.require(best, other, name));
    return best;
  }
}
