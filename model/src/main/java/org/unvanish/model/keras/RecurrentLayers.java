package org.unvanish.model.keras;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/**
 * SimpleRNN, LSTM and GRU, alone or in both directions. Keras has the gates of all units side by
 * side in one matrix (LSTM: i, f, c, o; GRU: z, r, h), ONNX has them one below the other (LSTM: i,
 * o, f, c). A GRU with {@code reset_after} has two biases, and is ONNX's linear_before_reset = 1.
 */
final class RecurrentLayers {
  private static final Attributes NONE = Attributes.NONE;

  private RecurrentLayers() {}

  /** A recurrent layer as ONNX has it: for each of its gates, the one of Keras. */
  enum Cell {
    SIMPLE("SimpleRNN", "RNN", 0),
    LSTM("LSTM", "LSTM", 0, 3, 1, 2),
    GRU("GRU", "GRU", 0, 1, 2);

    private final String className;
    private final String operator;
    private final int[] gates;

    Cell(String className, String operator, int... gates) {
      this.className = className;
      this.operator = operator;
      this.gates = gates;
    }

    static Cell of(LayerCall call, LayerConfig layer) {
      for (Cell cell : values()) {
        if (cell.className.equals(layer.className())) {
          return cell;
        }
      }
      throw call.unknown("Bidirectional around a " + layer.className());
    }
  }

  /** What one or two directions compute: all time steps, and the last of each. */
  private record Result(String steps, String last, String cell) {}

  /** One direction; further outputs are its last states, if it returns them. */
  static List<Value> single(LayerCall call) {
    Settings settings = call.settings();
    Cell cell = Cell.of(call, call.layer());
    boolean backward = settings.flag("go_backwards", false);
    List<Value> states = new ArrayList<>(call.operands().subList(1, call.operands().size()));
    states.addAll(call.named().getOrDefault("initial_state", List.of()));
    Result result = run(call, List.of(call), backward ? "reverse" : "forward", states);
    int units = units(settings);
    Value x = call.operands().get(0);
    List<Value> outputs = new ArrayList<>();
    if (settings.flag("return_sequences", false)) {
      String steps = squeeze(call, "steps", result.steps, 1);
      steps = backward ? reversed(call, steps) : steps;
      outputs.add(
          new Value(steps, new long[] {x.extent(0), x.extent(1), units}, Value.timeFirst()));
    } else {
      outputs.add(Value.plain(squeeze(call, "last", result.last, 0), x.extent(0), units));
    }
    if (settings.flag("return_state", false)) {
      outputs.add(Value.plain(squeeze(call, "state", result.last, 0), x.extent(0), units));
      if (cell == Cell.LSTM) {
        outputs.add(Value.plain(squeeze(call, "cell", result.cell, 0), x.extent(0), units));
      }
    }
    return outputs;
  }

  /** Forward and backward over the same input, and both results merged. */
  static List<Value> both(LayerCall call) {
    Value x = call.input(3);
    List<LayerConfig> inner = call.layer().inner();
    LayerCall forward = call.inner(inner.get(0), x);
    LayerCall backward = call.inner(inner.get(1), x);
    Settings settings = forward.settings();
    int units = units(settings);
    if (Cell.of(call, inner.get(0)) != Cell.of(call, inner.get(1))
        || units != units(backward.settings())
        || settings.flag("go_backwards", false)
        || settings.flag("return_state", false)) {
      throw call.unknown("a Bidirectional of unlike layers, or one that returns its states");
    }
    Result result = run(call, List.of(forward, backward), "bidirectional", List.of());
    boolean sequences = settings.flag("return_sequences", false);
    String all = sequences ? result.steps : result.last;
    String mode =
        call.settings().text("merge_mode", call.settings().isNull("merge_mode") ? "" : "concat");
    if (mode.equals("concat")) {
      return List.of(sideBySide(call, all, x, sequences, units));
    }
    Value first = direction(call, all, x, sequences, units, 0);
    Value second = direction(call, all, x, sequences, units, 1);
    return switch (mode) {
      case "" -> List.of(first, second);
      case "sum" -> List.of(merged(call, "Add", first, second));
      case "mul" -> List.of(merged(call, "Mul", first, second));
      case "ave" -> {
        Value sum = merged(call, "Add", first, second);
        String half = call.constant("half", Tensor.scalar(0.5));
        yield List.of(sum.renamed(call.node("Mul", "mean", NONE, sum.name(), half)));
      }
      default -> throw call.settings().refused("merge_mode", "\"" + mode + "\" is unknown");
    };
  }

