package org.unvanish.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/** Recurrent nodes, at first with all states; which of them are used is seen behind them. */
final class RecurrentNodes {

  private static final Map<String, ActivationFunction> FUNCTIONS =
      Map.of(
          "tanh", ActivationFunction.TANH,
          "sigmoid", ActivationFunction.LOGISTIC,
          "relu", ActivationFunction.RELU,
          "softsign", ActivationFunction.SOFTSIGN,
          "softplus", ActivationFunction.SOFTPLUS);

  /** In the engine's order, which blocks of rows ONNX has: its own are i, o, f, c and z, r, h. */
  private static final Map<String, int[]> BLOCKS =
      Map.of("RNN", new int[] {0}, "LSTM", new int[] {0, 2, 3, 1}, "GRU", new int[] {1, 0, 2});

  private final Site site;
  private final Node node;
  private final int[] blocks;
  private final Tensor ofInputs;
  private final Tensor ofStates;
  private final int directions;
  private final int units;
  private final int steps;
  private final boolean batchFirst;

  private RecurrentNodes(Site site) {
    this.site = site;
    this.node = site.only();
    this.blocks = BLOCKS.getOrDefault(node.operator(), new int[0]);
    this.ofInputs = site.need(node, 1);
    this.ofStates = site.need(node, 2);
    this.directions = ofStates.extent(0);
    this.units = ofStates.extent(2);
    this.batchFirst = node.attributes().integer("layout", 0) == 1;
    Tensor places = site.input().numbers();
    this.steps = places.rank() == 3 ? places.extent(batchFirst ? 1 : 0) : 0;
  }

  /**
   * The layer with all of its states, the places of all states, and then those of the last ones.
   *
   * @param last of the last states
   */
  record States(Converted all, Tensor last) {}

  static States convert(Site site) {
    return new RecurrentNodes(site).states();
  }

  private States states() {
    int[] channels = features();
    requireUsual();
    boolean bias = site.given(node, 3).isPresent();
    List<double[]> parameters = new ArrayList<>();
    for (int direction = 0; direction < directions; direction++) {
      parameters.add(ofInputs(direction, channels));
      parameters.add(rows(ofStates.values(), direction, units, 0));
      if (bias) {
        biases(direction, parameters);
      }
    }
    return new States(new Converted(layer(bias), parameters, allPlaces()), lastPlaces());
  }

  /** For each feature that the node reads, the channel of the engine. */
  private int[] features() {
    Shape shape = site.shape();
    Places places = site.input();
    int count = ofInputs.extent(2);
    if (shape.columns() != 1
        || shape.rows() != steps
        || shape.channels() != count
        || !places.areWhole()) {
      throw site.refused(
          "it reads %d features in %d steps, but %s reach it in the engine: features, steps, 1"
              .formatted(count, steps, shape));
    }
    int[] channels = new int[count];
    for (int step = 0; step < steps; step++) {
      for (int k = 0; k < count; k++) {
        int at = places.at(step * count + k);
        channels[k] = step == 0 ? at / steps : channels[k];
        if (at != channels[k] * steps + step) {
          throw site.refused("steps and features reach it in another order than the engine's");
        }
      }
    }
    return channels;
  }

  private void requireUsual() {
    if (node.attributes().has("clip") || node.attributes().flag("input_forget", false)) {
      throw site.refused(
          "it limits its sums or couples its gates, which no layer of the engine does");
    }
    if (node.attributes().text("direction", "forward").equals("reverse")) {
      throw site.refused(
          "it reads sequences backwards only; the engine reads them forward or both ways");
    }
    if (node.operator().equals("GRU") && !node.attributes().flag("linear_before_reset", false)) {
      throw site.refused(
          "its reset gate acts before the recurrent weights; the engine's, as PyTorch's, acts behind them");
    }
    for (int i = 5; i <= 7; i++) {
      if (site.given(node, i).filter(given -> !isAll(given, 0)).isPresent()) {
        throw site.refused(
            i == 7 ? "it has peepholes" : "its states start from other numbers than 0");
      }
    }
    if (site.given(node, 4).filter(given -> !isAll(given, steps)).isPresent()) {
      throw site.refused("it reads sequences of given lengths");
    }
  }

  private static boolean isAll(Tensor tensor, double value) {
    return Arrays.stream(tensor.values()).allMatch(v -> v == value);
  }

  private Recurrent layer(boolean bias) {
    List<ActivationFunction> functions = functions();
    Direction way = directions == 2 ? Direction.BOTH : Direction.FORWARD;
    Activation own = Activation.of(functions.get(functions.size() - 1));
    return switch (node.operator()) {
      case "RNN" -> new SimpleRecurrent(units, own, Output.ALL, way, bias, 0);
      case "GRU" -> new Gru(units, own, functions.get(0), Output.ALL, way, bias, 0);
      default -> {
        if (functions.get(1) != functions.get(2)) {
          throw site.refused("its candidate and its output have different functions");
        }
        yield new Lstm(units, own, functions.get(0), Output.ALL, way, bias, 0, 1);
      }
    };
  }

