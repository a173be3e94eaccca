package org.unvanish.model.keras;

import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;

/**
 * The weights of each layer, by their names. Keras 2 keeps, for each layer of a model, a list in
 * the order in which it holds them: of a model within the model, first all that are trained. Keras
 * 3 keeps them in groups like {@code layers/dense_1/vars/0}, where {@code dense_1} is the second
 * layer of the class Dense and not a layer's name.
 */
final class Weights {
  private static final List<String> CONTAINERS =
      List.of("layers", "_layer_checkpoint_dependencies", "_functional/layers");

  private static final Set<String> RECURRENT = Set.of("SimpleRNN", "LSTM", "GRU");

  private final Map<LayerConfig, Map<String, Tensor>> tensors = new IdentityHashMap<>();

  private Weights() {}

  /** The weights of a layer; none if it has none. */
  Map<String, Tensor> of(LayerConfig layer) {
    return tensors.getOrDefault(layer, Map.of());
  }

  /** One weight that a layer should have. */
  private record Slot(LayerConfig layer, String name) {}

  /** From the groups of Keras 2, and of what Keras 3 writes into {@code .h5} files. */
  static Weights byName(Hdf5 file, Group group, ModelConfig model) {
    Weights result = new Weights();
    for (LayerConfig layer : model.layers()) {
      List<Slot> slots = new ArrayList<>(trained(layer));
      slots.addAll(kept(layer));
      if (slots.isEmpty()) {
        continue;
      }
      Group own =
          file.group(group, layer.name())
              .orElseThrow(() -> missing(layer, "its weights are missing in the file"));
      List<String> names = file.texts(own, "weight_names");
      if (names.size() != slots.size()) {
        throw missing(
            layer, "the file has " + names.size() + " weights of it, and not " + slots.size());
      }
      for (int i = 0; i < names.size(); i++) {
        result.put(slots.get(i), file.tensor(own, names.get(i)));
      }
    }
    return result;
  }

  /** From the groups of {@code model.weights.h5} in a {@code .keras} file. */
  static Weights byPath(Hdf5 file, ModelConfig model) {
    Weights result = new Weights();
    result.readModel(file, file.root(), model);
    return result;
  }

  private void readModel(Hdf5 file, Group group, ModelConfig model) {
    Map<String, Integer> used = new HashMap<>();
    for (LayerConfig layer : model.layers()) {
      if (layer.operation()) {
        continue;
      }
      String name = snakeCase(layer.className());
      int count = used.merge(name, 1, Integer::sum) - 1;
      String unique = count == 0 ? name : name + "_" + count;
      readLayer(file, container(file, group, unique), layer);
    }
  }

  private static Optional<Group> container(Hdf5 file, Group group, String name) {
    return CONTAINERS.stream()
        .map(container -> file.group(group, container + "/" + name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private void readLayer(Hdf5 file, Optional<Group> group, LayerConfig layer) {
    if (trained(layer).isEmpty() && kept(layer).isEmpty()) {
      return;
    }
    Group own = group.orElseThrow(() -> missing(layer, "its weights are missing in the file"));
    if (layer.model().isPresent()) {
      readModel(file, own, layer.model().get());
    } else if (layer.className().equals("Bidirectional")) {
      readLayer(file, file.group(own, "forward_layer"), layer.inner().get(0));
      readLayer(file, file.group(own, "backward_layer"), layer.inner().get(1));
    } else if (layer.className().equals("TimeDistributed")) {
      readLayer(file, file.group(own, "layer"), layer.inner().get(0));
    } else {
      String variables = RECURRENT.contains(layer.className()) ? "cell/vars" : "vars";
      Group values =
          file.group(own, variables)
              .orElseThrow(() -> missing(layer, "its weights are missing in the file"));
      List<Slot> slots = new ArrayList<>(trained(layer));
      slots.addAll(kept(layer));
      for (int i = 0; i < slots.size(); i++) {
        put(slots.get(i), file.tensor(values, Integer.toString(i)));
      }
    }
  }

  private void put(Slot slot, Tensor tensor) {
    tensors.computeIfAbsent(slot.layer, layer -> new LinkedHashMap<>()).put(slot.name, tensor);
  }

  private static List<Slot> trained(LayerConfig layer) {
    List<Slot> result = new ArrayList<>();
    if (!layer.trainable()) {
      return result;
    }
    for (LayerConfig part : layer.parts()) {
      result.addAll(trained(part));
    }
    result.addAll(own(layer, true));
    return result;
  }

  /** All others, in Keras's order: what a frozen layer would train comes first. */
  private static List<Slot> kept(LayerConfig layer) {
    List<Slot> result = new ArrayList<>();
    if (!layer.trainable()) {
      for (LayerConfig part : layer.parts()) {
        result.addAll(trained(part));
      }
      result.addAll(own(layer, true));
    }
    for (LayerConfig part : layer.parts()) {
      result.addAll(kept(part));
    }
    result.addAll(own(layer, false));
    return result;
  }

  private static List<Slot> own(LayerConfig layer, boolean trained) {
    if (layer.model().isPresent() || layer.operation()) {
      return List.of();
    }
    LayerKind kind = LayerTable.of(layer);
    return (trained ? kind.trained() : kind.kept())
        .apply(layer.settings()).stream().map(name -> new Slot(layer, name)).toList();
  }

  /** A class's name as Keras makes a path of it: BatchNormalization becomes batch_normalization. */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  private static ModelRefusedException missing(LayerConfig layer, String reason) {
    return new ModelRefusedException(layer.place(), reason, Hdf5.SAVE_AGAIN);
  }
}
