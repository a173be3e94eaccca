package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.djl.penalty.PenaltyHandOver;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;

class PenaltyLossTest {

  static Stream<Penalty> penalties() {
    return Stream.of(Penalty.Scope.values())
        .flatMap(
            scope ->
                Stream.of(
                    new Penalty.L2(0.01, scope),
                    new Penalty.KerasL2(0.02, scope),
                    new Penalty.L1(0.3, scope),
                    new Penalty.ElasticNet(0.2, 0.05, scope),
                    new Penalty.L2(0, scope),
                    Penalty.none()));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void valueAndGradientAreThoseOfCore(Penalty penalty) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = network(manager);
      NDArray x = manager.randomNormal(new Shape(6, 4));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0, 1, 2});
      Loss data = Loss.softmaxCrossEntropyLoss();
      double plain = lossAndGradients(block, data, x, labels);
      float[][] dataGradients = gradients(block);
      double penalised = lossAndGradients(block, new PenaltyLoss(data, block, penalty), x, labels);
      float[][] totals = gradients(block);

      double expected = 0;
      int i = 0;
      for (ModelParameter parameter : ModelParameter.of(block)) {
        float[] theta = parameter.parameter().getArray().toFloatArray();
        boolean covered =
            parameter.kind() == Kind.WEIGHTS
                || (parameter.kind() == Kind.BIAS && penalty.scope() == Penalty.Scope.ALL);
        for (int j = 0; j < theta.length; j++) {
          expected += covered ? penalty.value(theta[j]) : 0;
          double gradient = dataGradients[i][j] + (covered ? penalty.gradient(theta[j]) : 0);
          assertThat((double) totals[i][j])
              .as(parameter.name())
              .isCloseTo(gradient, within(2e-7 * (1 + Math.abs(gradient))));
        }
        i++;
      }
      assertThat(penalised - plain).isCloseTo(expected, within(1e-6 * (1 + expected)));
    }
  }

  @Test
  void onSeveralDevicesItsGradientCountsAsManyTimes() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = network(manager);
      NDArray x = manager.randomNormal(new Shape(6, 4));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0, 1, 2});
      Loss data = Loss.softmaxCrossEntropyLoss();
      Penalty penalty = Penalty.l2(0.5);
      double one = lossAndGradients(block, new PenaltyLoss(data, block, penalty), x, labels);
      float[][] gradientsOfOne = gradients(block);
      double two =
          lossAndGradients(block, new PenaltyLoss(data, block, penalty).onDevices(2), x, labels);
      float[][] gradientsOfTwo = gradients(block);

      assertThat(two).isCloseTo(one, within(1e-6));
      float[] theta = block.getParameters().get(0).getValue().getArray().toFloatArray();
      for (int j = 0; j < theta.length; j++) {
        assertThat((double) gradientsOfTwo[0][j] - gradientsOfOne[0][j])
            .isCloseTo(0.5 * theta[j], within(1e-6));
      }
    }
  }

  @Test
  void frozenParametersAreNotCovered() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = network(manager);
      NDArray x = manager.ones(new Shape(6, 4));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0, 1, 2});
      block.freezeParameters(true);
      Loss data = Loss.softmaxCrossEntropyLoss();
      NDList predictions = block.forward(new ParameterStore(manager, false), new NDList(x), false);
      float loss = data.evaluate(new NDList(labels), predictions).toFloatArray()[0];
      assertThat(
              new PenaltyLoss(data, block, Penalty.l2(1))
                  .evaluate(new NDList(labels), predictions)
                  .toFloatArray())
          .containsExactly(loss);
    }
  }

  @Test
  void nothingIsLeftInTheModelsManager() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = network(manager);
      PenaltyLoss loss =
          new PenaltyLoss(
              Loss.softmaxCrossEntropyLoss(),
              block,
              new Penalty.ElasticNet(0.1, 0.1, Penalty.Scope.ALL));
      int before = manager.getManagedArrays().size();
      for (int i = 0; i < 5; i++) {
        try (NDManager batch = manager.newSubManager()) {
          NDList labels = new NDList(batch.create(new float[] {0, 1, 2, 0, 1, 2}));
          NDList predictions = new NDList(batch.randomNormal(new Shape(6, 3)));
          loss.evaluate(labels, predictions);
        }
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void onlyOneMonitorMayAddTheGradient() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PenaltyLoss loss =
          new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), network(manager), Penalty.l2(1));
      loss.handOver();
      assertThatThrownBy(() -> loss.handOver())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("one monitor and one PenaltyLoss");
      loss.takeBack();
      assertThat(loss.handOver()).isNotNull();
    }
  }

  @Test
  void theDataLossOfAForwardPassIsComputedOnce() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Counting data = new Counting();
      PenaltyLoss loss = new PenaltyLoss(data, network(manager), Penalty.l2(1));
      loss.handOver();
      NDList labels = new NDList(manager.create(new float[] {0, 1, 2}));
      NDList predictions = new NDList(manager.randomNormal(new Shape(3, 3)));
      loss.evaluate(labels, predictions);
      float[] once = loss.dataLoss(labels, predictions).toFloatArray();
      assertThat(data.calls).isEqualTo(1);
      assertThat(once).isEqualTo(data.evaluate(labels, predictions).toFloatArray());

      // Another forward pass has another loss, whatever its numbers are.
      loss.dataLoss(labels, new NDList(predictions.head()));
      assertThat(data.calls).isEqualTo(3);
    }
  }

  /** Cross-entropy that counts how often it is computed. */
  private static final class Counting extends Loss {
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private int calls;

    Counting() {
      super("counting");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      calls++;
      return loss.evaluate(labels, predictions);
    }
  }

  @Test
  void trainingOnWithoutTheMonitorIsRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = network(manager);
      NDArray x = manager.ones(new Shape(6, 4));
      NDArray labels = manager.create(new float[] {0, 1, 2, 0, 1, 2});
      PenaltyLoss loss = new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), block, Penalty.l2(1));
      PenaltyHandOver handOver = loss.handOver();
      for (int i = 0; i < 4; i++) {
        lossAndGradients(block, loss, x, labels);
        assertThat(handOver.takeTimes()).isEqualTo(1);
      }
      lossAndGradients(block, loss, x, labels);
      lossAndGradients(block, loss, x, labels);
      assertThatThrownBy(() -> lossAndGradients(block, loss, x, labels))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("notifyListeners");
    }
  }

  private static Block network(NDManager manager) {
    Engine.getInstance().setRandomSeed(7);
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(5).build())
            .add(ScaledActivation.learned(ActivationFunction.TANH, 2))
            .add(Linear.builder().setUnits(3).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(6, 4));
    block
        .getParameters()
        .forEach(
            pair -> {
              if (pair.getKey().endsWith("bias")) {
                NDArray bias = pair.getValue().getArray();
                bias.set(manager.randomNormal(bias.getShape()).toFloatArray());
              }
            });
    return block;
  }

  private static double lossAndGradients(Block block, Loss loss, NDArray x, NDArray labels) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDList predictions =
          block.forward(new ParameterStore(x.getManager(), false), new NDList(x), true);
      NDArray value = loss.evaluate(new NDList(labels), predictions);
      collector.backward(value);
      return value.toFloatArray()[0];
    }
  }

  /** The gradients, which are then cleared. */
  private static float[][] gradients(Block block) {
    return block.getParameters().values().stream()
        .map(
            parameter -> {
              NDArray gradient = parameter.getArray().getGradient();
              float[] values = gradient.toFloatArray();
              gradient.subi(gradient);
              return values;
            })
        .toArray(float[][]::new);
  }
}
