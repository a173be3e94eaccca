package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.AppliedRemedies;

class ProofSpecTest {

  private static final DataDescription DATA = DataDescription.of(SyntheticImages.draw(1, 64, 32));

  private final ExperimentSpec spec =
      ExperimentSpec.parse(
          """
          name: own
          data: synthetic
          network: [dense: 8, activation, dense: classes]
          defaults: {epochs: 3, seeds: 2, initial-values: {uniform: 10}}
          arms:
            - {name: first, activation: tanh}
            - {name: second, activation: {function: tanh, alpha: 3}}
          """,
          "own.yaml");

  @Test
  void itComparesUntouchedPrescribedAndSingleRemedies() {
    ProofSpec proof = proof(spec.arms().get(1), null, null, PrescribedInitialization.GLOROT);
    assertThat(proof.omitted()).isEmpty();
    assertThat(proof.spec().name()).isEqualTo("own-proof");
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("untouched", "prescribed", "r = 0.05 alone", "α × 2 alone");
    List<ArmSpec> arms = proof.spec().arms();
    assertThat(arms).allSatisfy(arm -> assertThat(arm.seeds()).containsExactly(1L, 2L));
    assertThat(arms.get(1).weights()).isEqualTo(new Initialization.Glorot());
    assertThat(arms.get(2).penalty()).isEqualTo(new Penalty.L2(0.05, Penalty.Scope.ALL));
    assertThat(arms.get(2).weights()).isEqualTo(new Initialization.Uniform(10));
    // A multiple of the present scale.
    assertThat(arms.get(3).activations())
        .containsExactly(Activation.scaled(ActivationFunction.TANH, 6));
  }

  @Test
  void aPrescriptionThatIsASingleRemedyIsTrainedOnce() {
    ProofSpec proof = proof(spec.arms().get(0), 0.02, null, null);
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("untouched", "prescribed", "α × 2 alone");
    assertThat(proof.omitted())
        .containsExactly("“r = 0.02 alone” is left out: it is the same as “prescribed”.");
  }

  @Test
  void scaledInputsAreForASecondExperimentWithTheSameSeeds() {
    ArmSpec arm = spec.arms().get(0);
    Prescription prescription =
        new Prescription(
            new Change(
                null, null, PrescribedInitialization.GLOROT, List.of(OtherRemedy.SCALE_INPUTS)),
            "so",
            null);
    ProofSpec proof = ProofSpec.of(spec, arm, prescription, 0.01, DATA);
    assertThat(proof.spec().pixels()).isEqualTo(spec.pixels());
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("untouched", "r = 0.01 alone", "α × 2 alone");
    ExperimentSpec scaled = proof.scaled().orElseThrow();
    assertThat(scaled.name()).isEqualTo("own-proof-scaled").isEqualTo(ProofSpec.scaledName(spec));
    assertThat(scaled.pixels()).isEqualTo(PixelScaling.STANDARDISED);
    ArmSpec only = scaled.arms().get(0);
    assertThat(scaled.arms()).hasSize(1);
    assertThat(only.name()).isEqualTo("prescribed");
    assertThat(only.weights()).isEqualTo(new Initialization.Glorot());
    assertThat(only.seeds()).isEqualTo(arm.seeds());
    assertThat(proof.omitted()).isEmpty();
  }

  @Test
  void whereNothingIsPrescribedTheControlsRemain() {
    ProofSpec proof = proof(spec.arms().get(0), null, null, null);
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("untouched", "r = 0.05 alone", "α × 2 alone");
  }

