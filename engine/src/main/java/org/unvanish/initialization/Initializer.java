package org.unvanish.initialization;

import java.util.Arrays;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomStream;

/** Draws the parameters that a run starts from. */
public final class Initializer {

  private Initializer() {}

  /**
   * All parameters in the network's order, from one stream of the seed. Where the weights' choice
   * gives {@link Initialization#isWhole all parameters}, that of the biases says nothing.
   *
   * @throws IllegalArgumentException if given values are not as many as the network asks for, or a
   *     file does not fit the network
   */
  public static float[] draw(
      Network network, Initialization weights, Initialization biases, long seed) {
    weights.requireFit(network);
    requireCount(network, Kind.WEIGHTS, weights);
    requireCount(network, Kind.BIAS, biases);
    RandomStream random = new RandomStream(seed, "initial values");
    float[] parameters = new float[network.parameterCount()];
    int givenWeights = 0;
    int givenBiases = 0;
    for (ParameterTensor tensor : network.parameters()) {
      if (weights.isWhole() || tensor.kind() == Kind.WEIGHTS) {
        weights.fill(tensor, random, givenWeights, parameters);
        givenWeights += tensor.size();
      } else if (tensor.kind() == Kind.BIAS) {
        biases.fill(tensor, random, givenBiases, parameters);
        givenBiases += tensor.size();
      } else {
        Arrays.fill(parameters, tensor.offset(), tensor.end(), (float) tensor.start());
      }
    }
    return parameters;
  }

  private static void requireCount(Network network, Kind kind, Initialization values) {
    int count =
        network.parameters().stream()
            .filter(tensor -> tensor.kind() == kind)
            .mapToInt(ParameterTensor::size)
            .sum();
    int given = values.count().orElse(count);
    if (given != count) {
      throw new IllegalArgumentException(
          given + " initial values are given for " + count + " parameters of kind " + kind);
    }
  }
}
