package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.train.TrainingSettings;

class PaperSpecsTest {

  private static final List<String> NAMES = PaperSpecs.NAMES;

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);
  private static final Activation TANH_2 = Activation.scaled(ActivationFunction.TANH, 2);
  private static final Activation RELU = Activation.of(ActivationFunction.RELU);
  private static final Activation LOGISTIC = Activation.of(ActivationFunction.LOGISTIC);

  @Test
  void figure1HasTable1sWeightCounts() {
    Network network = network("figure1");
    assertThat(layerSizes(network)).containsExactly(36, 36, 36, 36, 36, 36, 392, 90);
    assertThat(network.layers()).hasSize(6 + 6 + 3 + 2 + 1);
    assertThat(poolings(network)).containsExactly(4, 9, 14);
  }

  @Test
  void figure2HasTable2sDenseWeightCountsAndNineConvolutions() {
    Network network = network("figure2");
    assertThat(layerSizes(network))
        .containsExactly(81, 81, 81, 81, 81, 81, 81, 81, 81, 384, 64, 64, 64, 80);
    assertThat(network.layers()).hasSize(9 + 9 + 3 + 5 + 4);
    assertThat(poolings(network)).containsExactly(6, 13, 20);
  }

  @Test
  void figure3Figure4AndTable4HaveTable3sDenseWeightCountsAndSixConvolutions() {
    Network network = network("figure3");
    assertThat(layerSizes(network)).containsExactly(81, 81, 81, 81, 81, 81, 384, 64, 64, 80);
    assertThat(poolings(network)).containsExactly(4, 9, 14);
    assertThat(PaperSpecs.spec("figure4").arms().get(0).network())
        .isEqualTo(PaperSpecs.spec("figure3").arms().get(0).network())
        .isEqualTo(PaperSpecs.spec("table4").arms().get(0).network());
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void allOfThemAreTrainedOnCifar10From25SeedsAsAssumed(String name) {
    ExperimentSpec spec = PaperSpecs.spec(name);
    assertThat(spec.name()).isEqualTo(name);
    assertThat(spec.dataSource()).isEqualTo(DataSource.of("cifar10"));
    Initialization start =
        name.equals("figure2") ? new Initialization.Normal(0.05) : new Initialization.Uniform(10);
    Experiment experiment = spec.experiment(data(3, 32));
    for (Arm arm : experiment.arms()) {
      assertThat(arm.seeds()).isEqualTo(ArmSpec.seeds(25)).startsWith(1L).endsWith(25L);
      assertThat(arm.settings())
          .isEqualTo(
              new TrainingSettings(
                  new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.KINGMA_BA),
                  arm.settings().penalty(),
                  start,
                  start,
                  PixelScaling.UNIT,
                  32,
                  // Of table 4 the time of an epoch is wanted: a few are enough.
                  name.equals("table4") ? 3 : 50));
      // The activation stands everywhere but after poolings and the last layer.
      List<Layer> layers = arm.network().layers();
      for (int i = 0; i + 1 < layers.size(); i++) {
        boolean weights = !arm.network().parameters(i).isEmpty();
        assertThat(layers.get(i + 1) instanceof Activated).isEqualTo(weights);
      }
    }
  }

  @Test
  void theArmsAreThePapers() {
    assertThat(arms("figure1"))
        .containsExactly("tanh: tanh, none", "tanh, r = 0.01: tanh, r = 0.01");
    assertThat(arms("figure2"))
        .containsExactly("tanh: tanh, none", "tanh, α = 2: tanh, α = 2, none");
    String[] figure3 = {
      "tanh: tanh, none",
      "tanh, r = 0.01, α = 2: tanh, α = 2, r = 0.01",
      "relu: relu, none",
      "relu, r = 0.01: relu, r = 0.01"
    };
    assertThat(arms("figure3")).containsExactly(figure3);
    assertThat(arms("table4")).containsExactly(figure3);
    assertThat(arms("figure4"))
        .containsExactly(
            "logistic: logistic, none",
            "logistic, r = 0.01, α = 2: logistic, α = 2, r = 0.01",
            "relu: relu, none",
            "relu, r = 0.01: relu, r = 0.01");
  }

  @Test
  void theirValuesAreTheOnesThatTheirNamesSay() {
    List<Arm> arms = PaperSpecs.spec("figure3").experiment(data(3, 32)).arms();
    assertThat(arms)
        .extracting(arm -> ((Activated) arm.network().layers().get(1)).activation())
        .containsExactly(TANH, TANH_2, RELU, RELU);
    assertThat(arms)
        .extracting(arm -> arm.settings().penalty())
        .containsExactly(Penalty.none(), Penalty.l2(0.01), Penalty.none(), Penalty.l2(0.01));
    assertThat(PaperSpecs.spec("figure4").arms().get(0).activations()).containsExactly(LOGISTIC);
  }

  @Test
  void sharedArmsAreEqualSoThatTheyAreTrainedOnce() {
    List<Arm> figure3 = PaperSpecs.spec("figure3").experiment(data(3, 32)).arms();
    List<Arm> figure4 = PaperSpecs.spec("figure4").experiment(data(3, 32)).arms();
    assertThat(figure4.subList(2, 4)).isEqualTo(figure3.subList(2, 4));
    assertThat(PaperSpecs.spec("table4").with(Overrides.runs(ArmSpec.seeds(25), 50)).arms())
        .isEqualTo(PaperSpecs.spec("figure3").arms());
  }

  @Test
  void imagesThatDoNotFitAreRefusedAtTheLayer() {
    assertThatThrownBy(() -> PaperSpecs.spec("figure2").experiment(data(1, 4)))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("figure2.yaml:")
        .hasMessageContaining("needs an image, but 3×1×1 reaches it");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> PaperSpecs.text("figure5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("figure5");
  }

  private static List<String> arms(String name) {
    return PaperSpecs.spec(name).arms().stream()
        .map(
            arm ->
                arm.name()
                    + ": "
                    + arm.activations().get(0)
                    + ", "
                    + (arm.penalty() instanceof Penalty.L2 l2 ? "r = " + l2.r() : "none"))
        .toList();
  }

  private static Network network(String name) {
    return PaperSpecs.spec(name).experiment(data(3, 32)).arms().get(0).network();
  }

  private static List<Integer> poolings(Network network) {
    return IntStream.range(0, network.layers().size())
        .filter(i -> network.layers().get(i).equals(new MaxPooling(2)))
        .boxed()
        .toList();
  }

  /** Values of each layer that has any. */
  private static List<Integer> layerSizes(Network network) {
    return IntStream.range(0, network.layers().size())
        .map(i -> network.parameters(i).stream().mapToInt(ParameterTensor::size).sum())
        .filter(size -> size > 0)
        .boxed()
        .toList();
  }

  static Dataset data(int channels, int side) {
    Shape shape = new Shape(channels, side, side);
    ImageSet images = new ImageSet(shape, new byte[shape.size()], new byte[1]);
    return new Dataset(
        "squares", "plain squares", Collections.nCopies(10, "square"), images, images, "");
  }
}
