package org.unvanish.model.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.keras.CallConfig.Operand;
import org.unvanish.model.keras.CallConfig.Reference;

/** Calls the layers of a model one after the other, and those of models within it. */
final class ModelTranslator {
  private static final List<String> INPUT_SHAPES = List.of("batch_shape", "batch_input_shape");

  private final Weights weights;
  private final int keras;
  private final GraphBuilder graph;

  /**
   * @param keras the main version that wrote the file
   */
  ModelTranslator(Weights weights, int keras, GraphBuilder graph) {
    this.weights = weights;
    this.keras = keras;
    this.graph = graph;
  }

  /** The whole model. */
  Graph translate(ModelConfig model) {
    List<Value> inputs = new ArrayList<>();
    if (model.sequential()) {
      inputs.add(sequentialInput(model));
    } else {
      for (Reference input : model.inputs()) {
        LayerConfig layer = layer(model, input.layer());
        inputs.add(graph.input(layer.name(), shape(layer)));
      }
    }
    List<String> outputs = new ArrayList<>();
    for (Value output : apply(model, "", inputs)) {
      outputs.add(graph.turn(output, Value.plainOrder(output.rank())).name());
    }
    return graph.graph(outputs);
  }

  private Value sequentialInput(ModelConfig model) {
    LayerConfig first = model.layers().get(0);
    String name = first.className().equals("InputLayer") ? first.name() : first.name() + "_input";
    while (first.model().isPresent() && first.model().get().sequential()) {
      first = first.model().get().layers().get(0);
    }
    if (first.model().isPresent() && !first.model().get().inputs().isEmpty()) {
      first = layer(first.model().get(), first.model().get().inputs().get(0).layer());
    }
    for (String setting : INPUT_SHAPES) {
      if (first.settings().has(setting)) {
        return graph.input(name, first.settings().shape(setting));
      }
    }
    if (model.settings().has("build_input_shape")) {
      return graph.input(name, model.settings().shape("build_input_shape"));
    }
    throw new ModelRefusedException(
        "the model",
        "it was saved before it knew the shape of its input",
        "Call model.build((None, ...)) or fit it, and save it again.");
  }

  private static long[] shape(LayerConfig input) {
    for (String setting : INPUT_SHAPES) {
      if (input.settings().has(setting)) {
        return input.settings().shape(setting);
      }
    }
    throw new ModelRefusedException(
        input.place(), "the shape of this input is missing", Hdf5.SAVE_AGAIN);
  }

