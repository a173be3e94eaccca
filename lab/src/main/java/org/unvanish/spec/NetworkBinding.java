package org.unvanish.spec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.codec.LayerBinding;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Shape;
import org.unvanish.experiment.DataDescription;
import org.unvanish.loss.Loss;
import org.unvanish.loss.TargetKind;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.train.Trainer;

/** Makes networks of a spec's layers, for data of one shape. */
final class NetworkBinding {

  /**
   * Values of one layer's output for one sample; training keeps several of each, 16 samples wide.
   */
  private static final int MOST_OUTPUTS = 1 << 22;

  private static final int MOST_PARAMETERS = 100_000_000;

  private final List<LayerSpec.Single> layers;
  private final DataDescription data;
  private final Shape input;

  NetworkBinding(List<LayerSpec> network, DataDescription data) {
    this.layers = LayerSpec.flat(network);
    this.data = data;
    this.input = data.shape();
  }

  /**
   * The network of an arm.
   *
   * @param activations one for all activation layers, or one for each
   * @param loss as it is computed on the data
   * @param batchSize samples a step
   * @throws SpecException at the first layer that does not fit
   */
  Network bind(List<Activation> activations, Loss loss, int batchSize) {
    int width = data.classes();
    if (data.targets() == TargetKind.NUMBERS) {
      layers.forEach(this::requireNoClasses);
    }
    Iterator<Activation> all =
        activations.size() == 1
            ? Stream.generate(() -> activations.get(0)).iterator()
            : activations.iterator();
    LayerBinding binding = new LayerBinding(width, loss.outputs(width), data.columns(), all::next);
    List<Layer> bound = layers.stream().map(layer -> layer.bound(binding)).toList();
    Network network;
    try {
      network = new Network(input, bound);
    } catch (IllegalArgumentException e) {
      throw located(bound, e);
    }
    requireSize(network);
    LayerSpec last = layers.get(layers.size() - 1);
    if (!loss.fits(network.outputs(), width)) {
      throw last.place()
          .error(
              "the last layer has %d %s, but %s has %s; write \"dense: %s\"",
              network.outputs(),
              network.outputs() == 1 ? "output" : "outputs",
              data.name(),
              data.targetsText(),
              data.targets() == TargetKind.CLASSES ? "classes" : "targets");
    }
    network
        .problem(data.columns())
        .ifPresent(
            problem -> {
              throw layers.get(0).place().error("%s", problem);
            });
    network
        .problem(loss)
        .ifPresent(
            problem -> {
              throw last.place().error("%s", problem);
            });
    requireBatches(network, batchSize);
    return network;
  }

  private void requireBatches(Network network, int batchSize) {
    try {
      Trainer.requireBatches(network, batchSize, data.trainSamples(), data.name());
    } catch (IllegalArgumentException e) {
      int first =
          IntStream.range(0, layers.size())
              .filter(i -> network.layers().get(i).needsBatch())
              .findFirst()
              .orElseThrow();
      throw layers.get(first).place().error("%s", e.getMessage());
    }
  }

  private void requireNoClasses(LayerSpec.Single layer) {
    if (layer instanceof LayerSpec.Output output && output.ofClasses()) {
      throw layer
          .place()
          .error(
              "%s has %s and no classes; write \"dense: targets\"",
              data.name(), data.targetsText());
    }
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
        return layers
            .get(i)
            .place()
            .error("%s; samples of %s are %s", e.getMessage(), data.name(), input);
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
