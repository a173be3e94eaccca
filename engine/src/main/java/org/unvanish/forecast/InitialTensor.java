package org.unvanish.forecast;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.initialization.ExpectedValues;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * A parameter tensor with what is known of its initial values.
 *
 * @param tensor which
 * @param values in it
 */
record InitialTensor(ParameterTensor tensor, ExpectedValues values) {

  /** The tensors of a network by name, as {@code Initializer} would draw them. */
  static Map<String, InitialTensor> of(
      Network network, Initialization weights, Initialization biases) {
    weights.requireFit(network);
    Map<String, InitialTensor> tensors = new HashMap<>();
    Map<Kind, Integer> counts = new HashMap<>();
    for (ParameterTensor tensor : network.parameters()) {
      int first = counts.merge(tensor.kind(), tensor.size(), Integer::sum) - tensor.size();
      ExpectedValues values =
          weights.isWhole() || tensor.kind() == Kind.WEIGHTS
              ? weights.expected(tensor, first)
              : tensor.kind() == Kind.BIAS
                  ? biases.expected(tensor, first)
                  : new ExpectedValues(tensor.start() * tensor.start(), ExpectedValues.Form.GIVEN);
      tensors.put(tensor.name(), new InitialTensor(tensor, values));
    }
    return tensors;
  }

  /** σ_w²: the mean square times the fan-in. */
  double gain() {
    return values.meanSquare() * tensor.fanIn();
  }

  /** The values' root mean square: of a tensor whose values are all the same, that value. */
  double rms() {
    return Math.sqrt(values.meanSquare());
  }
}
