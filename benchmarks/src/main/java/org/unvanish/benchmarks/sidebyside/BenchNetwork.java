package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** The networks that are trained side by side. */
enum BenchNetwork {
  /** Table 1 of the paper: six separable convolutions of three filters, figure 1. */
  TABLE1("table1", "table 1: six separable convolutions of 3 filters, one hidden dense layer of 8"),
  /** Table 2 of the paper: nine convolutions of three filters, figure 2. */
  TABLE2("table2", "table 2: nine convolutions of 3 filters, four hidden dense layers of 8"),
  /** Table 3 of the paper: six convolutions of three filters, figure 3. */
  TABLE3("table3", "table 3: six convolutions of 3 filters, three hidden dense layers of 8"),
  /** What others call small: not the engine's home ground. */
  WIDE(
      "wide",
      "wide: three convolutions of 32, 64 and 64 filters, each with tanh and max pooling by 2, one"
          + " hidden dense layer of 128 with biases"),
  /** What many users have: dense layers alone. */
  MLP("mlp", "mlp: ten hidden dense layers of 256 with biases"),
  /** Deep, and trained all the same (He et al. 2015). */
  RESNET(
      "resnet",
      "resnet: a convolution, max pooling by 2, and fifteen residual blocks of two convolutions,"
          + " eight at 16×16 and seven at 8×8, all of 16 filters"),
  /** A sequence without gates. */
  RECURRENT("recurrent", "recurrent: a simple recurrent layer of 64 units over 100 steps"),
  /** A sequence with gates. */
  LSTM("lstm", "lstm: an LSTM of 64 units over 100 steps");

  private static final Activation TANH_ACTIVATION = Activation.of(ActivationFunction.TANH);

  /** The activation of every layer but the last. */
  static final Layer TANH = new Activated(TANH_ACTIVATION);

  /** Adam as Keras has it: the one form of its ε that all frameworks compute. */
  static final Optimizer.Adam ADAM =
      new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, Optimizer.EpsilonForm.EPSILON_HAT);

  /** Of a recurrent layer. */
  private static final int UNITS = 64;

  /** Of the ResNet; eight of them stand before the second pooling. */
  private static final int BLOCKS = 15;

  private final String id;
  private final String description;

  BenchNetwork(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** As options and files name it. */
  String id() {
    return id;
  }

  /** For readers. */
  String description() {
    return description;
  }

  /**
   * The network with that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static BenchNetwork of(String id) {
    return Arrays.stream(values())
        .filter(network -> network.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no network " + id));
  }

  /** The names of all. */
  static List<String> ids() {
    return Arrays.stream(values()).map(BenchNetwork::id).toList();
  }

  /** Whether it reads sequences. */
  boolean isRecurrent() {
    return this == RECURRENT || this == LSTM;
  }

  /** Whom it is measured beside: DL4J's SameDiff has no part for sequences here. */
  List<String> frameworks() {
    return isRecurrent() ? List.of("pytorch", "tensorflow") : Entrants.FRAMEWORKS;
  }

  /**
   * What it is trained on, at most {@link Tasks#IMAGES} samples.
   *
   * @param images for networks that read images
   */
  Dataset data(Dataset images) {
    int count = Math.min(Tasks.IMAGES, images.train().count());
    return isRecurrent() ? MarkedSum.draw(count) : Tasks.first(images, count);
  }

  /**
   * The network, always with tanh.
   *
   * @param data what it is trained on
   */
  Network network(Dataset data) {
    return switch (this) {
      case TABLE1 -> paper("figure1", data);
      case TABLE2 -> paper("figure2", data);
      case TABLE3 -> paper("figure3", data);
      case WIDE -> wide(data.train().shape(), data.classes().size());
      case MLP -> mlp(data.train().shape(), data.classes().size());
      case RESNET -> resnet(data.train().shape(), data.classes().size());
      case RECURRENT -> sequence(data, new SimpleRecurrent(UNITS, TANH_ACTIVATION));
      case LSTM -> sequence(data, new Lstm(UNITS, TANH_ACTIVATION));
    };
  }

  private static Network paper(String figure, Dataset data) {
    Arm first = PaperSpecs.spec(figure).experiment(data).arms().get(0);
    return first.network();
  }

  private static Network sequence(Dataset data, Recurrent layer) {
    return new Network(
        data.train().shape(), List.of(layer, new Dense(data.classes().size(), true)));
  }

  private static Network wide(Shape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64, 64}) {
      layers.add(new Convolution(3, filters, false));
      layers.add(TANH);
      layers.add(new MaxPooling(2));
    }
    layers.add(new Dense(128, true));
    layers.add(TANH);
    layers.add(new Dense(classes, true));
    return new Network(input, layers);
  }

  private static Network mlp(Shape input, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      layers.add(new Dense(256, true));
      layers.add(TANH);
    }
    layers.add(new Dense(classes, true));
    return new Network(input, layers);
  }

  private static Network resnet(Shape input, int classes) {
    Layer convolution = new Convolution(3, 16, false);
    Layer block = new Residual(List.of(convolution, TANH, convolution), false);
    List<Layer> layers = new ArrayList<>(List.of(convolution, TANH, new MaxPooling(2)));
    for (int i = 0; i < BLOCKS; i++) {
      layers.add(block);
      layers.add(TANH);
      if (i == BLOCKS / 2) {
        layers.add(new MaxPooling(2));
      }
    }
    layers.add(new GlobalAveragePooling());
    layers.add(new Dense(classes, true));
    return new Network(input, layers);
  }

  /**
   * How all of them are trained. They start as Keras starts its layers, not as the paper does: then
   * losses move at once, and a framework that computes something else is found out. The time of a
   * step does not depend on the numbers.
   */
  static TrainingSettings settings(int batch) {
    return new TrainingSettings(
        ADAM,
        Penalty.none(),
        new Initialization.Glorot(),
        new Initialization.Zeros(),
        PixelScaling.UNIT,
        batch,
        Integer.MAX_VALUE);
  }
}
