package org.unvanish.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unvanish.comparison.Table;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Experiment;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;

/**
 * What was run, as tables.
 *
 * @param network layer by layer; of several networks one after the other, each with its arms
 * @param shared settings that all arms have in common
 * @param differing settings, arm by arm
 */
record SetupTables(Table network, Table shared, Table differing) {

  private static final String LAYER = "layer ";

  static SetupTables of(ExperimentSpec spec, Experiment experiment) {
    Plan plan = Plan.of(spec, experiment);
    return new SetupTables(network(plan), shared(plan), differing(plan));
  }

  private static Table network(Plan plan) {
    boolean several = plan.networks().size() > 1;
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(several ? "arms" : "", "layer", "output", "parameters"));
    boolean flat = true;
    for (Plan.NetworkPlan network : plan.networks()) {
      for (Plan.LayerPlan layer : network.layers()) {
        rows.add(
            row(
                several ? String.join(", ", network.arms()) : "",
                layer.description(),
                layer.output().map(Shape::title).orElse(""),
                layer.parameters().isPresent() ? "" + layer.parameters().getAsInt() : ""));
        flat &= layer.output().map(Shape::isFlat).orElse(true);
      }
    }
    return new Table(
        rows,
        "Output: %s. Parameters: those of the first arm%s."
            .formatted(
                flat ? "values of a sample" : "values, or channels×rows×columns",
                several ? " with that network" : ""));
  }

  /** Without arms where all have the same network. */
  private static List<String> row(String arms, String... cells) {
    List<String> row = new ArrayList<>(List.of(cells));
    if (!arms.isEmpty()) {
      row.add(0, arms);
    }
    return row;
  }

  private static Table shared(Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("setting", "value"));
    plan.shared().forEach((key, value) -> rows.add(List.of(key, value)));
    return new Table(rows, "");
  }

  private static Table differing(Plan plan) {
    Set<String> keys = new LinkedHashSet<>();
    plan.arms().forEach(arm -> keys.addAll(arm.differs().keySet()));
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("arm"));
    header.addAll(keys);
    rows.add(header);
    for (Plan.ArmPlan arm : plan.arms()) {
      List<String> row = new ArrayList<>(List.of(arm.name()));
      keys.forEach(key -> row.add(arm.differs().getOrDefault(key, "")));
      rows.add(row);
    }
    return new Table(rows, "");
  }

  /** Of another program's training, from what could be seen of it. */
  static SetupTables watched(StoredExperiment stored) {
    Set<String> keys = new LinkedHashSet<>();
    stored.arms().forEach(arm -> keys.addAll(arm.definition().values().keySet()));
    List<List<String>> network = new ArrayList<>(List.of(List.of("layer", "kind")));
    List<List<String>> shared = new ArrayList<>(List.of(List.of("setting", "value")));
    Map<String, List<String>> differing = new LinkedHashMap<>();
    for (String key : keys) {
      List<String> values = stored.arms().stream().map(arm -> value(arm, key)).toList();
      if (values.stream().distinct().count() > 1) {
        differing.put(key, values);
      } else {
        (key.startsWith(LAYER) ? network : shared)
            .add(List.of(key.replaceFirst("^" + LAYER, ""), values.get(0)));
      }
    }
    return new SetupTables(
        new Table(network, stored.arms().size() > 1 ? "Only what all arms share." : ""),
        new Table(shared, "What is known of the program that trained."),
        differing(stored.arms(), differing));
  }

  private static String value(StoredArm arm, String key) {
    return arm.definition().values().getOrDefault(key, "");
  }

  private static Table differing(List<StoredArm> arms, Map<String, List<String>> values) {
    List<String> header = new ArrayList<>(List.of("arm"));
    header.addAll(values.keySet());
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (int i = 0; i < arms.size(); i++) {
      List<String> row = new ArrayList<>(List.of(arms.get(i).name()));
      for (List<String> ofAll : values.values()) {
        row.add(ofAll.get(i));
      }
      rows.add(row);
    }
    return new Table(rows, "");
  }
}
