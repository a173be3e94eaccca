package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Shape;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;
import org.unvanish.train.TrainingSettings;

class PaperExperimentsTest {

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  @Test
  void table1HasThePapersWeightCounts() {
    Network network = PaperNetworks.table1(TANH);
    assertThat(layerSizes(network)).containsExactly(36, 36, 36, 36, 36, 36, 392, 90);
    assertThat(network.layers()).hasSize(6 + 6 + 3 + 2 + 1);
  }

  @Test
  void table2HasThePapersDenseWeightCountsAndNineConvolutions() {
    Network network = PaperNetworks.table2(TANH);
    assertThat(layerSizes(network))
        .containsExactly(81, 81, 81, 81, 81, 81, 81, 81, 81, 384, 64, 64, 64, 80);
    assertThat(network.layers()).hasSize(9 + 9 + 3 + 5 + 4);
  }

  @Test
  void table3HasThePapersDenseWeightCountsAndSixConvolutions() {
    Network network = PaperNetworks.table3(TANH);
    assertThat(layerSizes(network)).containsExactly(81, 81, 81, 81, 81, 81, 384, 64, 64, 80);
  }

  /** Values of each layer that has any. */
  private static List<Integer> layerSizes(Network network) {
    return IntStream.range(0, network.layers().size())
        .map(i -> network.parameters(i).stream().mapToInt(ParameterTensor::size).sum())
        .filter(size -> size > 0)
        .boxed()
        .toList();
  }

  @Test
  void figure2ComparesTanhWithAlphaTwo() {
    Experiment figure = PaperExperiments.figure2(data(3, 32), 7, PaperExperiments.seeds(25));
    assertThat(figure.arms()).extracting(Arm::name).containsExactly("tanh", "tanh, α = 2");
    assertThat(figure.seeds()).hasSize(25).startsWith(1L, 2L).endsWith(25L);
    for (Arm arm : figure.arms()) {
      assertThat(arm.settings())
          .isEqualTo(
              new TrainingSettings(
                  new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.KINGMA_BA),
                  new Penalty.None(),
                  new InitialValues.Normal(0.05),
                  new InitialValues.Normal(0.05),
                  PixelScaling.UNIT,
                  32,
                  7));
    }
    assertThat(figure.arms().get(0).network()).isEqualTo(PaperNetworks.table2(TANH));
    assertThat(figure.arms().get(1).network())
        .isEqualTo(PaperNetworks.table2(Activation.scaled(ActivationFunction.TANH, 2)));
  }

  @Test
  void imagesOfAnotherShapeAreRefusedByName() {
    assertThatThrownBy(() -> PaperExperiments.figure2(data(1, 28), 1, List.of(1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "figure2 needs images of 3×32×32 in 10 classes, but squares has images of 1×28×28 in 10"
                + " classes");
  }

  static Dataset data(int channels, int side) {
    Shape shape = new Shape(channels, side, side);
    ImageSet images = new ImageSet(shape, new byte[shape.size()], new byte[1]);
    return new Dataset(
        "squares", "plain squares", Collections.nCopies(10, "square"), images, images, "");
  }
}