  private static LayerConfig layer(ModelConfig model, String name) {
    return model.layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelRefusedException(
                    model.settings().place(),
                    "it names a layer \"" + name + "\" that is not there",
                    Hdf5.SAVE_AGAIN));
  }

  private List<Value> apply(ModelConfig model, String prefix, List<Value> inputs) {
    return model.sequential()
        ? sequential(model, prefix, inputs)
        : functional(model, prefix, inputs);
  }

  private List<Value> sequential(ModelConfig model, String prefix, List<Value> inputs) {
    List<Value> values = inputs;
    for (LayerConfig layer : model.layers()) {
      if (values.size() != 1) {
        throw new ModelRefusedException(
            layer.place(), "it follows " + values.size() + " outputs in a Sequential model", "");
      }
      values = call(layer, prefix, values, Map.of(), Map.of());
    }
    return values;
  }

  /** A call that waits for those that it reads. */
  private static final class Waiting {
    private final LayerConfig layer;
    private final CallConfig call;
    private final Call key;
    private int missing;

    Waiting(LayerConfig layer, int index) {
      this.layer = layer;
      this.call = layer.calls().get(index);
      this.key = new Call(layer.name(), index);
    }
  }

  private record Call(String layer, int index) {}

  private List<Value> functional(ModelConfig model, String prefix, List<Value> inputs) {
    if (model.inputs().size() != inputs.size()) {
      throw new ModelRefusedException(
          model.settings().place(),
          "it has " + model.inputs().size() + " inputs and is called with " + inputs.size(),
          Hdf5.SAVE_AGAIN);
    }
    Map<String, Integer> first = firstIndices(model);
    Map<Call, List<Value>> done = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      done.put(new Call(model.inputs().get(i).layer(), 0), List.of(inputs.get(i)));
    }
    Deque<Waiting> ready = new ArrayDeque<>();
    Map<Call, List<Waiting>> readers = new HashMap<>();
    int left = 0;
    for (LayerConfig layer : model.layers()) {
      for (int i = 0; i < layer.calls().size(); i++) {
        Waiting waiting = new Waiting(layer, i);
        for (Reference reference : waiting.call.references()) {
          Call source = source(reference, first);
          if (!done.containsKey(source)) {
            readers.computeIfAbsent(source, key -> new ArrayList<>()).add(waiting);
            waiting.missing++;
          }
        }
        left++;
        if (waiting.missing == 0) {
          ready.add(waiting);
        }
      }
    }
    while (!ready.isEmpty()) {
      Waiting next = ready.remove();
      done.put(next.key, call(next, prefix, done, first));
      left--;
      for (Waiting reader : readers.getOrDefault(next.key, List.of())) {
        if (--reader.missing == 0) {
          ready.add(reader);
        }
      }
    }
    if (left > 0) {
      throw new ModelRefusedException(
          model.settings().place(),
          "the calls of its layers lead in circles, or start from nothing",
          Hdf5.SAVE_AGAIN);
    }
    return model.outputs().stream().map(output -> value(model, output, done, first)).toList();
  }

  /**
   * Where the numbers of a layer's calls start. Most versions of Keras count the call by which a
   * model within the model was made, as the first. It is no call here.
   */
  private static Map<String, Integer> firstIndices(ModelConfig model) {
    Map<String, Integer> calls = new HashMap<>();
    for (LayerConfig layer : model.layers()) {
      if (layer.model().isPresent()) {
        calls.put(layer.name(), layer.calls().size());
      }
    }
    Map<String, Integer> first = new HashMap<>();
    List<Reference> all = new ArrayList<>(model.outputs());
    model.layers().forEach(layer -> layer.calls().forEach(call -> all.addAll(call.references())));
    for (Reference reference : all) {
      Integer count = calls.get(reference.layer());
      if (count != null && reference.call() == count) {
        first.put(reference.layer(), 1);
      }
    }
    return first;
  }

  private static Call source(Reference reference, Map<String, Integer> first) {
    return new Call(reference.layer(), reference.call() - first.getOrDefault(reference.layer(), 0));
  }

  private static Value value(
      ModelConfig model,
      Reference reference,
      Map<Call, List<Value>> done,
      Map<String, Integer> first) {
    List<Value> values = done.getOrDefault(source(reference, first), List.of());
    if (reference.output() < 0 || reference.output() >= values.size()) {
      throw new ModelRefusedException(
          model.settings().place(),
          "layer \""
              + reference.layer()
              + "\" has no output "
              + reference.output()
              + " of call "
              + reference.call(),
          Hdf5.SAVE_AGAIN);
    }
    return values.get(reference.output());
  }

  private List<Value> call(
      Waiting next, String prefix, Map<Call, List<Value>> done, Map<String, Integer> first) {
    List<Value> operands = new ArrayList<>();
    Map<Integer, Double> numbers = new LinkedHashMap<>();
    int place = 0;
    ModelConfig none =
        new ModelConfig("", next.layer.settings(), false, List.of(), List.of(), List.of());
    for (Operand operand : next.call.operands()) {
      if (operand.tensor().isPresent()) {
        operands.add(value(none, operand.tensor().get(), done, first));
      } else {
        numbers.put(place, operand.number());
      }
      place++;
    }
    Map<String, List<Value>> named = new LinkedHashMap<>();
    next.call
        .named()
        .forEach(
            (name, tensors) ->
                named.put(
                    name,
                    tensors.stream().map(tensor -> value(none, tensor, done, first)).toList()));
    return call(next.layer, prefix, operands, numbers, named);
  }

  private List<Value> call(
      LayerConfig layer,
      String prefix,
      List<Value> operands,
      Map<Integer, Double> numbers,
      Map<String, List<Value>> named) {
    graph.step();
    String name = prefix.isEmpty() ? layer.name() : prefix + "/" + layer.name();
    if (layer.model().isPresent()) {
      return apply(layer.model().get(), name, operands);
    }
    LayerCall call = new LayerCall(layer, name, operands, numbers, named, weights, keras, graph);
    if (layer.operation()) {
      return List.of(MergeLayers.function(call));
    }
    LayerKind kind = LayerTable.of(layer);
    if (layer.settings().has("activity_regularizer")) {
      graph.warn(layer.place() + ": its activity_regularizer is left out.");
    }
    if (!numbers.isEmpty()
        || named.keySet().stream().anyMatch(argument -> !argument.equals("initial_state"))) {
      throw call.unknown("how to call this layer with more than its inputs");
    }
    if (operands.isEmpty()) {
      throw call.refused("it is called with no tensors", Hdf5.SAVE_AGAIN);
    }
    return kind.translation().of(call);
  }
}