  private static Value merged(LayerCall call, String operator, Value first, Value second) {
    return first.renamed(call.node(operator, "merged", NONE, first.name(), second.name()));
  }

  private static Value sideBySide(
      LayerCall call, String all, Value x, boolean sequences, int units) {
    List<Long> order = sequences ? List.of(0L, 2L, 1L, 3L) : List.of(1L, 0L, 2L);
    String turned = call.node("Transpose", "directions", NONE.with("perm", order), all);
    Tensor shape = sequences ? Tensor.integers(0, 0, 2L * units) : Tensor.integers(0, 2L * units);
    String z = call.node("Reshape", "merged", NONE, turned, call.constant("shape", shape));
    return value(z, x, sequences, 2 * units);
  }

  private static Value direction(
      LayerCall call, String all, Value x, boolean sequences, int units, int index) {
    Tensor which = Tensor.of(Tensor.Kind.INTEGER, new double[] {index});
    String name = index == 0 ? "forward" : "backward";
    String z =
        call.node(
            "Gather",
            name,
            NONE.with("axis", sequences ? 1L : 0L),
            all,
            call.constant("index_" + name, which));
    return value(z, x, sequences, units);
  }

  private static Value value(String name, Value x, boolean sequences, int width) {
    return sequences
        ? new Value(name, new long[] {x.extent(0), x.extent(1), width}, Value.timeFirst())
        : Value.plain(name, x.extent(0), width);
  }

  private static int units(Settings settings) {
    return settings.count("units");
  }

  private static String squeeze(LayerCall call, String name, String value, int axis) {
    String axes = call.constant("axis_of_" + name, Tensor.integers(axis));
    return call.node("Squeeze", name, NONE, value, axes);
  }

  /** Keras answers in the order in which it went, ONNX in the order of time. */
  private static String reversed(LayerCall call, String steps) {
    return call.node(
        "Slice",
        "reversed",
        NONE,
        steps,
        call.constant("from", Tensor.integers(-1)),
        call.constant("to", Tensor.integers(Integer.MIN_VALUE)),
        call.constant("time", Tensor.integers(0)),
        call.constant("step", Tensor.integers(-1)));
  }

  private static Result run(
      LayerCall call, List<LayerCall> directions, String direction, List<Value> states) {
    LayerCall first = directions.get(0);
    Cell cell = Cell.of(call, first.layer());
    int units = units(first.settings());
    for (LayerCall one : directions) {
      refuseUnknown(call, one.settings());
    }
    Value given = call.operands().get(0);
    if (given.rank() != 3) {
      throw call.refused("it takes samples, time steps and features", "");
    }
    Value x = call.graph().turn(given, Value.timeFirst());
    List<String> read = new ArrayList<>(List.of(x.name()));
    read.add(matrix(call, directions, cell, "kernel", -1, units));
    read.add(matrix(call, directions, cell, "recurrent_kernel", units, units));
    call.fits(x, 2, directions.get(0).weight("kernel", -1, -1).extent(0));
    read.add(biases(call, directions, cell, units));
    states(call, cell, states, read);
    while (read.get(read.size() - 1).isEmpty()) {
      read.remove(read.size() - 1);
    }
    List<String> outputs =
        call.graph()
            .nodes(
                cell.operator,
                call.name(),
                attributes(directions, cell, direction, units),
                read,
                cell == Cell.LSTM ? 3 : 2);
    return new Result(outputs.get(0), outputs.get(1), outputs.get(outputs.size() - 1));
  }

  private static void refuseUnknown(LayerCall call, Settings settings) {
    if (settings.flag("time_major", false)) {
      throw call.unknown("recurrent layers whose input has time first");
    }
    if (settings.flag("stateful", false)) {
      call.graph()
          .warn(call.layer().place() + ": its state is kept between batches in Keras, here not.");
    }
    if (settings.number("dropout", 0) > 0 || settings.number("recurrent_dropout", 0) > 0) {
      call.graph()
          .warn(call.layer().place() + ": its dropout acts in training only, and is left out.");
    }
  }

  private static void states(LayerCall call, Cell cell, List<Value> states, List<String> read) {
    if (states.isEmpty()) {
      return;
    }
    if (states.size() != (cell == Cell.LSTM ? 2 : 1)) {
      throw call.refused("it is called with " + states.size() + " initial states", "");
    }
    read.add(""); // all sequences have the same length
    for (int i = 0; i < states.size(); i++) {
      String axes = call.constant("axis_of_start", Tensor.integers(0));
      String state = call.plain(states.get(i)).name();
      read.add(call.node("Unsqueeze", "start", NONE, state, axes));
    }
  }

