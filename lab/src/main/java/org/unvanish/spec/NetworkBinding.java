package org.unvanish.spec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Shape;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;

/** Makes networks of a spec's layers, for data of one shape. */
final class NetworkBinding {

  /**
   * Values of one layer's output for one sample; training keeps several of each, 16 samples wide.
   */
  private static final int MOST_OUTPUTS = 1 << 22;

  private static final int MOST_PARAMETERS = 100_000_000;

  private final List<LayerSpec.Single> layers;
  private final Shape input;
  private final int classes;
  private final String data;

  /**
   * @param input the shape of one sample
   * @param classes how many the data have
   * @param data what they are called in errors
   */
  NetworkBinding(List<LayerSpec> network, Shape input, int classes, String data) {
    this.layers = LayerSpec.flat(network);
    this.input = input;
    this.classes = classes;
    this.data = data;
  }

  /**
   * The network of an arm.
   *
   * @param activations one for all activation layers, or one for each
   * @throws SpecException at the first layer that does not fit
   */
  Network bind(List<Activation> activations) {
    Iterator<Activation> all =
        activations.size() == 1
            ? Stream.generate(() -> activations.get(0)).iterator()
            : activations.iterator();
    List<Layer> bound = layers.stream().map(layer -> layer.bound(classes, all::next)).toList();
    Network network;
    try {
      network = new Network(input, bound);
    } catch (IllegalArgumentException e) {
      throw located(bound, e);
    }
    requireSize(network);
    LayerSpec last = layers.get(layers.size() - 1);
    if (network.outputs() != classes) {
      throw last.place()
          .error(
              "the last layer has %d outputs, but %s has %d classes; write \"dense: classes\"",
              network.outputs(), data, classes);
    }
    return network;
  }

  /** The first layer up to which there is no network, even with a dense layer after it. */
  private SpecException located(List<Layer> bound, IllegalArgumentException problem) {
    for (int i = 0; i < bound.size(); i++) {
      List<Layer> start = new ArrayList<>(bound.subList(0, i + 1));
      start.add(new Dense(2, false));
      try {
        Network fits = new Network(input, start);
        requireSize(fits);
      } catch (IllegalArgumentException e) {
        return layers.get(i).place().error("%s; samples of %s are %s", e.getMessage(), data, input);
      }
    }
    return layers.get(bound.size() - 1).place().error("%s", problem.getMessage());
  }

  private void requireSize(Network network) {
    for (int i = 0; i < layers.size() && i < network.layers().size(); i++) {
      if (network.output(i).size() > MOST_OUTPUTS) {
        throw layers
            .get(i)
            .place()
            .error(
                "layer %d puts out %s, more than %d values for one sample",
                i + 1, network.output(i), MOST_OUTPUTS);
      }
      boolean tooMany =
          network.parameters(i).stream().anyMatch(p -> p.end() > MOST_PARAMETERS || p.end() < 0);
      if (tooMany) {
        throw layers
            .get(i)
            .place()
            .error("with layer %d the network has more than %d parameters", i + 1, MOST_PARAMETERS);
      }
    }
  }
}
