package org.unvanish.forecast;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.initialization.ExpectedValues;
import org.unvanish.initialization.Initialization;
import org.unvanish.initialization.Initializer;
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

  /**
   * The tensors of a network by name, as {@link Initializer} would draw them.
   *
   * @throws IllegalArgumentException if it would not
   */
  static Map<String, InitialTensor> of(
      Network network, Initialization weights, Initialization biases) {
    Map<String, InitialTensor> tensors = new HashMap<>();
    Map<Kind, Integer> counts = new HashMap<>();
    boolean alike = weights.count().orElse(-1) != size(network, Kind.WEIGHTS);
    Initialization recurrent = alike ? weights : new Initialization.Zeros();
    Initializer.requireFit(network, weights, recurrent, biases);
    for (ParameterTensor tensor : network.parameters()) {
      // No forecast goes through a recurrent layer: all that matters of its own weights is whether
      // given values are those of both.
      if (tensor.kind() == Kind.RECURRENT && !alike) {
        continue;
      }
      Kind counted = isWeights(tensor.kind()) ? Kind.WEIGHTS : tensor.kind();
      int first = counts.merge(counted, tensor.size(), Integer::sum) - tensor.size();
      ExpectedValues values =
          weights.isWhole() || isWeights(tensor.kind())
              ? weights.expected(tensor, first)
              : tensor.kind() == Kind.BIAS
                  ? biases.expected(tensor, first)
                  : new ExpectedValues(tensor.start() * tensor.start(), ExpectedValues.Form.GIVEN);
      tensors.put(tensor.name(), new InitialTensor(tensor, values));
    }
    return tensors;
  }

  private static int size(Network network, Kind kind) {
    return network.parameters().stream()
        .filter(tensor -> tensor.kind() == kind)
        .mapToInt(ParameterTensor::size)
        .sum();
  }

  private static boolean isWeights(Kind kind) {
    return kind == Kind.WEIGHTS || kind == Kind.RECURRENT;
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
