package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.ComputeBackend;
import org.unvanish.train.LaneBackend;
import org.unvanish.train.TrainingSettings;

/**
 * Networks with layers that look at a batch or hold other layers, trained for some steps by the
 * engine and by PyTorch with its autograd.
 */
class LayersAgainstAutogradTest {

  private static final PyTorch TORCH = PyTorch.load();
  private static final Shape IMAGE = new Shape(2, 6, 6);
  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final int SAMPLES = 45;
  private static final int BATCH = 20;
  private static final int STEPS = 10;

  static List<Network> networks() {
    return List.of(
        network(
            new Convolution(3, 4, false),
            BatchNormalization.DEFAULT,
            TANH,
            new Convolution(3, 3, true),
            new BatchNormalization(0.01, 0.3),
            TANH,
            new Dense(7, false),
            BatchNormalization.DEFAULT,
            TANH),
        network(
            new GroupNormalization(2, 1e-5),
            new Convolution(3, 6, false),
            new GroupNormalization(3, 0.01),
            TANH,
            LayerNormalization.DEFAULT,
            new Convolution(3, 2, false),
            TANH,
            new Dense(6, false),
            LayerNormalization.DEFAULT,
            TANH,
            new GroupNormalization(2, 1e-5)),
        network(
            new Dropout(0.2),
            new Convolution(3, 5, true),
            TANH,
            new Residual(List.of(new Dropout(0.5), new Convolution(3, 5, false)), false),
            TANH,
            new Dense(9, false),
            new Dropout(0.3),
            TANH),
        network(
            new Convolution(3, 4, true),
            new Residual(
                List.of(
                    TANH,
                    new Convolution(3, 4, false),
                    BatchNormalization.DEFAULT,
                    TANH,
                    new Residual(List.of(new Convolution(3, 4, true), TANH), false)),
                false),
            TANH,
            new Residual(List.of(new Convolution(3, 3, false), BatchNormalization.DEFAULT), true),
            new MaxPooling(2),
            new Residual(List.of(new Convolution(3, 2, false), TANH, new Dense(8, true)), true),
            TANH,
            new Residual(List.of(TANH, new Dense(8, true)), false),
            new Softmax()),
        network(
            new Convolution(3, 4, true),
            TANH,
            new Residual(
                List.of(
                    new Convolution(3, 5, false, 2, Padding.SAME),
                    BatchNormalization.DEFAULT,
                    TANH,
                    new Convolution(3, 5, true)),
                true),
            TANH,
            new Residual(
                List.of(
                    new SeparableConvolution(3, 3, true, 2, Padding.SAME),
                    TANH,
                    new Residual(List.of(new Convolution(3, 3, true)), false)),
                true)),
        new Network(
            Shape.flat(5),
            List.of(
                new Embedding(3, 4, 2),
                new Embedding(1, 3, 3),
                new Dense(6, true),
                TANH,
                new Dense(3, true))),
        new Network(
            Shape.flat(3),
            List.of(
                new Embedding(0, 2, 1),
                new Embedding(2, 5, 4),
                BatchNormalization.DEFAULT,
                new Dense(3, true))),
        sequences(0, Direction.FORWARD),
        sequences(2, Direction.BOTH),
        sequences(4, Direction.FORWARD));
  }

  /** All kinds of recurrent layers, one on another. */
  private static Network sequences(int truncate, Direction direction) {
    Activation learned = Activation.learned(ActivationFunction.TANH, 1.5);
    Activation scaled = Activation.scaled(ActivationFunction.ARCTAN, 2);
    ActivationFunction gates = ActivationFunction.HARD_SIGMOID;
    return new Network(
        new Shape(3, 7, 1),
        List.of(
            new SimpleRecurrent(4, scaled, Output.ALL, direction, true, truncate),
            new Residual(
                List.of(
                    new Gru(
                        direction == Direction.BOTH ? 4 : 8,
                        learned,
                        gates,
                        Output.ALL,
                        direction,
                        false,
                        truncate)),
                true),
            BatchNormalization.DEFAULT,
            new Lstm(
                5, learned, ActivationFunction.LOGISTIC, Output.LAST, direction, true, truncate, 1),
            new Dense(3, true)));
  }

  private static Network network(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(layers));
    all.add(new Dense(3, true));
    return new Network(IMAGE, all);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsParametersAndStatisticsAgreeForSomeSteps(Network network) {
    TrainingSettings settings =
        new TrainingSettings(
            new Optimizer.Sgd(0.1, 0.5),
            Penalty.l2(0.01),
            new Initialization.Glorot(),
            new Initialization.Normal(0.1),
            PixelScaling.STANDARDISED,
            BATCH,
            1);
    Dataset data = new Cases(1).data(network, SAMPLES, SAMPLES);
    float[] initial = Initializer.draw(network, settings.weights(), settings.biases(), 1);
    int[] order = IntStream.range(0, SAMPLES).map(i -> i * 7 % SAMPLES).toArray();
    try (NDManager manager = TORCH.newManager()) {
      ComputeBackend engine = new LaneBackend(network, settings, data);
      ComputeBackend torch = new TorchBackend(network, settings, data, manager);
      engine.start(initial, 1);
      torch.start(initial, 1);
      for (int step = 0; step < STEPS; step++) {
        int from = step % 3 * BATCH;
        int batch = Math.min(BATCH, SAMPLES - from);
        BatchGradients ours = engine.gradients(order, from, batch);
        BatchGradients theirs = torch.gradients(order, from, batch);
        assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-4 * batch));
        for (ParameterTensor tensor : network.parameters()) {
          requireClose(tensor, ours.data(), theirs.data(), "gradient");
        }
        engine.update();
        torch.update();
        for (ParameterTensor tensor : network.parameters()) {
          requireClose(tensor, engine.parameters(), torch.parameters(), "parameters");
        }
        // Each step from the same state, so that roundings are those of one step.
        torch.restore(engine.checkpoint(1));
      }
      assertThat(engine.test().loss()).isCloseTo(torch.test().loss(), within(1e-4));
    }
  }

  /** Within a ten-thousandth of the tensor's size, or of one in a million beside all others. */
  private static void requireClose(
      ParameterTensor tensor, float[] ours, float[] theirs, String what) {
    double squares = 0;
    double difference = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      squares += (double) theirs[i] * theirs[i];
      difference += Math.pow((double) ours[i] - theirs[i], 2);
    }
    assertThat(Math.sqrt(difference))
        .as("%s of %s", what, tensor.name())
        .isLessThanOrEqualTo(1e-4 * Math.sqrt(squares) + 1e-6 * Math.sqrt(ours.length));
  }
}
