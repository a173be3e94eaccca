package org.unvanish.model.torch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/** Which module's tensors become which layer's parameters. */
final class WeightMatching {

  private static final Pattern RECURRENT =
      Pattern.compile("(weight|bias)_(ih|hh)_(l[0-9]+)(_reverse)?");

  /** Counts batches and nothing else. */
  private static final String IGNORED = "num_batches_tracked";

  private static final int MOST_LISTED = 8;

  private final Network network;
  private final Map<String, Tensor> tensors;

  WeightMatching(Network network, Map<String, Tensor> tensors) {
    this.network = network;
    this.tensors = tensors;
  }

  float[] parameters() {
    float[] parameters = new float[network.parameterCount()];
    for (ParameterTensor tensor : network.parameters()) {
      if (tensor.kind() == ParameterTensor.Kind.SCALE) {
        parameters[tensor.offset()] = (float) tensor.start();
      }
    }
    if (hasNamesOfEngine()) {
      for (ParameterTensor tensor : network.parameters()) {
        WeightSlots.copy(named(tensor), tensor, parameters);
      }
      return parameters;
    }
    Map<String, Map<String, Tensor>> modules = modules();
    for (WeightSlot slot : WeightSlots.of(network)) {
      Map<String, Tensor> module = take(slot, modules);
      slot.filler().fill(module, parameters);
    }
    if (!modules.isEmpty()) {
      throw new ModelRefusedException(
          "", "the network has no layer for " + listed(modules), wayOut());
    }
    return parameters;
  }

  private boolean hasNamesOfEngine() {
    return network.parameters().stream().allMatch(tensor -> tensors.containsKey(tensor.name()));
  }

  private Tensor named(ParameterTensor tensor) {
    Tensor values = tensors.get(tensor.name());
    if (values == null || !WeightSlot.shape(values).equals(tensor.shape())) {
      throw new ModelRefusedException(
          "tensor \"" + tensor.name() + "\"",
          "its shape must be %s, but is %s"
              .formatted(tensor.shape(), values == null ? "missing" : WeightSlot.shape(values)),
          "");
    }
    return values;
  }

  /** The tensors of each module, and of recurrent modules those of each layer, in order. */
  private Map<String, Map<String, Tensor>> modules() {
    Map<String, Map<String, Tensor>> modules = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          int dot = name.lastIndexOf('.');
          String module = name.substring(0, dot + 1);
          String own = name.substring(dot + 1);
          Matcher recurrent = RECURRENT.matcher(own);
          if (recurrent.matches()) {
            module += recurrent.group(3);
            String way = recurrent.group(4) == null ? "" : recurrent.group(4);
            own = recurrent.group(1) + "_" + recurrent.group(2) + way;
          }
          if (!own.equals(IGNORED)) {
            modules.computeIfAbsent(module, key -> new LinkedHashMap<>()).put(own, tensor);
          }
        });
    return modules;
  }

  private static Map<String, Tensor> take(
      WeightSlot slot, Map<String, Map<String, Tensor>> modules) {
    for (Iterator<Map<String, Tensor>> each = modules.values().iterator(); each.hasNext(); ) {
      Map<String, Tensor> module = each.next();
      if (slot.fits(module)) {
        each.remove();
        return module;
      }
    }
    throw new ModelRefusedException(
        "",
        "no module fits the layer %s of the network, which needs %s; left are %s"
            .formatted(slot.name(), slot, modules.isEmpty() ? "none" : listed(modules)),
        wayOut());
  }

  private static String wayOut() {
    return "Write the layers of the spec as the model has them, each with its size and bias.";
  }

  private static String listed(Map<String, Map<String, Tensor>> modules) {
    List<String> all = new ArrayList<>();
    modules.forEach(
        (module, own) ->
            own.forEach(
                (name, tensor) ->
                    all.add(
                        (module.isEmpty() || module.endsWith(".") ? module : module + ".")
                            + name
                            + " "
                            + WeightSlot.shape(tensor))));
    return all.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
        + (all.size() > MOST_LISTED ? " and " + (all.size() - MOST_LISTED) + " more" : "");
  }
}