  @Test
  void aLearnedScaleIsNotMultiplied() {
    ExperimentSpec own =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            network: [dense: 8, activation, dense: classes]
            arms: [{name: a, activation: {function: tanh, alpha: {learned: 1}}}]
            """,
            "own.yaml");
    ArmSpec learned = Remedied.arm(own.arms().get(0), "untouched", Change.scale(2));
    assertThat(learned.activations())
        .containsExactly(Activation.learned(ActivationFunction.TANH, 1));
  }

  @Test
  void theMendedSpecChangesTheOneArmAndCanBeReadBack() {
    ArmSpec arm = spec.arms().get(0);
    Prescription prescription =
        new Prescription(
            new Change(0.02, 4.0, PrescribedInitialization.HE, List.of(OtherRemedy.SCALE_INPUTS)),
            "so",
            null);
    ExperimentSpec fixed = Remedied.spec(spec, arm, prescription);
    assertThat(fixed.pixels()).isEqualTo(PixelScaling.STANDARDISED);
    assertThat(fixed.arms().get(1)).isEqualTo(spec.arms().get(1));
    assertThat(fixed.arms().get(0).name()).isEqualTo("first");
    assertThat(fixed.arms().get(0).weights()).isEqualTo(new Initialization.He());
    assertThat(fixed.arms().get(0).activations())
        .containsExactly(Activation.scaled(ActivationFunction.TANH, 4));
    assertThat(ExperimentSpec.parse(fixed.toYaml(), "fixed").arms()).isEqualTo(fixed.arms());
  }

  @Test
  void anArmThatIsTheMendedOneAlreadyIsNotKeptTwice() {
    ArmSpec arm = spec.arms().get(0);
    Prescription prescription =
        new Prescription(new Change(null, 3.0, null, List.of()), "so", null);
    assertThat(Remedied.spec(spec, arm, prescription).arms())
        .singleElement()
        .satisfies(only -> assertThat(only.name()).isEqualTo("first"));
  }

  @Test
  void tanhTakesThePlaceOfOtherFunctions() {
    ExperimentSpec logistic =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            network: [dense: 8, activation, dense: classes]
            arms: [{name: a, activation: logistic}]
            """,
            "own.yaml");
    Prescription prescription =
        new Prescription(
            new Change(null, null, PrescribedInitialization.GLOROT, List.of(OtherRemedy.USE_TANH)),
            "so",
            null);
    assertThat(
            Remedied.spec(logistic, logistic.arms().get(0), prescription)
                .arms()
                .get(0)
                .activations())
        .containsExactly(Activation.of(ActivationFunction.TANH));
  }

  @Test
  void gentlerTrainingTriesATenthOfTheRateOrOfThePenalty() {
    ArmSpec arm = Remedied.arm(spec.arms().get(0), "first", Change.penalty(0.5));
    ArmSpec slower = Remedied.arm(arm, "slower", Change.of(OtherRemedy.LOWER_LEARNING_RATE));
    assertThat(((Optimizer.Adam) slower.optimizer()).learningRate()).isEqualTo(0.0001);
    assertThat(slower.penalty()).isEqualTo(arm.penalty());
    ArmSpec weaker = Remedied.arm(arm, "weaker", Change.of(OtherRemedy.WEAKER_PENALTY));
    assertThat(weaker.penalty()).isEqualTo(new Penalty.L2(0.05, Penalty.Scope.ALL));
    assertThat(weaker.optimizer()).isEqualTo(arm.optimizer());
    // So training can prove it.
    ProofSpec proof =
        ProofSpec.of(spec, spec.arms().get(0), of(OtherRemedy.LOWER_LEARNING_RATE), 0.01, DATA);
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .startsWith("untouched", "prescribed")
        .hasSize(4);
  }

  @Test
  void theLearningRateIsChangedByTheFactorThatWasTried() {
    ArmSpec arm = spec.arms().get(0);
    assertThat(rate(arm, OtherRemedy.MUCH_LOWER_LEARNING_RATE)).isEqualTo(0.00001);
    assertThat(rate(arm, OtherRemedy.HIGHER_LEARNING_RATE)).isEqualTo(0.01);
    assertThat(rate(arm, OtherRemedy.MUCH_HIGHER_LEARNING_RATE)).isEqualTo(0.1);
  }

  private double rate(ArmSpec arm, OtherRemedy remedy) {
    return Remedied.arm(arm, "other", Change.of(remedy)).optimizer().learningRate();
  }

  /** The end of a network is common to all arms: its last activation, its loss, its targets. */
  @Test
  void anotherEndIsForTheFixedSpecAndForASecondExperiment() {
    ExperimentSpec own =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            network: [dense: 8, activation, dense: classes, activation]
            arms: [{name: a, activation: logistic, loss: mean-squared-error}]
            """,
            "own.yaml");
    ArmSpec arm = own.arms().get(0);
    ExperimentSpec fixed = Remedied.spec(own, arm, of(OtherRemedy.FUSED_LOSS));
    assertThat(fixed.arms().get(0).network()).hasSize(3);
    assertThat(fixed.arms().get(0).loss()).contains(new BinaryCrossEntropy());
    assertThat(ExperimentSpec.parse(fixed.toYaml(), "fixed.yaml").arms().get(0).network())
        .hasSize(3);
    ProofSpec proof = ProofSpec.of(own, arm, of(OtherRemedy.FUSED_LOSS), 0.01, DATA);
    assertThat(proof.scaled().orElseThrow().arms().get(0).network()).hasSize(3);
    // α and tanh are for what lies before the end.
    assertThat(Remedied.spec(own, arm, of(OtherRemedy.USE_TANH)).arms().get(0).activations())
        .containsExactly(
            Activation.of(ActivationFunction.TANH), Activation.of(ActivationFunction.LOGISTIC));
    assertThat(Remedied.arm(arm, "scaled", Change.scale(2)).activations())
        .containsExactly(
            ActivationFunction.LOGISTIC.scaled(2), Activation.of(ActivationFunction.LOGISTIC));
    assertThat(Remedied.spec(own, arm, of(OtherRemedy.SCALE_TARGETS)).dataSource().targets())
        .isEqualTo(TargetChoice.STANDARDISED);
  }

  @Test
  void widerLayersAreForTheMendedSpecAndForASecondExperiment() {
    ExperimentSpec repeated =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            network:
              - conv: {kernel: 3, filters: 3}
              - repeat: 2
                layers: [dense: {units: 8, bias: true}, activation]
              - dense: 10
            arms: [{name: a, activation: tanh}]
            """,
            "own.yaml");
    ArmSpec arm = repeated.arms().get(0);
    Prescription wider = of(OtherRemedy.WIDER_LAYERS);
    ExperimentSpec fixed =
        ExperimentSpec.parse(Remedied.spec(repeated, arm, wider).toYaml(), "fixed");
    assertThat(fixed.experiment(DATA).arms().get(0).network().layers())
        .contains(new Convolution(3, 12, false), new Dense(32, true))
        .endsWith(new Dense(10, false))
        .doesNotContain(new Dense(8, true));
    ProofSpec proof = ProofSpec.of(repeated, arm, wider, 0.01, DATA);
    assertThat(proof.spec().arms())
        .extracting(ArmSpec::name)
        .containsExactly("untouched", "r = 0.01 alone", "α × 2 alone");
    ExperimentSpec second = proof.scaled().orElseThrow();
    assertThat(second.pixels()).isEqualTo(repeated.pixels());
    assertThat(second.arms()).extracting(ArmSpec::name).containsExactly("prescribed");
    assertThat(second.experiment(DATA).arms().get(0).network())
        .isEqualTo(fixed.experiment(DATA).arms().get(0).network());
  }

  /** An identity in front belongs to the arm alone. */
  @Test
  void factorsInFrontOfLayersAreNaiveOnesOfActivations() {
    ExperimentSpec own =
        ExperimentSpec.parse(
            """
            name: own
            data: synthetic
            network:
              - repeat: 2
                layers: [dense: 8, activation]
              - dense: classes
            arms:
              - {name: a, activation: tanh}
              - {name: b, activation: arctan}
            """,
            "own.yaml");
    ArmSpec arm = own.arms().get(0);
    Change change = Change.factors(List.of(3.0, 2.0, 7.071));
    ExperimentSpec fixed = Remedied.spec(own, arm, new Prescription(change, "so", null));
    ExperimentSpec read = ExperimentSpec.parse(fixed.toYaml(), "fixed.yaml");
    assertThat(read.arms()).extracting(ArmSpec::name).containsExactly("a", "b");
    Network before = own.experiment(DATA).arms().get(0).network();
    assertThat(read.experiment(DATA).arms().get(0).network())
        .isEqualTo(AppliedRemedies.network(before, change));
    assertThat(read.arms().get(0).activations())
        .containsExactly(
            Activation.naive(ActivationFunction.IDENTITY, 3),
            Activation.naive(ActivationFunction.TANH, 2),
            Activation.naive(ActivationFunction.TANH, 7.071));
    assertThat(read.arms().get(1).training()).isEqualTo(own.arms().get(1).training());
    ProofSpec proof = ProofSpec.of(own, arm, new Prescription(change, "so", null), 0.01, DATA);
    assertThat(proof.scaled()).isEmpty();
    assertThat(proof.spec().arms().get(1).name()).isEqualTo(ProofSpec.PRESCRIBED);
    assertThat(proof.spec().experiment(DATA).arms())
        .extracting(Arm::network)
        .startsWith(before, AppliedRemedies.network(before, change));
  }

  private static Prescription of(OtherRemedy other) {
    return new Prescription(new Change(null, null, null, List.of(other)), "so", null);
  }

  @Test
  void namesStayAsShortAsNamesMustBe() {
    ExperimentSpec longest =
        new ExperimentSpec("n".repeat(64), "t", spec.dataSource(), spec.pixels(), spec.arms());
    Prescription prescription =
        new Prescription(new Change(0.02, null, null, List.of()), "so", null);
    String yaml = Remedied.spec(longest, longest.arms().get(0), prescription).toYaml();
    assertThat(ExperimentSpec.parse(yaml, "fixed").name()).hasSize(64).endsWith("n-fixed");
  }

  private ProofSpec proof(
      ArmSpec arm,
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable PrescribedInitialization initial) {
    return ProofSpec.of(
        spec,
        arm,
        new Prescription(new Change(l2, alpha, initial, List.of()), "so", null),
        0.05,
        DATA);
  }
}
