package org.unvanish.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.Experiment;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Plan;

/**
 * What was run, as tables.
 *
 * @param network layer by layer
 * @param shared settings that all arms have in common
 * @param differing settings, arm by arm
 */
record Setup(Table network, Table shared, Table differing) {

  static Setup of(ExperimentSpec spec, Experiment experiment) {
    Plan plan = Plan.of(spec, experiment);
    return new Setup(network(plan), shared(plan), differing(plan));
  }

  private static Table network(Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "output", "parameters"));
    for (Plan.LayerPlan layer : plan.layers()) {
      rows.add(
          List.of(
              layer.description(),
              layer.output().map(Object::toString).orElse(""),
              layer.parameters().isPresent() ? "" + layer.parameters().getAsInt() : ""));
    }
    return new Table(rows, "Output: channels×rows×columns. Parameters: those of the first arm.");
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
}