  /** Those of one direction, gates first. */
  private List<ActivationFunction> functions() {
    List<String> usual =
        switch (node.operator()) {
          case "RNN" -> List.of("tanh");
          case "GRU" -> List.of("sigmoid", "tanh");
          default -> List.of("sigmoid", "tanh", "tanh");
        };
    List<String> names = node.attributes().texts("activations");
    List<String> first = names.isEmpty() ? usual : names.subList(0, usual.size());
    boolean alike =
        names.isEmpty()
            || names.stream()
                .skip(first.size())
                .toList()
                .equals(directions == 2 ? first : List.of());
    List<ActivationFunction> functions =
        first.stream()
            .flatMap(
                name -> Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT))).stream())
            .toList();
    if (!alike || functions.size() < usual.size()) {
      throw site.refused(
          "its functions are %s, which no recurrent layer of the engine has".formatted(names));
    }
    return functions;
  }

  private double[] ofInputs(int direction, int[] channels) {
    double[] given = rows(ofInputs.values(), direction, channels.length, 0);
    double[] values = new double[given.length];
    for (int i = 0; i < given.length; i++) {
      int feature = i % channels.length;
      values[i - feature + channels[feature]] = given[i];
    }
    return values;
  }

  /** The engine's blocks of some rows of a direction. */
  private double[] rows(double[] all, int direction, int columns, int from) {
    int block = units * columns;
    int start = direction * all.length / directions + from * block;
    double[] values = new double[blocks.length * block];
    for (int i = 0; i < blocks.length; i++) {
      System.arraycopy(all, start + blocks[i] * block, values, i * block, block);
    }
    return values;
  }

  /** Both biases become one where they are added. */
  private void biases(int direction, List<double[]> parameters) {
    double[] all = site.need(node, 3).values();
    double[] bias = rows(all, direction, 1, 0);
    double[] ofStates = rows(all, direction, 1, blocks.length);
    boolean apart = node.operator().equals("GRU");
    int added = apart ? 2 * units : bias.length;
    for (int i = 0; i < added; i++) {
      bias[i] += ofStates[i];
    }
    parameters.add(bias);
    if (apart) {
      parameters.add(Arrays.copyOfRange(ofStates, added, bias.length));
    }
  }

  private int number(int direction, int unit, int step) {
    return (direction * units + unit) * steps + step;
  }

  /** [steps, directions, batch, units], or [batch, steps, directions, units]. */
  private Tensor allPlaces() {
    double[] numbers = new double[steps * directions * units];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(i / units % directions, i % units, i / units / directions);
    }
    return batchFirst
        ? Tensor.of(numbers, 1, steps, directions, units)
        : Tensor.of(numbers, steps, directions, 1, units);
  }

  /** [directions, batch, units], or [batch, directions, units]: each way ends at another step. */
  private Tensor lastPlaces() {
    double[] numbers = new double[directions * units];
    Arrays.setAll(numbers, i -> number(i / units, i % units, i / units == 0 ? steps - 1 : 0));
    return batchFirst
        ? Tensor.of(numbers, 1, directions, units)
        : Tensor.of(numbers, directions, 1, units);
  }

  /**
   * The layer that puts out the last states only, where these are all that is used.
   *
   * @param used places among all states
   * @return empty where others are used
   */
  static Optional<Converted> last(Converted all, Shape ofAll, Tensor used) {
    Recurrent layer = (Recurrent) all.layer();
    int steps = ofAll.rows();
    double[] numbers = new double[used.size()];
    for (int i = 0; i < numbers.length; i++) {
      int at = (int) used.value(i);
      int channel = at / steps;
      boolean reverse = channel >= layer.units();
      if (at % steps != (reverse ? 0 : steps - 1)) {
        return Optional.empty();
      }
      numbers[i] = channel;
    }
    return Optional.of(
        new Converted(last(layer), all.parameters(), Tensor.of(numbers, used.shape())));
  }

  private static Recurrent last(Recurrent layer) {
    if (layer instanceof Lstm l) {
      return new Lstm(
          l.units(),
          l.activation(),
          l.gates(),
          Output.LAST,
          l.direction(),
          l.bias(),
          0,
          l.forgetBias());
    }
    if (layer instanceof Gru g) {
      return new Gru(g.units(), g.activation(), g.gates(), Output.LAST, g.direction(), g.bias(), 0);
    }
    return new SimpleRecurrent(
        layer.units(), layer.activation(), Output.LAST, layer.direction(), layer.bias(), 0);
  }
}
