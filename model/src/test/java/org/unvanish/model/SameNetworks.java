package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.network.Normalization;
import org.unvanish.network.Padding;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.probe.GradientProbe;
import org.unvanish.random.RandomStream;
import org.unvanish.train.TrainingSettings;

/** Networks of the engine with the data that they are to learn, of every kind of layer and loss. */
final class SameNetworks {

  static final int SEED = 3;
  static final int BATCH = 16;

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);
  private static final Loss CLASSES = new SoftmaxCrossEntropy();
  private static final Dataset IMAGES = drawn(new Shape(3, 8, 8), 10);

  private SameNetworks() {}

  /**
   * A network, what it is to learn, and how.
   *
   * @param settings with the loss and the initial weights
   */
  record Case(String name, Network network, Dataset data, TrainingSettings settings) {

    /**
     * @param deviation of its initial weights and biases, which are normal numbers
     */
    Case(String name, Network network, Dataset data, Loss loss, double deviation) {
      this(
          name,
          network,
          data,
          TrainingSettings.DEFAULT
              .withInitialValues(
                  new Initialization.Normal(deviation), new Initialization.Normal(deviation))
              .withLoss(loss)
              .withBatchSize(BATCH));
    }

    Case starting(Initialization weights, Initialization biases) {
      return new Case(name, network, data, settings.withInitialValues(weights, biases));
    }

    Case reading(PixelScaling scaling) {
      return new Case(name, network, data, settings.withPixelScaling(scaling));
    }

    GradientProbe probe() {
      return new GradientProbe(network, settings, data, SEED);
    }

    boolean isRecurrent() {
      return network.layers().stream().anyMatch(Recurrent.class::isInstance);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (ActivationFunction function : ActivationFunction.values()) {
      if (NetworkGraph.has(function)) {
        cases.add(images(function.label(), 0.1, deep(Activation.of(function))));
      }
    }
    cases.add(images("tanh, α = 2.5", 0.1, deep(ActivationFunction.TANH.scaled(2.5))));
    cases.add(images("large weights", 0.5, deep(TANH)));
    cases.add(images("a scale for each layer", 0.2, SameNetworks::scales));
    cases.add(
        images(
            "vanishes beyond single precision",
            0.001,
            net -> repeat(net, 30, new Dense(10, true), tanh())));
    cases.add(
        images(
            "explodes",
            2,
            net -> repeat(net, 20, new Dense(10, true), activated(ActivationFunction.RELU))));
    blocks(cases);
    normalized(cases);
    recurrent(cases);
    others(cases);
    losses(cases);
    return cases;
  }

  /** Networks each of which something else is the matter with, and some that are well. */
  static List<Case> patients() {
    Initialization glorot = new Initialization.Glorot();
    Initialization none = new Initialization.Zeros();
    Activation logistic = Activation.of(ActivationFunction.LOGISTIC);
    Activation relu = Activation.of(ActivationFunction.RELU);
    Consumer<NetworkBuilder> table3 =
        net -> {
          for (int i = 0; i < 3; i++) {
            net.convolution(3, 3).layer(tanh()).convolution(3, 3).layer(tanh()).maxPooling(2);
          }
          repeat(net, 3, new Dense(8, false), tanh());
        };
    Dataset raw = bytes(new Shape(3, 8, 8));
    Dataset table = drawn(Shape.flat(6), 3);
    Dataset longer = drawn(new Shape(3, 40, 1), 3);
    Consumer<NetworkBuilder> dense = net -> repeat(net, 6, new Dense(12, true), tanh());
    List<Case> cases = new ArrayList<>();
    cases.add(images("well", 1, dense).starting(glorot, none));
    cases.add(images("table 3, well", 1, table3).starting(glorot, none));
    cases.add(
        images("table 3, large weights", 1, table3).starting(new Initialization.Uniform(10), none));
    cases.add(images("small weights", 0.05, dense));
    cases.add(images("large weights", 1, dense).starting(new Initialization.Uniform(5), none));
    cases.add(images("many layers of logistic", 1, deep(logistic)).starting(glorot, none));
    cases.add(
        images("larger weights of logistic", 1, deep(logistic))
            .starting(new Initialization.Uniform(3), none));
    cases.add(
        images("thirty layers of tanh", 1, net -> repeat(net, 30, new Dense(12, true), tanh()))
            .starting(new Initialization.LeCun(1), none));
    cases.add(
        images("dead units", 1, net -> repeat(net, 4, new Dense(12, true), new Activated(relu)))
            .starting(new Initialization.He(), new Initialization.Normal(5)));
    cases.add(images("equal units", 1, dense).starting(none, none));
    cases.add(
        new Case("large inputs", network(raw, dense), raw, CLASSES, 1)
            .starting(glorot, none)
            .reading(PixelScaling.RAW));
    cases.add(new Case("a sum with large weights", network(table, dense), table, CLASSES, 3));
    cases.add(
        images(
            "saturated softmax",
            2,
            new MeanSquaredError(),
            net -> net.dense(12).layer(tanh()).dense(10).layer(new Softmax())));
    for (Recurrent layer : cells(Output.LAST, Direction.FORWARD)) {
      cases.add(
          new Case(
                  layer.name() + " over forty steps",
                  network(longer, net -> net.layer(layer)),
                  longer,
                  CLASSES,
                  1)
              .starting(new Initialization.Normal(0.1), none));
    }
    return cases;
  }

  private static void blocks(List<Case> cases) {
    Layer conv = new Convolution(3, 4, true, 1, Padding.SAME);
    Layer strided = new Convolution(3, 6, true, 2, Padding.SAME);
    Layer norm = Normalization.BatchNormalization.DEFAULT;
    Residual plain = new Residual(List.of(conv, tanh(), conv), false);
    cases.add(
        images(
            "a residual block",
            0.2,
            net ->
                net.convolution(3, 4)
                    .layer(tanh())
                    .layer(plain)
                    .layer(tanh())
                    .averagePooling(2)
                    .maxPooling(2)));
    cases.add(
        images(
            "a residual block with a projection",
            0.2,
            net ->
                net.convolution(3, 4)
                    .layer(tanh())
                    .layer(
                        new Residual(
                            List.of(strided, norm, tanh(), new Convolution(3, 6, true)), true))
                    .layer(tanh())
                    .globalAveragePooling()));
    cases.add(
        images(
            "a residual block of pre-activations",
            0.2,
            net ->
                net.convolution(3, 4)
                    .layer(new Residual(List.of(norm, tanh(), conv, norm, tanh(), conv), false))
                    .layer(norm)
                    .layer(tanh())
                    .globalAveragePooling()));
    cases.add(
        images(
            "dense residual blocks",
            0.2,
            net ->
                net.dense(8)
                    .layer(new Residual(List.of(new Dense(8, true), tanh()), false))
                    .layer(
                        new Residual(
                            List.of(new Dense(12, true), tanh(), new Dense(6, true)), true))));
    cases.add(
        images(
            "a residual block in another",
            0.2,
            net ->
                net.convolution(3, 4)
                    .layer(new Residual(List.of(conv, plain, tanh(), conv), false))
                    .globalAveragePooling()));
  }

  private static void normalized(List<Case> cases) {
    cases.add(
        images(
            "batch normalization",
            0.2,
            net -> {
              net.convolution(3, 3)
                  .layer(Normalization.BatchNormalization.DEFAULT)
                  .layer(tanh())
                  .maxPooling(2);
              repeat(net, 4, new Dense(10, true), Normalization.BatchNormalization.DEFAULT, tanh());
            }));
    cases.add(
        images(
            "layer normalization",
            0.2,
            net -> {
              net.convolution(3, 3)
                  .maxPooling(2)
                  .layer(Normalization.LayerNormalization.DEFAULT)
                  .layer(tanh());
              repeat(net, 4, new Dense(10, true), Normalization.LayerNormalization.DEFAULT, tanh());
            }));
    for (int groups : new int[] {1, 2, 4}) {
      cases.add(
          images(
              "group normalization, " + groups,
              0.2,
              net ->
                  net.convolution(3, 4)
                      .layer(new Normalization.GroupNormalization(groups, 1e-5))
                      .layer(tanh())
                      .maxPooling(4)));
    }
  }

  private static void recurrent(List<Case> cases) {
    for (Output output : Output.values()) {
      for (Direction direction : Direction.values()) {
        for (Recurrent layer : cells(output, direction)) {
          cases.add(
              sequences(
                  "%s, %s, %s".formatted(layer.name(), output, direction),
                  net -> net.layer(layer)));
        }
      }
    }
    for (Recurrent layer : cells(Output.ALL, Direction.BOTH)) {
      cases.add(
          sequences(
              "one %s BOTH on another".formatted(layer.name()),
              net ->
                  net.layer(layer)
                      .layer(Normalization.BatchNormalization.DEFAULT)
                      .layer(layer)
                      .layer(cells(Output.LAST, Direction.FORWARD).get(0))));
    }
    Recurrent bare =
        new Recurrent.Lstm(
            5, TANH, ActivationFunction.LOGISTIC, Output.LAST, Direction.BOTH, false, 0, 1);
    cases.add(sequences("lstm BOTH without biases", net -> net.layer(bare)));
  }

  private static List<Recurrent> cells(Output output, Direction direction) {
    ActivationFunction logistic = ActivationFunction.LOGISTIC;
    return List.of(
        new Recurrent.SimpleRecurrent(6, TANH, output, direction, true, 0),
        new Recurrent.Lstm(6, TANH, logistic, output, direction, true, 0, 1),
        new Recurrent.Gru(6, TANH, logistic, output, direction, true, 0));
  }

  private static void others(List<Case> cases) {
    Dataset signals = drawn(new Shape(2, 1, 20), 3);
    cases.add(
        new Case(
            "convolution of a signal",
            SameNetworks.network(
                signals,
                net ->
                    net.convolution1d(5, 4, 1, Padding.SAME)
                        .layer(tanh())
                        .maxPooling(2)
                        .convolution1d(3, 5, 2, Padding.VALID)
                        .layer(tanh())),
            signals,
            CLASSES,
            0.4));
    Dataset table = drawn(Shape.flat(18), 3);
    cases.add(
        new Case(
            "convolution of a table",
            network(
                table,
                net ->
                    net.convolution1d(5, 4, 1, Padding.VALID).layer(tanh()).globalAveragePooling()),
            table,
            CLASSES,
            0.4));
    Dataset words = words();
    cases.add(
        new Case(
            "an embedding",
            network(words, net -> net.layer(new Embedding(0, 7, 5)).dense(6).layer(tanh())),
            words,
            CLASSES,
            0.4));
    cases.add(
        images(
            "dropout of nothing",
            0.2,
            net -> repeat(net, 3, new Dense(10, true), tanh(), new Dropout(0))));
  }

  private static void losses(List<Case> cases) {
    cases.add(
        images(
            "softmax before a squared error",
            0.2,
            new MeanSquaredError(),
            net ->
                net.dense(12)
                    .layer(activated(ActivationFunction.LOGISTIC))
                    .dense(10)
                    .layer(new Softmax())));
    cases.add(
        images(
            "one-hot classes",
            0.2,
            new MeanSquaredError(),
            net -> net.dense(12).layer(tanh()).dense(10)));
    cases.add(
        images(
            "one-hot logits",
            0.2,
            new BinaryCrossEntropy(),
            net -> net.dense(12).layer(tanh()).dense(10)));
    Dataset two = drawn(Shape.flat(6), 2);
    Network one = Network.builder(two.shape()).dense(8).layer(tanh()).dense(1).build();
    cases.add(new Case("one logit of two classes", one, two, new BinaryCrossEntropy(), 0.4));
    Network squashed =
        Network.builder(two.shape())
            .dense(8)
            .layer(tanh())
            .dense(1)
            .layer(activated(ActivationFunction.LOGISTIC))
            .build();
    cases.add(new Case("a logistic output", squashed, two, new MeanSquaredError(), 0.4));
    Dataset numbers = numbers(1);
    Network regression = Network.builder(numbers.shape()).dense(8).layer(tanh()).dense(2).build();
    for (Loss loss : List.of(new MeanSquaredError(), new MeanAbsoluteError(), new Huber(0.5))) {
      cases.add(new Case(loss.name(), regression, numbers, loss, 0.4));
    }
    cases.add(new Case("large targets", regression, numbers(1000), new MeanSquaredError(), 0.4));
  }

  private static Layer tanh() {
    return new Activated(TANH);
  }

  private static Layer activated(ActivationFunction function) {
    return new Activated(Activation.of(function));
  }

  private static void repeat(NetworkBuilder net, int times, Layer... layers) {
    for (int i = 0; i < times; i++) {
      Arrays.stream(layers).forEach(net::layer);
    }
  }

  private static void scales(NetworkBuilder net) {
    for (double scale : new double[] {0.5, 1, 2, 4}) {
      net.dense(10).activation(ActivationFunction.TANH.scaled(scale));
      net.dense(10).activation(ActivationFunction.LOGISTIC.scaled(scale));
    }
  }

  private static Consumer<NetworkBuilder> deep(Activation activation) {
    return net -> {
      net.convolution(3, 3).activation(activation).maxPooling(2);
      repeat(net, 5, new Dense(10, true), new Activated(activation));
    };
  }

  private static Case images(String name, double deviation, Consumer<NetworkBuilder> hidden) {
    return new Case(name, network(IMAGES, hidden), IMAGES, CLASSES, deviation);
  }

  private static Case images(
      String name, double deviation, Loss loss, Consumer<NetworkBuilder> all) {
    NetworkBuilder builder = Network.builder(IMAGES.shape());
    all.accept(builder);
    return new Case(name, builder.build(), IMAGES, loss, deviation);
  }

  /** Of three classes: with two, all errors have one direction, and mini-batches rank alike. */
  private static Case sequences(String name, Consumer<NetworkBuilder> hidden) {
    Dataset data = drawn(new Shape(3, 7, 1), 3);
    return new Case(name, network(data, hidden), data, CLASSES, 0.4);
  }

  private static Network network(Dataset data, Consumer<NetworkBuilder> hidden) {
    NetworkBuilder builder = Network.builder(data.shape());
    hidden.accept(builder);
    return builder.dense(data.classes().size()).build();
  }

  private static Dataset drawn(Shape shape, int classes) {
    float[] values = uniform(100 * shape.size());
    byte[] labels = new byte[100];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (classes * values[i * shape.size()]);
    }
    List<String> names = List.of("abcdefghij".substring(0, classes).split(""));
    return dataset(names, new ImageSet(shape, new Pixels.Floats(values), labels));
  }

  private static Dataset bytes(Shape shape) {
    float[] values = uniform(100 * shape.size());
    byte[] pixels = new byte[values.length];
    byte[] labels = new byte[100];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (256 * values[i]);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (10 * values[i * shape.size()]);
    }
    return dataset(List.of("abcdefghij".split("")), new ImageSet(shape, pixels, labels));
  }

  private static Dataset numbers(double size) {
    Shape shape = Shape.flat(5);
    float[] values = uniform(100 * shape.size());
    float[] targets = new float[200];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) (size * (1 + values[i] - 2 * values[i + 40]));
    }
    return dataset(
        List.of(), new ImageSet(shape, new Pixels.Floats(values), new Targets.Numbers(targets, 2)));
  }

  /** A column of seven categories. */
  private static Dataset words() {
    float[] values = uniform(100);
    byte[] labels = new byte[100];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (int) (7 * values[i]);
      labels[i] = (byte) (values[i] % 3);
    }
    Columns columns =
        new Columns(
            List.of(new InputColumn.Coded("word", List.of("a", "b", "c", "d", "e", "f", "g"))),
            List.of());
    return dataset(
        List.of("a", "b", "c"),
        new ImageSet(
            Shape.flat(1), new Pixels.Floats(values), new Targets.Labels(labels), columns));
  }

  private static float[] uniform(int count) {
    RandomStream random = new RandomStream(1, "samples");
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.uniform();
    }
    return values;
  }

  private static Dataset dataset(List<String> classes, ImageSet samples) {
    return new Dataset("drawn", "drawn", classes, samples, samples, "");
  }
}
