package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.network.Dense;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.optimizer.Updater;
import org.unvanish.penalty.Penalty;

/** Whatever kind a sealed type permits, the engine computes it. */
class EveryKindTest {

  static List<Layer> layers() {
    return Kinds.of(Layer.class);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerHasStagesThatAgreeWithItsOracle(Layer layer) {
    RandomCases random = new RandomCases(1);
    Network network =
        new Network(
            new Shape(2, 2 * Kinds.NUMBER, 2 * Kinds.NUMBER), List.of(layer, new Dense(3, true)));
    Batch batch =
        new Batch(
            network,
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            random.data(network, 17, 1));
    TrainingStep step = batch.byEngine();
    assertThat(Batch.worst(step, batch.byReference(step.parameters()))).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerReadsBackFromAModelFile(Layer layer) {
    Network network =
        new Network(
            new Shape(2, 2 * Kinds.NUMBER, 2 * Kinds.NUMBER), List.of(layer, new Dense(3, true)));
    assertThat(NetworkForm.read(NetworkForm.write(network))).isEqualTo(network);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerIsWidenedWhereItHasUnitsOrFilters(Layer layer) {
    Shape input = new Shape(2, 2 * Kinds.NUMBER, 2 * Kinds.NUMBER);
    boolean wider = layer.role() == Layer.Role.WEIGHTS;
    assertThat(layer.widened(4).output(input).channels())
        .isEqualTo(layer.output(input).channels() * (wider ? 4 : 1));
  }

  static List<Optimizer> optimizers() {
    return Kinds.of(Optimizer.class);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anOptimizerMovesParametersAndKeepsAsManyMomentsAsItSays(Optimizer optimizer) {
    Network network = new Network(Shape.flat(1), List.of(new Dense(2, false)));
    Updater updater = new Updater(optimizer, Schedule.CONSTANT, Clipping.none(), network, 1);
    float[] parameters = {1, 1};
    updater.update(parameters, new float[] {1, -1});
    assertThat(parameters[0]).isLessThan(1);
    assertThat(parameters[1]).isGreaterThan(1);
    assertThat(updater.firstMoments().length + updater.secondMoments().length)
        .isEqualTo(2 * optimizer.momentsPerParameter());
    assertThat(optimizer.withLearningRate(0.25).learningRate()).isEqualTo(0.25);
  }

  static List<Initialization> initializations() {
    return Kinds.of(Initialization.class);
  }

  @ParameterizedTest
  @MethodSource("initializations")
  void anInitializationFillsANetwork(Initialization values) {
    int inputs = values.count().isPresent() ? 1 : 50;
    Network network =
        new Network(Shape.flat(inputs), List.of(new Dense(1, false), new Dense(2, false)));
    Initialization fitting =
        values.count().isPresent() ? new Initialization.Given(List.of(1f, 2f, 3f)) : values;
    float[] parameters = Initializer.draw(network, fitting, new Initialization.Zeros(), 1);
    boolean zero = values instanceof Initialization.Zeros;
    assertThat(Arrays.equals(parameters, new float[parameters.length])).isEqualTo(zero);
  }

  static List<Penalty> penalties() {
    return Kinds.of(Penalty.class);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void aPenaltyIsDividedAsAWhole(Penalty penalty) {
    for (double theta : new double[] {-2, 0.5, 3}) {
      assertThat(penalty.dividedBy(4).value(theta)).isEqualTo(penalty.value(theta) / 4);
      assertThat(penalty.gradient(theta) == 0).isEqualTo(penalty.isNone());
    }
    assertThat(penalty.dividedBy(4).scope()).isEqualTo(penalty.scope());
  }
}
