package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Tables;

/** Networks, parameters and data sets drawn at random: odd and tiny shapes above all. */
public final class RandomCases {

  private final Random random;

  public RandomCases(long seed) {
    this.random = new Random(seed);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From one to the other, both included. */
  public int between(int from, int to) {
    return from + random.nextInt(to - from + 1);
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** The ways to scale a function, one of each. */
  public List<Activation> activations(ActivationFunction function) {
    return List.of(
        Activation.of(function),
        Activation.scaled(function, oneOf(0.3, 2.0, 10.0)),
        Activation.learned(function, oneOf(0.5, 1.0, 3.0)),
        Activation.naive(function, oneOf(0.5, 3.0)),
        Activation.dynamic(function, oneOf(0.5, 1.0, 2.0)));
  }

  /** A network with this activation between its layers, perhaps before or after all others. */
  public Network network(Activation activation) {
    Shape input =
        chance(0.1)
            ? Shape.flat(between(1, 7))
            : new Shape(between(1, 7), chance(0.2) ? 1 : between(1, 9), between(1, 9));
    List<Layer> layers = new ArrayList<>();
    if (chance(0.2)) {
      layers.add(new Activated(activation));
    }
    Shape shape = input;
    for (int i = between(0, 4); i > 0; i--) {
      Layer layer = chance(0.35) ? pooling(shape) : convolution(shape);
      layers.add(layer);
      shape = layer.output(shape);
      addActivations(layers, activation);
    }
    if (chance(0.5)) {
      layers.add(new Dense(between(1, 20), chance(0.5)));
      addActivations(layers, activation);
    }
    layers.add(new Dense(between(2, 10), chance(0.5)));
    return new Network(input, layers);
  }

  /** Pooling that fits a shape, or a convolution where none does. */
  private Layer pooling(Shape shape) {
    int size = between(2, 3);
    boolean fits =
        Math.max(shape.rows(), shape.columns()) > 1
            && (shape.rows() == 1 || shape.rows() >= size)
            && (shape.columns() == 1 || shape.columns() >= size);
    if (chance(0.15)) {
      return new GlobalAveragePooling();
    }
    return !fits
        ? convolution(shape)
        : chance(0.5) ? new MaxPooling(size) : new AveragePooling(size);
  }

  private Layer convolution(Shape shape) {
    int filters = between(1, 7);
    boolean bias = chance(0.5);
    boolean usual = chance(0.4);
    Padding padding = usual || chance(0.5) ? Padding.SAME : Padding.VALID;
    int stride = usual ? 1 : between(1, 4);
    boolean signal = shape.rows() == 1 && chance(0.7);
    boolean flat = shape.rows() * shape.columns() == 1;
    int room =
        signal
            ? flat ? shape.channels() : shape.columns()
            : Math.min(shape.rows(), shape.columns());
    int kernel = padding == Padding.SAME ? oneOf(1, 3, 3, 5) : between(1, Math.min(room, 5));
    if (flat && !signal) {
      kernel = 1;
    }
    return signal
        ? new Convolution1d(kernel, filters, bias, stride, padding)
        : chance(0.3)
            ? new SeparableConvolution(kernel, filters, bias, stride, padding)
            : new Convolution(kernel, filters, bias, stride, padding);
  }

  /** None, one, or two in a row. */
  private void addActivations(List<Layer> layers, Activation activation) {
    for (int count = chance(0.15) ? 0 : chance(0.1) ? 2 : 1; count > 0; count--) {
      layers.add(new Activated(activation));
    }
  }

  /**
   * Normal numbers for all parameter tensors of a kind, as large that a layer multiplies the size
   * of its input by about the gain.
   */
  public Initialization.Given values(Network network, Kind kind, double gain) {
    List<Float> values = new ArrayList<>();
    for (ParameterTensor tensor : network.parameters()) {
      boolean recurrent = tensor.kind() == Kind.RECURRENT && kind == Kind.WEIGHTS;
      for (int i = 0; (tensor.kind() == kind || recurrent) && i < tensor.size(); i++) {
        values.add((float) (random.nextGaussian() * gain / Math.sqrt(tensor.fanIn())));
      }
    }
    return new Initialization.Given(values);
  }

  /**
   * Images of random bytes with random labels that fit a network. Where embeddings read categories,
   * a table of numbers.
   */
  public Dataset data(Network network, int train, int test) {
    return new Dataset(
        "random",
        "random bytes",
        IntStream.range(0, network.outputs()).mapToObj(i -> "class " + i).toList(),
        images(network, train),
        images(network, test),
        "");
  }

  private ImageSet images(Network network, int count) {
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * network.input().size()];
    random.nextBytes(pixels);
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(network.outputs());
    }
    return network.embeddedInputs().isEmpty()
        ? new ImageSet(network.input(), pixels, labels)
        : Tables.samples(network, pixels, labels);
  }
}
