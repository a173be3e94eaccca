package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/**
 * One call of a layer, while it becomes nodes.
 *
 * @param layer what is called
 * @param name the layer's, with the models that it is within; nodes are called so
 * @param operands what it is called with
 * @param numbers operands that are numbers, by their place; only functions have these
 * @param named tensors that are given by name
 * @param weights of all layers, by the names of their {@link LayerKind}
 * @param keras the main version that wrote the file: 2 or 3
 * @param graph where the nodes go
 */
record LayerCall(
    LayerConfig layer,
    String name,
    List<Value> operands,
    Map<Integer, Double> numbers,
    Map<String, List<Value>> named,
    Weights weights,
    int keras,
    GraphBuilder graph) {
  private static final Set<String> TRAINED =
      Set.of("kernel", "recurrent_kernel", "bias", "gamma", "beta", "embeddings", "alpha");

  Settings settings() {
    return layer.settings();
  }

  /** The only operand. */
  Value input() {
    if (operands.size() != 1) {
      throw refused("it is called with " + operands.size() + " tensors and not with one", "");
    }
    return operands.get(0);
  }

  /** The only operand, which must have this rank. */
  Value input(int rank) {
    Value value = input();
    if (value.rank() != rank) {
      throw refused(
          "it takes tensors of rank " + rank + " and gets " + Arrays.toString(value.shape()), "");
    }
    return value;
  }

  /** The same call of a layer that this one wraps. */
  LayerCall inner(LayerConfig inner, Value... operands) {
    return new LayerCall(inner, name, List.of(operands), Map.of(), Map.of(), weights, keras, graph);
  }

  /** One of the layer's weights, which must have this shape; −1 for an extent that may be any. */
  Tensor weight(String weight, int... shape) {
    Tensor tensor = weights.of(layer).get(weight);
    if (tensor == null) {
      throw refused("its " + weight + " is missing in the file", Hdf5.SAVE_AGAIN);
    }
    boolean fits = tensor.rank() == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = shape[i] < 0 || tensor.extent(i) == shape[i];
    }
    if (!fits) {
      throw refused(
          "its "
              + weight
              + " has the shape "
              + Arrays.toString(tensor.shape())
              + " and not "
              + Arrays.toString(shape),
          Hdf5.SAVE_AGAIN);
    }
    return tensor;
  }

  /** Refuses operands whose last axis has another extent than the weights. */
  void fits(Value value, int axis, long wanted) {
    long extent = value.extent(axis);
    if (extent >= 0 && extent != wanted) {
      throw refused("it takes " + wanted + " features and gets " + extent, Hdf5.SAVE_AGAIN);
    }
  }

  /** A constant that is called by the layer and this. */
  String constant(String suffix, Tensor tensor) {
    return noted(suffix, graph.constant(name + "/" + suffix, tensor));
  }

  /** A constant that is made of one of the weights: once, however often the layer is called. */
  String derived(String suffix, Tensor source, UnaryOperator<Tensor> maker) {
    return noted(suffix, graph.derived(name + "/" + suffix, source, maker));
  }

  /** Notes how the layer's author wanted one of its weights to be trained. */
  String noted(String weight, String constant) {
    if (TRAINED.contains(weight)) {
      String setting = weight.equals("recurrent_kernel") ? "recurrent" : weight;
      JsonNode regularizer = settings().get(setting + "_regularizer");
      if (!TrainingConfig.isKnownRegularizer(regularizer)) {
        graph.warn(layer.place() + ": its " + setting + "_regularizer is left out.");
      }
      graph.note(
          constant,
          TrainingConfig.regularizer(regularizer),
          TrainingConfig.initializer(settings().get(setting + "_initializer")));
    }
    return constant;
  }

  /** A node that is called as the layer: the one that the layer is for. */
  String main(String operator, Attributes attributes, String... read) {
    return graph.node(operator, name, attributes, List.of(read));
  }

  /** A node that is called by the layer and this. */
  String node(String operator, String suffix, Attributes attributes, String... read) {
    return graph.node(operator, name + "/" + suffix, attributes, List.of(read));
  }

  /** The value in Keras's order. */
  Value plain(Value value) {
    return graph.turn(value, Value.plainOrder(value.rank()));
  }

  /** The value with its last axis last. */
  Value endsPlain(Value value) {
    return value.endsPlain() ? value : plain(value);
  }

  /** All operands in one order: the first one's, if ranks are equal. */
  List<Value> alike() {
    List<Value> result = new ArrayList<>();
    boolean sameRank = operands.stream().allMatch(v -> v.rank() == operands.get(0).rank());
    for (Value operand : operands) {
      result.add(sameRank ? graph.turn(operand, operands.get(0).order()) : plain(operand));
    }
    return result;
  }

  ModelRefusedException refused(String reason, String wayOut) {
    return new ModelRefusedException(layer.place(), reason, wayOut);
  }

  /** Something of Keras that no operator of the graph computes. */
  ModelRefusedException unknown(String what) {
    return refused("Unvanish does not know " + what, ModelParser.EXPORT);
  }
}
