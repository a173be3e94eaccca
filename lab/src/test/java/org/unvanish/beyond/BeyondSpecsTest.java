package org.unvanish.beyond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.claim.Claim;
import org.unvanish.claim.ClaimedExperiment;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;

/** The experiments beyond the paper are what their comments and claims say. */
class BeyondSpecsTest {

  /** All that are trained. */
  private static final List<String> NAMES =
      BeyondSpecs.SERIES.names().stream().filter(name -> !name.equals("depth")).toList();

  /** Of which a batch has more than one, as batch normalization needs. */
  private static final int SAMPLES = 32;

  @ParameterizedTest
  @FieldSource("NAMES")
  void everySpecIsFoundAgainByWhatItTrainsAndHasClaimsOnItsArms(String name) {
    ExperimentSpec spec = BeyondSpecs.SERIES.spec(name);
    assertThat(spec.name()).isEqualTo(name);
    assertThat(BeyondSpecs.SERIES.find(spec.experiment(data(spec))))
        .map(ClaimedExperiment::name)
        .hasValue(name);
    List<Claim> claims =
        BeyondSpecs.SERIES.claims().stream().filter(c -> c.experiment().equals(name)).toList();
    assertThat(claims).isNotEmpty();
    List<String> arms = new ArrayList<>();
    spec.arms().forEach(arm -> arms.add(arm.name()));
    assertThat(claims)
        .allSatisfy(
            claim -> {
              assertThat(claim.id()).startsWith(name + ".");
              assertThat(arms).containsAll(claim.arms());
            });
  }

  @Test
  void everyClaimIsAboutAnExperimentAndHasAnIdOfItsOwn() {
    assertThat(BeyondSpecs.SERIES.claims().stream().map(Claim::id)).doesNotHaveDuplicates();
    assertThat(BeyondSpecs.SERIES.claims().stream().map(Claim::experiment).distinct())
        .containsExactlyInAnyOrderElementsOf(NAMES);
  }

