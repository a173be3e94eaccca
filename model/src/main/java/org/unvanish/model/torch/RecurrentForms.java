package org.unvanish.model.torch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/**
 * Recurrent modules: a node for each of their layers. ONNX has the gates in another order, one
 * array for both directions and both biases in one, so their constants are new ones: {@code 0.l1.W}
 * of the second layer, with R and B.
 *
 * <p>The output is that of all steps. PyTorch hands the last states on as well; a module behind
 * another one cannot read such a pair, so only the last module of a model is recurrent.
 */
final class RecurrentForms {

  /**
   * A kind of cell.
   *
   * @param order of PyTorch's gates in ONNX
   */
  private record Cell(String operator, int... order) {}

  private static final Cell RNN = new Cell("RNN", 0);

  /** i f g o becomes i o f g. */
  private static final Cell LSTM = new Cell("LSTM", 0, 3, 1, 2);

  /** r z n becomes z r n. */
  private static final Cell GRU = new Cell("GRU", 1, 0, 2);

  private RecurrentForms() {}

  static Map<String, ModuleForm> table() {
    Map<String, ModuleForm> table = new HashMap<>();
    for (Cell cell : List.of(RNN, LSTM, GRU)) {
      table.put(
          "rnn." + cell.operator(),
          ModuleForm.reading(
              module -> new long[] {-1, -1, module.integer("input_size")},
              (module, input, draft) -> append(cell, module, input, draft)));
    }
    return table;
  }

  private static Flow append(Cell cell, TorchModule module, Flow input, GraphDraft draft)
      throws IOException {
    if (module.number("proj_size", 0) != 0) {
      throw module.refused("it projects its states (proj_size)", WayOut.EXPORT);
    }
    boolean batchFirst = module.flag("batch_first", false);
    double dropped = module.number("dropout", 0);
    int layers = module.integer("num_layers");
    Flow steps = batchFirst ? swapped(module, input, draft) : input;
    for (int layer = 0; layer < layers; layer++) {
      if (layer > 0 && dropped > 0) {
        steps = draft.node(module, "Dropout", steps, draft.scalar(module, dropped));
      }
      steps = layer(cell, module, layer, steps, draft);
    }
    return batchFirst ? swapped(module, steps, draft) : steps;
  }

  private static Flow swapped(TorchModule module, Flow input, GraphDraft draft) {
    return draft.node(
        module, "Transpose", Attributes.NONE.with("perm", List.of(1, 0, 2)), 3, input.value());
  }

  private static Flow layer(Cell cell, TorchModule module, int layer, Flow steps, GraphDraft draft)
      throws IOException {
    boolean both = module.flag("bidirectional", false);
    int directions = both ? 2 : 1;
    int units = module.integer("hidden_size");
    Flow states =
        draft.node(
            module,
            cell.operator(),
            attributes(cell, module, units, both),
            4,
            steps.value(),
            constant(cell, module, layer, "W", directions, draft),
            constant(cell, module, layer, "R", directions, draft),
            module.flag("bias", true) ? constant(cell, module, layer, "B", directions, draft) : "");
    if (!both) {
      return draft.node(
          module, "Squeeze", Attributes.NONE, 3, states.value(), draft.integers(module, 1));
    }
    // (step, direction, sample, unit)
    Flow apart =
        draft.node(
            module,
            "Transpose",
            Attributes.NONE.with("perm", List.of(0, 2, 1, 3)),
            4,
            states.value());
    return draft.node(
        module, "Reshape", Attributes.NONE, 3, apart.value(), draft.integers(module, 0, 0, -1));
  }

  private static Attributes attributes(Cell cell, TorchModule module, int units, boolean both) {
    Attributes attributes =
        Attributes.NONE
            .with("hidden_size", units)
            .with("direction", both ? "bidirectional" : "forward");
    if (cell == GRU) {
      return attributes.with("linear_before_reset", 1);
    }
    if (cell == RNN) {
      String function =
          switch (module.text("nonlinearity", "tanh")) {
            case "tanh" -> "Tanh";
            case "relu" -> "Relu";
            default -> throw module.unexpected("nonlinearity", "tanh or relu");
          };
      return attributes.with("activations", Collections.nCopies(both ? 2 : 1, function));
    }
    return attributes;
  }

  /** PyTorch's tensors of all directions as the one that ONNX has. */
  private static String constant(
      Cell cell, TorchModule module, int layer, String what, int directions, GraphDraft draft)
      throws IOException {
    String name = "l" + layer + "." + what;
    if (draft.has(module, name)) {
      return module.name(name);
    }
    List<String> parts =
        switch (what) {
          case "W" -> List.of("weight_ih");
          case "R" -> List.of("weight_hh");
          default -> List.of("bias_ih", "bias_hh");
        };
    int rank = what.equals("B") ? 1 : 2;
    List<String> ways = new ArrayList<>();
    for (int direction = 0; direction < directions; direction++) {
      List<String> ordered = new ArrayList<>();
      for (String part : parts) {
        String own = part + "_l" + layer + (direction == 1 ? "_reverse" : "");
        ordered.add(ordered(cell, module, own, rank, draft));
      }
      String way =
          ordered.size() == 1 ? ordered.get(0) : joined(module, ordered, rank, draft).value();
      ways.add(
          draft
              .node(module, "Unsqueeze", Attributes.NONE, rank + 1, way, draft.integers(module, 0))
              .value());
    }
    return draft.named(
        module, name, "Concat", Attributes.NONE.with("axis", 0), ways.toArray(String[]::new));
  }

  /** A tensor of PyTorch's with its gates in ONNX's order. */
  private static String ordered(
      Cell cell, TorchModule module, String own, int rank, GraphDraft draft) throws IOException {
    int units = module.integer("hidden_size");
    int gates = cell.order().length;
    Tensor tensor = draft.tensor(module, own);
    boolean states = own.startsWith("weight_hh");
    if (tensor.rank() != rank
        || tensor.extent(0) != (long) gates * units
        || states && tensor.extent(1) != units) {
      throw module.refused(
          "its tensor " + own + " has a shape that does not fit " + units + " units", "");
    }
    String given = draft.parameter(module, own);
    if (gates == 1) {
      return given;
    }
    List<String> pieces = new ArrayList<>();
    for (int gate : cell.order()) {
      pieces.add(
          draft
              .node(
                  module,
                  "Slice",
                  Attributes.NONE,
                  rank,
                  given,
                  draft.integers(module, (long) gate * units),
                  draft.integers(module, (gate + 1L) * units),
                  draft.integers(module, 0))
              .value());
    }
    return joined(module, pieces, rank, draft).value();
  }

  private static Flow joined(TorchModule module, List<String> pieces, int rank, GraphDraft draft) {
    return draft.node(
        module, "Concat", Attributes.NONE.with("axis", 0), rank, pieces.toArray(String[]::new));
  }
}
