package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.djl.model.RecurrentSettings;
import org.unvanish.djl.model.RecurrentSettings.Kind;

/**
 * A layer of one of DJL's recurrent blocks, step by step from its own parameters. The formulas and
 * the order of the gates are PyTorch's, as the block's are.
 *
 * @param kind which formulas it has
 * @param function what makes a state of sums; where there are gates, of the candidate
 * @param units of a direction
 * @param directions one, or two
 */
record RecurrentLayer(
    Kind kind, ActivationFunction function, int units, List<Direction> directions) {

  /**
   * The parameters of a direction.
   *
   * @param input weights [sums·units, features]
   * @param recurrent weights [sums·units, units]
   * @param biases of both products, [sums·units] each; none where the block has none
   */
  record Direction(Parameter input, Parameter recurrent, List<Parameter> biases) {}

  /**
   * What comes of a step.
   *
   * @param state after it
   * @param cell after it, of an LSTM; else the state
   * @param sums what the function is applied to, of the candidate where there are gates
   */
  record Made(NDArray state, NDArray cell, NDArray sums) {}

  /**
   * @param layer its number in the block, from 0
   * @param parameters of the block
   */
  static RecurrentLayer of(RecurrentSettings settings, int layer, List<Parameter> parameters) {
    List<Direction> directions = new ArrayList<>();
    for (String direction : settings.bidirectional() ? List.of("l", "r") : List.of("l")) {
      List<Parameter> own =
          parameters.stream()
              .filter(p -> p.getName().startsWith(direction + "_" + layer + "_"))
              .toList();
      directions.add(new Direction(own.get(0), own.get(1), own.subList(2, own.size())));
    }
    return new RecurrentLayer(settings.kind(), settings.function(), settings.units(), directions);
  }

  /** Values of a state: an LSTM has a cell beside it. */
  int stateValues() {
    return kind == Kind.LSTM ? 2 * units : units;
  }

  /**
   * Does a step. Arrays are [1, sample, value].
   *
   * @param inputs the products of the input weights, with their bias
   * @param products those of the recurrent weights with the state before, with their bias
   * @param before an LSTM's cell before the step, a GRU's state
   * @param behind is added to the cell that an LSTM makes
   */
  Made step(NDArray inputs, NDArray products, NDArray before, NDArray behind) {
    return switch (kind) {
      case RNN -> simple(inputs.add(products));
      case LSTM -> lstm(gates(inputs.add(products)), before, behind);
      case GRU -> gru(gates(inputs), gates(products), before);
    };
  }

  private Made simple(NDArray sums) {
    NDArray state = function == ActivationFunction.RELU ? Activation.relu(sums) : sums.tanh();
    return new Made(state, state, sums);
  }

  private static Made lstm(NDList sums, NDArray before, NDArray behind) {
    NDArray input = Activation.sigmoid(sums.get(0));
    NDArray forget = Activation.sigmoid(sums.get(1));
    NDArray output = Activation.sigmoid(sums.get(3));
    NDArray cell = forget.mul(before).add(input.mul(sums.get(2).tanh())).add(behind);
    return new Made(output.mul(cell.tanh()), cell, sums.get(2));
  }

  private static Made gru(NDList inputs, NDList products, NDArray before) {
    NDArray reset = Activation.sigmoid(inputs.get(0).add(products.get(0)));
    NDArray update = Activation.sigmoid(inputs.get(1).add(products.get(1)));
    NDArray sums = inputs.get(2).add(reset.mul(products.get(2)));
    NDArray candidate = sums.tanh();
    NDArray state = candidate.add(update.mul(before.sub(candidate)));
    return new Made(state, state, sums);
  }

  private NDList gates(NDArray sums) {
    return sums.split(kind.sums(), 2);
  }
}
