package org.unvanish.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.unvanish.claim.Claim;
import org.unvanish.claim.ClaimedExperiment;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.network.Network;
import org.unvanish.network.Recurrent;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/** The experiments on sequences are what their comments and claims say. */
class SequenceSpecsTest {

  private static final List<String> NAMES = SequenceSpecs.SERIES.names();

  @ParameterizedTest
  @FieldSource("NAMES")
  void everySpecIsFoundAgainByWhatItTrainsAndHasClaimsOnItsArms(String name) {
    ExperimentSpec spec = small(name);
    assertThat(spec.name()).isEqualTo(name);
    assertThat(SequenceSpecs.SERIES.find(spec.experiment(data(spec))))
        .map(ClaimedExperiment::name)
        .hasValue(name);
    List<Claim> claims =
        SequenceSpecs.SERIES.claims().stream().filter(c -> c.experiment().equals(name)).toList();
    assertThat(claims).hasSize(10);
    List<String> arms = new ArrayList<>();
    spec.arms().forEach(arm -> arms.add(arm.name()));
    assertThat(claims).allSatisfy(claim -> assertThat(arms).containsAll(claim.arms()));
  }

  @Test
  void everyClaimHasAnIdOfItsOwn() {
    assertThat(SequenceSpecs.SERIES.claims().stream().map(Claim::id)).doesNotHaveDuplicates();
  }

  @Test
  void addingOverMoreStepsIsTheSameExperiment() {
    String ten = SequenceSpecs.SERIES.text("adding-10");
    for (String name : SequenceSpecs.ADDING) {
      String steps = name.substring("adding-".length());
      assertThat(SequenceSpecs.SERIES.text(name))
          .isEqualTo(
              ten.replace("10 steps", steps + " steps")
                  .replace("adding-10", name)
                  .replace("steps: 10}", "steps: " + steps + "}"));
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyArmHasOneRecurrentLayerOf32Units(String name) {
    ExperimentSpec spec = small(name);
    assertThat(spec.experiment(data(spec)).arms())
        .hasSize(12)
        .allSatisfy(arm -> assertThat(recurrent(arm.network())).isEqualTo(32));
  }

  private static int recurrent(Network network) {
    return network.layers().stream()
        .filter(Recurrent.class::isInstance)
        .mapToInt(layer -> ((Recurrent) layer).units())
        .sum();
  }

  private static ExperimentSpec small(String name) {
    ExperimentSpec spec = SequenceSpecs.SERIES.spec(name);
    return name.equals(SequenceSpecs.ROWS)
        ? spec.with(Overrides.NONE.withData(DataCatalog.SYNTHETIC))
        : spec;
  }

  private static Dataset data(ExperimentSpec spec) {
    return spec.load(DataCatalog.standard(), LoadProgress.SILENT);
  }
}
