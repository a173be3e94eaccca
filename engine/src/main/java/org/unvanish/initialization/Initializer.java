package org.unvanish.initialization;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.random.RandomStream;

/** Draws the parameters that a run starts from. */
public final class Initializer {

  private Initializer() {}

  /**
   * All parameters in the network's order, recurrent weights as all others: {@link #draw(Network,
   * Initialization, Initialization, Initialization, long)}.
   *
   * @throws IllegalArgumentException as {@link #requireFit} says
   */
  public static float[] draw(
      Network network, Initialization weights, Initialization biases, long seed) {
    return draw(network, weights, weights, biases, seed);
  }

  /**
   * All parameters in the network's order, from one stream of the seed. Where the weights' choice
   * gives {@link Initialization#isWhole all parameters}, the others say nothing.
   *
   * @param recurrent of recurrent weights; where it is the same as that of weights, they are
   *     weights like all others, and given values are those of both
   * @throws IllegalArgumentException as {@link #requireFit} says
   */
  public static float[] draw(
      Network network,
      Initialization weights,
      Initialization recurrent,
      Initialization biases,
      long seed) {
    requireFit(network, weights, recurrent, biases);
    boolean alike = recurrent.equals(weights);
    RandomStream random = new RandomStream(seed, "initial values");
    float[] parameters = new float[network.parameterCount()];
    int givenWeights = 0;
    int givenRecurrent = 0;
    int givenBiases = 0;
    for (ParameterTensor tensor : network.parameters()) {
      if (weights.isWhole()
          || tensor.kind() == Kind.WEIGHTS
          || tensor.kind() == Kind.RECURRENT && alike) {
        weights.fill(tensor, random, givenWeights, parameters);
        givenWeights += tensor.size();
      } else if (tensor.kind() == Kind.RECURRENT) {
        recurrent.fill(tensor, random, givenRecurrent, parameters);
        givenRecurrent += tensor.size();
      } else if (tensor.kind() == Kind.BIAS) {
        biases.fill(tensor, random, givenBiases, parameters);
        givenBiases += tensor.size();
      } else {
        Arrays.fill(parameters, tensor.offset(), tensor.end(), (float) tensor.start());
      }
    }
    if (!weights.isWhole() && biases.count().isEmpty()) {
      addForgetBiases(NetworkPart.of(network), parameters);
    }
    return parameters;
  }

  /**
   * Looks whether a network's parameters can start so.
   *
   * @param recurrent of recurrent weights, as in {@link #draw(Network, Initialization,
   *     Initialization, Initialization, long)}
   * @throws IllegalArgumentException if given values are not as many as the network asks for, a
   *     file does not fit the network, or biases or recurrent weights have a file of their own
   */
  public static void requireFit(
      Network network, Initialization weights, Initialization recurrent, Initialization biases) {
    weights.requireFit(network);
    if (recurrent.isWhole() && !recurrent.equals(weights)
        || biases.isWhole() && !biases.equals(weights)) {
      throw new IllegalArgumentException(
          "biases and recurrent weights cannot start from a file of their own: take it as the initialization of the weights, for it gives all parameters");
    }
    boolean alike = recurrent.equals(weights);
    boolean hasRecurrent =
        network.parameters().stream().anyMatch(tensor -> tensor.kind() == Kind.RECURRENT);
    if (alike && hasRecurrent) {
      requireCount(network, Set.of(Kind.WEIGHTS, Kind.RECURRENT), weights);
    } else {
      requireCount(network, Set.of(Kind.WEIGHTS), weights);
    }
    if (!alike) {
      requireCount(network, Set.of(Kind.RECURRENT), recurrent);
    }
    requireCount(network, Set.of(Kind.BIAS), biases);
  }

  /** Biases that are drawn say nothing of what a forget gate needs beside them. */
  private static void addForgetBiases(List<NetworkPart> parts, float[] parameters) {
    for (NetworkPart part : parts) {
      addForgetBiases(part.inside(), parameters);
      if (part.layer() instanceof Recurrent.Lstm lstm) {
        for (ParameterTensor tensor : part.tensors()) {
          int first = tensor.offset() + lstm.units();
          int end = tensor.kind() == Kind.BIAS ? first + lstm.units() : first;
          for (int i = first; i < end; i++) {
            parameters[i] += (float) lstm.forgetBias();
          }
        }
      }
    }
  }

  private static void requireCount(Network network, Set<Kind> kinds, Initialization values) {
    int count =
        network.parameters().stream()
            .filter(tensor -> kinds.contains(tensor.kind()))
            .mapToInt(ParameterTensor::size)
            .sum();
    int given = values.count().orElse(count);
    if (given != count) {
      throw new IllegalArgumentException(
          given
              + " initial values are given for "
              + count
              + " parameters of kind "
              + kinds.stream().sorted().map(Kind::name).collect(Collectors.joining(" and ")));
    }
  }
}
