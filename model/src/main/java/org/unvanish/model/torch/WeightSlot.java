package org.unvanish.model.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.unvanish.model.graph.Tensor;

/**
 * Parameters of the engine that one module of PyTorch has.
 *
 * @param name of the engine's layer
 * @param wanted the module's tensors by their names in it, with their shapes
 * @param filler copies their values
 */
record WeightSlot(String name, Map<String, List<Integer>> wanted, Filler filler) {

  /** Copies the values of a module's tensors into the engine's parameters. */
  @FunctionalInterface
  interface Filler {
    void fill(Map<String, Tensor> tensors, float[] parameters);
  }

  boolean fits(Map<String, Tensor> tensors) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    tensors.forEach((own, tensor) -> shapes.put(own, shape(tensor)));
    return shapes.equals(wanted);
  }

  static List<Integer> shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).boxed().toList();
  }

  @Override
  public String toString() {
    return wanted.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
