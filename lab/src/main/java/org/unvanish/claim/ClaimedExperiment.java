package org.unvanish.claim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/**
 * An experiment of a {@link ClaimedSeries}, told by what its arms train and not by any name.
 *
 * @param name one of {@link ClaimedSeries#names}
 * @param data what the spec trains on, as it names it
 * @param arms the experiment's by the names of the series' spec, in that spec's order
 */
public record ClaimedExperiment(String name, String data, Map<String, Arm> arms) {

  /**
   * A spec's experiment with the arms of another; with none if any of those is not the spec's.
   *
   * @param reading what the experiment makes of the points that the spec leaves open
   */
  static ClaimedExperiment of(ExperimentSpec spec, Overrides reading, Experiment experiment) {
    return new ClaimedExperiment(
        spec.name(), spec.dataSource().source(), arms(spec, reading, experiment));
  }

  private static Map<String, Arm> arms(
      ExperimentSpec spec, Overrides reading, Experiment experiment) {
    Experiment expected;
    try {
      expected =
          spec.with(reading).on(experiment.arms().get(0).backend()).experiment(experiment.data());
    } catch (SpecException e) {
      // The spec's network does not even fit these data.
      return Map.of();
    }
    Map<Definition, Arm> here = new HashMap<>();
    experiment.arms().forEach(arm -> here.put(Definition.of(arm, experiment.data()), arm));
    Map<String, Arm> arms = new LinkedHashMap<>();
    for (Arm arm : expected.arms()) {
      Optional.ofNullable(here.get(Definition.of(arm, experiment.data())))
          .ifPresent(found -> arms.put(arm.name(), found));
    }
    return arms.size() == experiment.arms().size() ? arms : Map.of();
  }

  /** Whether all arms are here that a claim is about. */
  boolean hasArmsOf(Claim claim) {
    return claim.experiment().equals(name) && arms.keySet().containsAll(claim.arms());
  }

  JudgedClaim judge(Claim claim, ExperimentResult result, ClaimWords words) {
    List<Arm> meant =
        claim.arms().stream().map(arm -> Objects.requireNonNull(arms.get(arm))).toList();
    Claim.Checked checked = claim.check().apply(result, meant);
    return new JudgedClaim(
        claim, checked.verdict(), checked.evidence(), checked.comparison(), data, words);
  }
}
