package org.unvanish.model.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.data.Shape;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkPart;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;

/**
 * What modules PyTorch has for the layers of a network. The engine's formulas, shapes and orders
 * are PyTorch's, so most values are only copied.
 */
final class WeightSlots {

  /** By the last word of the engine's names, what PyTorch calls it. */
  private static final Map<String, String> NAMES =
      Map.of(
          "weights", "weight",
          "depthwise", "weight",
          "pointwise", "weight",
          "bias", "bias",
          "gamma", "weight",
          "beta", "bias",
          "mean", "running_mean",
          "variance", "running_var");

  private final List<WeightSlot> slots = new ArrayList<>();
  private boolean readsStates;

  private WeightSlots() {}

  /** Those of all layers with parameters, first to last, each block's projection behind it. */
  static List<WeightSlot> of(Network network) {
    WeightSlots all = new WeightSlots();
    NetworkPart.of(network).forEach(all::add);
    return all.slots;
  }

  private void add(NetworkPart part) {
    part.inside().forEach(this::add);
    List<ParameterTensor> tensors =
        part.tensors().stream()
            .filter(tensor -> tensor.kind() != ParameterTensor.Kind.SCALE)
            .toList();
    if (part.layer() instanceof Recurrent recurrent) {
      slots.add(recurrent(part.name(), recurrent, tensors));
      readsStates = true;
    } else if (!tensors.isEmpty()) {
      addPlain(part, tensors);
    }
  }

  /** A module for all tensors of a layer; a depthwise convolution is one of its own. */
  private void addPlain(NetworkPart part, List<ParameterTensor> tensors) {
    Map<String, ParameterTensor> own = new LinkedHashMap<>();
    for (ParameterTensor tensor : tensors) {
      if (own.put(nameOf(tensor), tensor) != null) {
        throw new IllegalStateException(part.name() + " has two " + nameOf(tensor));
      }
      if (word(tensor).equals("depthwise")) {
        slots.add(plain(part, own));
        own = new LinkedHashMap<>();
      }
    }
    slots.add(plain(part, own));
  }

  private static String word(ParameterTensor tensor) {
    return tensor.name().substring(tensor.name().lastIndexOf('/') + 1);
  }

  private static String nameOf(ParameterTensor tensor) {
    String name = NAMES.get(word(tensor));
    if (name == null) {
      throw new ModelRefusedException(
          tensor.name(), "PyTorch has no module with such a parameter", "");
    }
    return name;
  }

  private WeightSlot plain(NetworkPart part, Map<String, ParameterTensor> own) {
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    own.forEach((name, tensor) -> wanted.put(name, shape(tensor)));
    Shape input = part.input();
    boolean ofStates =
        readsStates && input.isSequence() && own.values().stream().anyMatch(WeightSlots::isDense);
    return new WeightSlot(
        part.name(),
        wanted,
        (values, parameters) ->
            own.forEach(
                (name, tensor) -> {
                  Tensor stored = values.get(name);
                  if (ofStates && isDense(tensor)) {
                    copyOfStates(stored, tensor, input, parameters);
                  } else {
                    copy(stored, tensor, parameters);
                  }
                }));
  }

  private static boolean isDense(ParameterTensor tensor) {
    return word(tensor).equals("weights") && tensor.shape().size() == 2;
  }

  /** PyTorch's convolutions have axes of length 1 where the engine's have none. */
  private static List<Integer> shape(ParameterTensor tensor) {
    List<Integer> shape = new ArrayList<>(tensor.shape());
    if (word(tensor).equals("depthwise")) {
      shape.add(1, 1);
    } else if (word(tensor).equals("pointwise")) {
      shape.addAll(List.of(1, 1));
    }
    return shape;
  }

  static void copy(Tensor stored, ParameterTensor tensor, float[] parameters) {
    for (int i = 0; i < tensor.size(); i++) {
      parameters[tensor.offset() + i] = (float) stored.value(i);
    }
  }

  /** From (unit, step, state) to (unit, state, step). */
  private static void copyOfStates(
      Tensor stored, ParameterTensor tensor, Shape input, float[] parameters) {
    int steps = input.rows();
    int states = input.channels();
    for (int i = 0; i < tensor.size(); i++) {
      int place = i % (steps * states);
      int from = i - place + place % steps * states + place / steps;
      parameters[tensor.offset() + i] = (float) stored.value(from);
    }
  }

  private static WeightSlot recurrent(String name, Recurrent layer, List<ParameterTensor> tensors) {
    Map<String, ParameterTensor> own = new LinkedHashMap<>();
    tensors.forEach(tensor -> own.put(word(tensor), tensor));
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    int rows = layer.sums() * layer.units();
    for (boolean reverse : List.of(false, true).subList(0, layer.directions())) {
      String way = reverse ? "reverse-" : "";
      String end = reverse ? "_reverse" : "";
      wanted.put("weight_ih" + end, need(own, way + "input-weights").shape());
      wanted.put("weight_hh" + end, need(own, way + "recurrent-weights").shape());
      if (layer.bias()) {
        wanted.put("bias_ih" + end, List.of(rows));
        wanted.put("bias_hh" + end, List.of(rows));
      }
    }
    return new WeightSlot(
        name,
        wanted,
        (values, parameters) -> {
          for (boolean reverse : List.of(false, true).subList(0, layer.directions())) {
            fill(layer, own, reverse, values, parameters);
          }
        });
  }

  private static void fill(
      Recurrent layer,
      Map<String, ParameterTensor> own,
      boolean reverse,
      Map<String, Tensor> values,
      float[] parameters) {
    String way = reverse ? "reverse-" : "";
    String end = reverse ? "_reverse" : "";
    copy(need(values, "weight_ih" + end), need(own, way + "input-weights"), parameters);
    copy(need(values, "weight_hh" + end), need(own, way + "recurrent-weights"), parameters);
    if (!layer.bias()) {
      return;
    }
    Tensor ofInput = need(values, "bias_ih" + end);
    Tensor ofState = need(values, "bias_hh" + end);
    ParameterTensor bias = need(own, way + "bias");
    // A GRU's candidate has that of the state inside of what its gate multiplies.
    ParameterTensor apart = own.get(way + "recurrent-bias");
    int added = bias.size() - (apart == null ? 0 : apart.size());
    for (int i = 0; i < bias.size(); i++) {
      double value = ofInput.value(i) + (i < added ? ofState.value(i) : 0);
      parameters[bias.offset() + i] = (float) value;
      if (apart != null && i >= added) {
        parameters[apart.offset() + i - added] = (float) ofState.value(i);
      }
    }
  }

  private static <T> T need(Map<String, T> map, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("there is no " + key);
    }
    return value;
  }
}
