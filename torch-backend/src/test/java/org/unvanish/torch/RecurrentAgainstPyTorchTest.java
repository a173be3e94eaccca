package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.recurrent.RNN;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Lengths;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** Recurrent layers against PyTorch's own RNN, LSTM and GRU, with the same parameters. */
class RecurrentAgainstPyTorchTest {

  private static final PyTorch TORCH = PyTorch.load();
  private static final int SAMPLES = 5;
  private static final int FEATURES = 3;
  private static final int STEPS = 11;
  private static final int UNITS = 4;

  static List<Recurrent> layers() {
    ActivationFunction logistic = ActivationFunction.LOGISTIC;
    Activation tanh = Activation.of(ActivationFunction.TANH);
    List<Recurrent> layers = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (boolean bias : new boolean[] {true, false}) {
        for (ActivationFunction f :
            new ActivationFunction[] {ActivationFunction.TANH, ActivationFunction.RELU}) {
          layers.add(new SimpleRecurrent(UNITS, Activation.of(f), Output.ALL, direction, bias, 0));
        }
        layers.add(new Lstm(UNITS, tanh, logistic, Output.ALL, direction, bias, 0, 1));
        layers.add(new Gru(UNITS, tanh, logistic, Output.ALL, direction, bias, 0));
      }
    }
    return layers;
  }

  /** In double precision, where only the order of sums differs. */
  @ParameterizedTest
  @MethodSource("layers")
  void statesAndGradientsAreThoseOfPyTorchsOwnLayer(Recurrent layer) {
    Network network = new Network(new org.unvanish.data.Shape(FEATURES, STEPS, 1), List.of(layer));
    Random random = new Random(5);
    double[] parameters = random.doubles(network.parameterCount(), -0.8, 0.8).toArray();
    double[] inputs = random.doubles(SAMPLES * FEATURES * STEPS, -1, 1).toArray();
    double[] weights = random.doubles(SAMPLES * layer.outputs() * STEPS, -1, 1).toArray();
    try (NDManager manager = TORCH.newManager()) {
      NDArray theta = manager.create(parameters);
      NDArray x = manager.create(inputs, new Shape(SAMPLES, FEATURES, STEPS));
      NDArray of = manager.create(weights, new Shape(SAMPLES, layer.outputs(), STEPS));
      Function<NDArray, NDArray> ours =
          p ->
              new TorchNetwork(network)
                  .logits(x.expandDims(3), p, TorchPass.training(Lengths.FULL, 1, 0))
                  .reshape(SAMPLES, layer.outputs(), STEPS);
      Function<NDArray, NDArray> theirs = p -> own(layer, network, p, x);
      assertThat(ours.apply(theta).toDoubleArray())
          .containsExactly(theirs.apply(theta).toDoubleArray(), within(1e-12));
      assertThat(Autograd.gradient(theta, p -> ours.apply(p).mul(of).sum()).toDoubleArray())
          .containsExactly(
              Autograd.gradient(theta, p -> theirs.apply(p).mul(of).sum()).toDoubleArray(),
              within(1e-11));
    }
  }

  /** (sample, unit, step) of PyTorch's layer. */
  private static NDArray own(Recurrent layer, Network network, NDArray theta, NDArray x) {
    NDManager manager = theta.getManager();
    NDList parameters = new NDList();
    for (ParameterTensor tensor : network.parameters()) {
      NDArray values =
          theta
              .get(new NDIndex().addSliceDim(tensor.offset(), tensor.end()))
              .reshape(new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()));
      if (!tensor.name().endsWith("recurrent-bias")) {
        parameters.add(values);
      }
      if (tensor.name().endsWith("bias")) {
        // PyTorch has a second bias, of the recurrent sums; here only a candidate has it.
        int rows = layer.sums() * UNITS;
        NDArray zeros =
            manager.zeros(new Shape(layer instanceof Gru ? rows - UNITS : rows), DataType.FLOAT64);
        if (tensor.name().endsWith("recurrent-bias")) {
          parameters.add(zeros.concat(values));
        } else if (!(layer instanceof Gru)) {
          parameters.add(zeros);
        }
      }
    }
    NDArray input = x.transpose(0, 2, 1);
    NDArray state = manager.zeros(new Shape(layer.directions(), SAMPLES, UNITS), DataType.FLOAT64);
    boolean both = layer.directions() == 2;
    NDList output;
    if (layer instanceof SimpleRecurrent) {
      RNN.Activation function =
          layer.activation().function() == ActivationFunction.TANH
              ? RNN.Activation.TANH
              : RNN.Activation.RELU;
      output =
          input
              .getNDArrayInternal()
              .rnn(input, state, parameters, layer.bias(), 1, function, 0, true, both, true);
    } else if (layer instanceof Lstm) {
      output =
          input
              .getNDArrayInternal()
              .lstm(
                  input,
                  new NDList(state, state.duplicate()),
                  parameters,
                  layer.bias(),
                  1,
                  0,
                  true,
                  both,
                  true);
    } else {
      output =
          input
              .getNDArrayInternal()
              .gru(input, state, parameters, layer.bias(), 1, 0, true, both, true);
    }
    return output.get(0).transpose(0, 2, 1);
  }
}
