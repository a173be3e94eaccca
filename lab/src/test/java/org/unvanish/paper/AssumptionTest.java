package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.train.TrainingSettings;

class AssumptionTest {

  @Test
  void figure2sAssumptionsAreThoseOfItsSettings() {
    Experiment figure =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(ArmSpec.seeds(6), 7))
            .experiment(PaperSpecsTest.data(3, 32));
    assertThat(here(figure, "epochs")).isEqualTo("7");
    assertThat(here(figure, "batch size")).isEqualTo("32");
    assertThat(here(figure, "images")).isEqualTo("pixels scaled to [0, 1]");
    assertThat(here(figure, "optimiser"))
        .isEqualTo(
            "Adam with learning rate 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 as in Kingma & Ba's"
                + " algorithm 1");
    assertThat(here(figure, "convolutions")).isEqualTo("plain 3×3");
    assertThat(here(figure, "biases")).isEqualTo("none");
    assertThat(topics(figure)).doesNotContain("penalty", "\"logsigmoid\"");
    assertThat(Assumption.notes(figure).get(0)).contains("CIFAR-10", "25 seeds", "plain squares");
    assertThat(Assumption.notes(figure).get(1)).contains("epochs: 7 (paper: not stated)");
  }

  @Test
  void anotherSettingIsAnotherText() {
    Activation logistic = Activation.of(ActivationFunction.LOGISTIC);
    Experiment experiment =
        experiment(
            arm(
                "a",
                logistic,
                new Optimizer.Adam(0.01, 0.8, 0.99, 1e-7, Optimizer.EpsilonForm.EPSILON_HAT),
                Penalty.l2(0.01),
                16),
            arm("b", logistic, new Optimizer.Sgd(0.1, 0.9), Penalty.none(), 64));
    assertThat(here(experiment, "batch size")).isEqualTo("16 [a], 64 [b]");
    assertThat(here(experiment, "optimiser"))
        .isEqualTo(
            "Adam with learning rate 0.01, β₁ = 0.8, β₂ = 0.99, ε = 1e-7 as Keras's \"epsilon"
                + " hat\" [a], stochastic gradient descent with learning rate 0.1 and momentum 0.9"
                + " [b]");
    assertThat(here(experiment, "images")).isEqualTo("pixels standardised by channel");
    assertThat(here(experiment, "convolutions")).isEqualTo("depthwise-separable 3×3");
    assertThat(here(experiment, "biases")).isEqualTo("dense layers yes, convolutions no");
    assertThat(here(experiment, "initialization"))
        .isEqualTo("weights uniform on [−10, 10), biases zeros");
    assertThat(here(experiment, "penalty")).isEqualTo("(r/2)·Σθ² over all parameters, r = 0.01");
    assertThat(here(experiment, "\"logsigmoid\"")).isEqualTo("the logistic function 1/(1 + e⁻ᶻ)");
  }

  @Test
  void figure1ReadsTable1AsSeparableConvolutionsWithBiasesInDenseLayers() {
    Experiment figure = PaperSpecs.spec("figure1").experiment(PaperSpecsTest.data(3, 32));
    assertThat(here(figure, "convolutions")).isEqualTo("depthwise-separable 3×3");
    assertThat(here(figure, "biases")).isEqualTo("dense layers yes, convolutions no");
    assertThat(here(figure, "initialization")).isEqualTo("uniform on [−10, 10)");
    assertThat(here(figure, "penalty")).isEqualTo("(r/2)·Σθ² over all parameters, r = 0.01");
  }

  @Test
  void anotherBackendThanTheEngineIsNamed() {
    Experiment figure = PaperSpecs.spec("figure2").experiment(PaperSpecsTest.data(3, 32));
    assertThat(topics(figure)).doesNotContain("backend");
    Experiment torch =
        PaperSpecs.spec("figure2").on(Backend.PYTORCH).experiment(PaperSpecsTest.data(3, 32));
    assertThat(here(torch, "backend")).isEqualTo("PyTorch");
  }

  @Test
  void figure4SaysHowLogsigmoidIsReadAndAnOverrideShows() {
    ExperimentSpec spec = PaperSpecs.spec("figure4");
    Experiment figure = spec.experiment(PaperSpecsTest.data(3, 32));
    assertThat(here(figure, "\"logsigmoid\"")).isEqualTo("the logistic function 1/(1 + e⁻ᶻ)");
    Overrides other =
        Overrides.NONE.toBuilder()
            .penaltyForm(PenaltyForm.KERAS)
            .convolutions(Overrides.ConvolutionKind.SEPARABLE)
            .logistic(Overrides.LogisticReading.LOG_SIGMOID)
            .build();
    Experiment changed = spec.with(other).experiment(PaperSpecsTest.data(3, 32));
    assertThat(here(changed, "\"logsigmoid\"")).isEqualTo("log(1/(1 + e⁻ᶻ))");
    assertThat(here(changed, "penalty")).isEqualTo("Keras's r·Σθ² over weights, r = 0.01");
    assertThat(here(changed, "convolutions")).isEqualTo("depthwise-separable 3×3");
    assertThat(topics(PaperSpecs.spec("figure3").experiment(PaperSpecsTest.data(3, 32))))
        .contains("penalty")
        .doesNotContain("\"logsigmoid\"");
  }

  private static String here(Experiment experiment, String topic) {
    return new Assumptions(experiment)
        .list().stream().filter(a -> a.topic().equals(topic)).findFirst().orElseThrow().here();
  }

  private static List<String> topics(Experiment experiment) {
    return new Assumptions(experiment).list().stream().map(Assumption::topic).toList();
  }

  private static Arm arm(
      String name, Activation activation, Optimizer optimizer, Penalty penalty, int batchSize) {
    return new Arm(
        name,
        table1(activation),
        new TrainingSettings(
            optimizer,
            penalty,
            new Initialization.Uniform(10),
            new Initialization.Zeros(),
            PixelScaling.STANDARDISED,
            batchSize,
            5),
        List.of(1L));
  }

  private static Network table1(Activation activation) {
    Network tanh =
        PaperSpecs.spec("figure1").experiment(PaperSpecsTest.data(3, 32)).arms().get(0).network();
    List<Layer> layers =
        tanh.layers().stream()
            .map(l -> l instanceof Activated ? new Activated(activation) : l)
            .toList();
    return new Network(tanh.input(), layers);
  }

  private static Experiment experiment(Arm... arms) {
    return new Experiment("own", "Own", PaperSpecsTest.data(3, 32), List.of(arms));
  }
}