  private static Attributes attributes(
      List<LayerCall> directions, Cell cell, String direction, int units) {
    List<String> names = new ArrayList<>();
    List<Double> alphas = new ArrayList<>();
    List<Double> betas = new ArrayList<>();
    for (LayerCall one : directions) {
      List<Activations.Recurrent> functions = new ArrayList<>();
      if (cell != Cell.SIMPLE) {
        String absent =
            one.keras() >= 3 || one.settings().has("reset_after") ? "sigmoid" : "hard_sigmoid";
        functions.add(Activations.recurrent(one, "recurrent_activation", absent));
      }
      Activations.Recurrent function = Activations.recurrent(one, "activation", "tanh");
      functions.add(function);
      if (cell == Cell.LSTM) {
        functions.add(function);
      }
      for (Activations.Recurrent each : functions) {
        names.add(each.name());
        each.alpha().ifPresent(alphas::add);
        each.beta().ifPresent(betas::add);
      }
    }
    Attributes result =
        NONE.with("hidden_size", (long) units)
            .with("direction", direction)
            .with("activations", names);
    result = alphas.isEmpty() ? result : result.with("activation_alpha", alphas);
    result = betas.isEmpty() ? result : result.with("activation_beta", betas);
    boolean after = cell == Cell.GRU && resetAfter(directions.get(0).settings());
    return after ? result.with("linear_before_reset", 1L) : result;
  }

  private static boolean resetAfter(Settings settings) {
    return settings.flag("reset_after", false);
  }

  /** Matrices (inputs, gates · units) as ONNX has them: [direction, gates · units, inputs]. */
  private static String matrix(
      LayerCall call, List<LayerCall> directions, Cell cell, String name, int inputs, int units) {
    int gates = cell.gates.length;
    List<Tensor> parts = new ArrayList<>();
    for (LayerCall one : directions) {
      parts.add(one.weight(name, inputs, gates * units));
    }
    if (parts.stream().anyMatch(part -> part.extent(0) != parts.get(0).extent(0))) {
      throw call.refused("its directions take different numbers of features", Hdf5.SAVE_AGAIN);
    }
    String derived =
        call.derived(
            name,
            parts.get(0),
            source -> {
              int rows = source.extent(0);
              int columns = gates * units;
              double[] to = new double[parts.size() * columns * rows];
              int place = 0;
              for (Tensor part : parts) {
                for (int gate : cell.gates) {
                  for (int unit = 0; unit < units; unit++) {
                    for (int row = 0; row < rows; row++) {
                      to[place++] = part.value(row * columns + gate * units + unit);
                    }
                  }
                }
              }
              return Tensor.of(to, parts.size(), columns, rows);
            });
    return directions.get(0).noted(name, derived);
  }

  /**
   * Biases [direction, 2 · gates · units]: of the input, then of the state. Empty if there are
   * none.
   */
  private static String biases(LayerCall call, List<LayerCall> directions, Cell cell, int units) {
    int size = cell.gates.length * units;
    List<Tensor> parts = new ArrayList<>();
    for (LayerCall one : directions) {
      if (one.settings().flag("use_bias", true)) {
        boolean two = cell == Cell.GRU && resetAfter(one.settings());
        parts.add(two ? one.weight("bias", 2, size) : one.weight("bias", size));
      }
    }
    if (parts.isEmpty()) {
      return "";
    }
    if (parts.size() != directions.size()
        || parts.stream().anyMatch(p -> p.size() != parts.get(0).size())) {
      throw call.unknown("a Bidirectional whose directions have different biases");
    }
    String derived =
        call.derived(
            "bias",
            parts.get(0),
            source -> {
              double[] to = new double[parts.size() * 2 * size];
              for (int direction = 0; direction < parts.size(); direction++) {
                Tensor part = parts.get(direction);
                for (int half = 0; half < part.size() / size; half++) {
                  for (int gate = 0; gate < cell.gates.length; gate++) {
                    for (int unit = 0; unit < units; unit++) {
                      to[(direction * 2 + half) * size + gate * units + unit] =
                          part.value(half * size + cell.gates[gate] * units + unit);
                    }
                  }
                }
              }
              return Tensor.of(to, parts.size(), 2 * size);
            });
    return directions.get(0).noted("bias", derived);
  }
}
