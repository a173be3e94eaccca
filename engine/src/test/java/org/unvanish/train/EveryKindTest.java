package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Score;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Losses;
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
    Network network = new Network(Kinds.input(layer), List.of(layer, new Dense(3, true)));
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
    Network network = new Network(Kinds.input(layer), List.of(layer, new Dense(3, true)));
    assertThat(NetworkForm.read(NetworkForm.write(network))).isEqualTo(network);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerIsWidenedWhereItHasUnitsOrFilters(Layer layer) {
    Shape input = Kinds.input(layer);
    // The size of an embedding suits its categories.
    boolean units = layer.role() == Layer.Role.WEIGHTS && !(layer instanceof Embedding);
    boolean wider = units || layer.role() == Layer.Role.BLOCK;
    assertThat(layer.widened(4).output(input).channels())
        .isEqualTo(layer.output(input).channels() * (wider ? 4 : 1));
  }

  /** Small, so that hardly any sample passes the kink of an absolute error on the way. */
  private static final float STEP = 0x1p-10f;

  static List<Loss> losses() {
    return Losses.all(3);
  }

  /** Finite differences of the mean loss, by the engine's own forward passes. */
  @ParameterizedTest
  @MethodSource("losses")
  void aLossHasAKernelWhoseGradientGoesThroughTheNetwork(Loss loss) {
    Network network =
        new Network(
            Shape.flat(2),
            List.of(new Dense(3, true), new Activated(Activation.of(ActivationFunction.TANH))));
    Dataset data = Losses.data(loss, 3, network.input(), new Random(4), 21, 5);
    TrainingSettings settings =
        TrainingSettings.DEFAULT.withLoss(loss).withBatchSize(21).withEpochs(1);
    Trainer.requireTargets(network, settings, data);
    LaneBackend backend = new LaneBackend(network, settings, data);
    float[] at = new float[network.parameterCount()];
    for (int i = 0; i < at.length; i++) {
      at[i] = 0.1f * (i + 1) - 0.35f;
    }
    int[] order = IntStream.range(0, 21).toArray();
    backend.start(at, 1);
    float[] gradient = backend.gradients(order, 0, 21).data().clone();
    for (int i = 0; i < at.length; i++) {
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = at.clone();
        moved[i] += side == 0 ? -STEP : STEP;
        backend.start(moved, 1);
        losses[side] = backend.gradients(order, 0, 21).loss() / 21;
      }
      assertThat((double) gradient[i])
          .as("parameter %s", i)
          .isCloseTo((losses[1] - losses[0]) / (2 * STEP), within(2e-4));
    }
    assertThat(backend.test().values().keySet())
        .containsExactlyElementsOf(loss.scores().stream().map(Score::key).toList());
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
    // A file is a kind of its own test: InitializationTest.
    return Kinds.of(Initialization.class).stream().filter(values -> !values.isWhole()).toList();
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
