package org.unvanish.initialization;

import org.unvanish.activation.Scale;
import org.unvanish.network.Activated;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;

/** Draws the parameters that a run starts from. */
public final class Initializer {

  private Initializer() {}

  /**
   * All parameters in the network's order, from one stream of the seed.
   *
   * @throws IllegalArgumentException if given values are not as many as the network asks for
   */
  public static float[] draw(
      Network network, Initialization weights, Initialization biases, long seed) {
    requireCount(network, Kind.WEIGHTS, weights);
    requireCount(network, Kind.BIAS, biases);
    RandomStream random = new RandomStream(seed, "initial values");
    float[] parameters = new float[network.parameterCount()];
    int givenWeights = 0;
    int givenBiases = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      for (ParameterTensor tensor : network.parameters(i)) {
        if (tensor.kind() == Kind.WEIGHTS) {
          fill(parameters, tensor, weights, random, givenWeights);
          givenWeights += tensor.size();
        } else if (tensor.kind() == Kind.BIAS) {
          fill(parameters, tensor, biases, random, givenBiases);
          givenBiases += tensor.size();
        } else {
          Scale scale = ((Activated) network.layers().get(i)).activation().scale();
          parameters[tensor.offset()] = (float) ((Scale.Trained) scale).initialAlpha();
        }
      }
    }
    return parameters;
  }

  private static void fill(
      float[] parameters,
      ParameterTensor tensor,
      Initialization values,
      RandomStream random,
      int given) {
    for (int i = 0; i < tensor.size(); i++) {
      parameters[tensor.offset() + i] = values.value(tensor, random, given + i);
    }
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
