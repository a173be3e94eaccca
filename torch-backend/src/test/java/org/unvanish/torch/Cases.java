package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Tables;
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

  /** One of each kind of layer that fits, those before the first dense one in random order. */
  Network network(Activation activation) {
    boolean signal = random.nextInt(4) == 0;
    // A flat input is read as a signal, too.
    boolean flat = signal && random.nextBoolean();
    Shape input =
        flat
            ? Shape.flat(MOST_COLUMNS)
            : new Shape(
                oneOf(1, 3), signal ? 1 : oneOf(MOST_ROWS, MOST_ROWS - 1), oneOf(4, MOST_COLUMNS));
    List<UnaryOperator<Shape>> images = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    images.add(x -> add(layers, x, convolution(x), activation));
    images.add(x -> add(layers, x, signal ? signalConvolution(x) : separable(x), activation));
    images.add(x -> add(layers, x, pooling(x, true)));
    images.add(x -> add(layers, x, pooling(x, false)));
    Shape shape = flat ? add(layers, input, signalConvolution(input), activation) : input;
    while (!images.isEmpty()) {
      shape = images.remove(random.nextInt(images.size())).apply(shape);
    }
    if (random.nextInt(4) == 0) {
      layers.add(new GlobalAveragePooling());
    }
    layers.add(new Dense(oneOf(4, 7), random.nextBoolean()));
    layers.add(new Activated(activation));
    layers.add(new Dense(oneOf(2, 5), random.nextBoolean()));
    return new Network(input, layers);
  }

  private static Shape add(List<Layer> layers, Shape x, Layer layer, Activation activation) {
    Shape y = add(layers, x, layer);
    layers.add(new Activated(activation));
    return y;
  }

  private static Shape add(List<Layer> layers, Shape x, Layer layer) {
    layers.add(layer);
    return layer.output(x);
  }

  private Padding padding(int room) {
    return room > 3 && random.nextBoolean() ? Padding.VALID : Padding.SAME;
  }

  private int kernel(Padding padding, int room) {
    return padding == Padding.VALID ? oneOf(2, 3, 4) : room == 1 ? 1 : oneOf(1, 3, 5);
  }

  private Convolution convolution(Shape x) {
    Padding padding = padding(Math.min(x.rows(), x.columns()));
    int kernel = kernel(padding, x.rows() * x.columns());
    return new Convolution(kernel, oneOf(1, 3, 4), random.nextBoolean(), oneOf(1, 1, 2), padding);
  }

  private SeparableConvolution separable(Shape x) {
    Padding padding = padding(Math.min(x.rows(), x.columns()));
    int kernel = kernel(padding, x.rows() * x.columns());
    return new SeparableConvolution(
        kernel, oneOf(2, 3), random.nextBoolean(), oneOf(1, 1, 2), padding);
  }

  private Convolution1d signalConvolution(Shape x) {
    Padding padding = padding(x.columns());
    int kernel = kernel(padding, x.columns());
    return new Convolution1d(kernel, oneOf(2, 3), random.nextBoolean(), oneOf(1, 2, 3), padding);
  }

  /** Where there is room for no tile, the mean of all. */
  private Layer pooling(Shape x, boolean max) {
    if (x.rows() * x.columns() == 1) {
      return new GlobalAveragePooling();
    }
    return max ? new MaxPooling(2) : new AveragePooling(2);
  }

  /**
   * As {@link #network}, with means in place of maxima: values that a function brings close
   * together may be the same in single precision, and then another one of them gets the gradient
   * than in double.
   */
  Network networkWithoutMaxima(Activation activation) {
    Network network = network(activation);
    return new Network(
        network.input(),
        network.layers().stream()
            .map(layer -> layer instanceof MaxPooling max ? new AveragePooling(max.size()) : layer)
            .toList());
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

  /** Random bytes with random labels that fit a network; sequences are of different lengths. */
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
    if (network.input().isSequence()) {
      int steps = network.input().rows();
      return new ImageSet(
          network.input(),
          new Pixels.Bytes(pixels),
          new Targets.Labels(labels),
          Columns.NONE,
          Lengths.of(IntStream.range(0, count).map(i -> 1 + random.nextInt(steps)).toArray()));
    }
    return network.embeddedInputs().isEmpty()
        ? new ImageSet(network.input(), pixels, labels)
        : Tables.samples(network, pixels, labels);
  }
}
