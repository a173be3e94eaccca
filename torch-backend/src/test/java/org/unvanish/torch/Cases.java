package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.penalty.Penalty;
import org.unvanish.penalty.Penalty.Scope;

/** Networks, penalties and data drawn at random, each layer kind in every network. */
final class Cases {

  static final int MOST_ROWS = 8;
  static final int MOST_COLUMNS = 12;

  private final SplittableRandom random;

  Cases(long seed) {
    this.random = new SplittableRandom(seed);
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** The four ways to scale a function that the paper has. */
  List<Activation> activations(ActivationFunction function) {
    return List.of(
        Activation.of(function),
        Activation.scaled(function, oneOf(0.5, 2.0, 10.0)),
        Activation.learned(function, oneOf(0.5, 1.0, 3.0)),
        Activation.naive(function, oneOf(0.5, 3.0)));
  }

  /** One of each kind of layer, those before the first dense one in random order. */
  Network network(Activation activation) {
    List<Layer> images = new ArrayList<>();
    images.add(new Convolution(oneOf(1, 3, 5), oneOf(1, 3, 4), random.nextBoolean()));
    images.add(new SeparableConvolution(oneOf(1, 3, 5), oneOf(2, 3), random.nextBoolean()));
    images.add(new MaxPooling(2));
    images.add(new AveragePooling(2));
    List<Layer> layers = new ArrayList<>();
    while (!images.isEmpty()) {
      Layer layer = images.remove(random.nextInt(images.size()));
      layers.add(layer);
      if (!(layer instanceof MaxPooling || layer instanceof AveragePooling)) {
        layers.add(new Activated(activation));
      }
    }
    layers.add(new Dense(oneOf(4, 7), random.nextBoolean()));
    layers.add(new Activated(activation));
    layers.add(new Dense(oneOf(2, 5), random.nextBoolean()));
    return new Network(new Shape(oneOf(1, 3), MOST_ROWS, oneOf(4, MOST_COLUMNS)), layers);
  }

  /**
   * As {@link #network}, without maxima: values that a function brings close together may be the
   * same in single precision, and then another one of them gets the gradient.
   */
  Network networkWithoutMaxima(Activation activation) {
    Network network = network(activation);
    return new Network(
        network.input(),
        network.layers().stream().filter(layer -> !(layer instanceof MaxPooling)).toList());
  }

  Penalty penalty() {
    Scope scope = oneOf(Scope.ALL, Scope.WEIGHTS);
    return oneOf(
        new Penalty.None(),
        new Penalty.L2(0.01, scope),
        new Penalty.KerasL2(0.02, scope),
        new Penalty.L1(0.003, scope),
        new Penalty.ElasticNet(0.002, 0.01, scope));
  }

  /** Images of random bytes with random labels that fit a network. */
  Dataset data(Network network, int train, int test) {
    return new Dataset(
        "random",
        "random bytes",
        IntStream.range(0, network.outputs()).mapToObj(i -> "class " + i).toList(),
        images(network, train),
        images(network, test),
        "random");
  }

  private ImageSet images(Network network, int count) {
    byte[] pixels = new byte[count * network.input().size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(network.outputs());
    }
    return new ImageSet(network.input(), pixels, labels);
  }
}