  /** So that a store with the paper's runs and these has each of them once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alpha-curve       | figure2 | tanh                  | tanh
          alpha-curve       | figure2 | tanh, α = 2           | tanh, α = 2
          competitors       | figure2 | tanh                  | tanh
          competitors       | figure2 | tanh, α = 2           | tanh, α = 2
          penalty-window    | figure1 | adam, r = 0           | tanh
          penalty-window    | figure1 | adam, r = 0.01        | tanh, r = 0.01
          functions         | figure3 | tanh                  | tanh
          functions         | figure3 | tanh, r = 0.01, α = 2 | tanh, r = 0.01, α = 2
          functions         | figure4 | logistic              | logistic
          competitors-large | figure3 | tanh, r = 0.01, α = 2 | tanh, r = 0.01, α = 2
          """)
  void armsOfThePaperAreThePapers(String name, String figure, String arm, String papers) {
    Dataset data = data(3, 32);
    Arm own = arm(BeyondSpecs.SERIES.spec(name), arm, data);
    Arm theirs = arm(PaperSpecs.spec(figure), papers, data);
    assertThat(Definition.of(own, description(name, data)))
        .isEqualTo(Definition.of(theirs, description(name, data)));
  }

  /** Each layer's gain: its naive factor times the deviation of its weights times √fan-in. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "what-acts-figure2",
        "what-acts-figure2-biases",
        "what-acts-figure3",
        "what-acts-figure3-biases",
        "what-acts-figure4",
        "what-acts-figure4-biases",
        "competitors",
        "data-synthetic",
        "data-idx",
        "data-table"
      })
  void criticalFactorsGiveEachLayerTheCriticalGain(String name) {
    ExperimentSpec spec = BeyondSpecs.SERIES.spec(name);
    Arm arm = arm(spec, "critical factors", data(spec));
    Initialization start = arm.settings().weights();
    double deviation =
        start instanceof Initialization.Normal normal
            ? normal.deviation()
            : ((Initialization.Uniform) start).bound() / Math.sqrt(3);
    boolean logistic = arm.network().activations().get(1).function() == ActivationFunction.LOGISTIC;
    double factor = 0;
    int layers = 0;
    for (int i = 0; i < arm.network().layers().size(); i++) {
      Layer layer = arm.network().layers().get(i);
      if (layer instanceof Activated activated) {
        factor = activated.activation().scale().outer();
      }
      for (ParameterTensor tensor : arm.network().parameters(i)) {
        if (tensor.kind() == ParameterTensor.Kind.WEIGHTS) {
          double gain = factor * deviation * Math.sqrt(tensor.fanIn());
          assertThat(gain).as(tensor.name()).isCloseTo(logistic ? 10.149 : 1, within(0.011));
          layers++;
        }
      }
    }
    assertThat(layers).isGreaterThan(8);
  }

  @Test
  void depthHasEachNumberOfLayersWithTheGainThatItsNameSays() {
    List<Arm> arms = BeyondSpecs.SERIES.spec("depth").experiment(data(3, 32)).arms();
    assertThat(arms).hasSize(4 * (3 * 3 + 4));
    for (Arm arm : arms) {
      long weights =
          arm.network().parameters().stream()
              .filter(tensor -> tensor.kind() == ParameterTensor.Kind.WEIGHTS)
              .count();
      assertThat(arm.name()).startsWith(weights + " layers, ");
      double gain = ((Initialization.LeCun) arm.settings().weights()).gain();
      assertThat(arm.name())
          .contains("σ_w = " + String.valueOf(gain).replaceFirst("\\.0$", "") + ",");
    }
  }

  @Test
  void aSweepHasItsArmsInTheOrderOfTheNumber() {
    ArmCurves alpha = sweep("alpha-curve");
    assertThat(alpha.axis()).isEqualTo("α");
    assertThat(alpha.curves()).hasSize(1);
    assertThat(alpha.curves().get(0).points().stream().map(ArmCurves.Point::x))
        .containsExactly(0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 8.0, 16.0, 64.0, 256.0);
    assertThat(alpha.levels())
        .extracting(Arm::name)
        .allMatch(name -> name.equals("identity") || name.contains("learned"))
        .hasSize(4);

    ArmCurves penalty = sweep("penalty-window");
    assertThat(penalty.curves()).extracting(ArmCurves.Curve::name).containsExactly("adam", "sgd");
    assertThat(penalty.curves().get(1).points().stream().map(ArmCurves.Point::x))
        .containsExactly(1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0);
    assertThat(penalty.levels()).extracting(Arm::name).containsExactly("adam, r = 0", "sgd, r = 0");
  }

  @Test
  void anyOtherExperimentIsNoSweep() {
    ExperimentSpec spec = PaperSpecs.spec("figure2");
    assertThat(ArmCurves.of(spec.experiment(data(3, 32)))).isEmpty();
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> BeyondSpecs.SERIES.text("figure2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no spec figure2, only what-acts-figure2");
  }

  @Test
  void armsWithOnePointAreNoCurve() {
    ExperimentSpec figure1 = PaperSpecs.SERIES.spec("figure1");
    assertThat(BeyondSpecs.SERIES.find(figure1.experiment(data(figure1))))
        .map(ClaimedExperiment::name)
        .hasValue("penalty-window");
    assertThat(ArmCurves.of(figure1.experiment(data(figure1)))).isEmpty();
  }

  private static ArmCurves sweep(String name) {
    return ArmCurves.of(BeyondSpecs.SERIES.spec(name).experiment(data(3, 32))).orElseThrow();
  }

  private static DataDescription description(String name, Dataset data) {
    return BeyondSpecs.SERIES.spec(name).experiment(data).data();
  }

  private static Arm arm(ExperimentSpec spec, String name, Dataset data) {
    return spec.experiment(data).arms().stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Of the shape of a spec's own data. */
  private static Dataset data(ExperimentSpec spec) {
    return switch (spec.name()) {
      case "data-idx" -> data(1, 28);
      case "data-table" -> data(2, 1);
      default -> data(3, 32);
    };
  }

  private static Dataset data(int channels, int side) {
    Shape shape = new Shape(channels, side, side);
    ImageSet images = new ImageSet(shape, new byte[SAMPLES * shape.size()], new byte[SAMPLES]);
    return new Dataset(
        "squares", "plain squares", Collections.nCopies(10, "square"), images, images, "");
  }
}
