package org.unvanish.model.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Finds the tensors of a model among what a file has. */
final class StateDict {

  /** What people call it beside an epoch, an optimizer and the like. */
  static final List<String> KEYS =
      List.of("state_dict", "model_state_dict", "model", "net", "network", "module");

  private StateDict() {}

  /** Whether there are tensors by name. */
  static boolean isIn(Object content) {
    return dict(content).isPresent();
  }

  /**
   * The tensors by name, in the order of the file: of a {@code state_dict}, of one under a usual
   * key, or of a whole model of any class.
   *
   * @throws ModelRefusedException if there are none, or one is no plain tensor
   */
  static Map<String, TorchTensor> tensors(Object content, Limits limits) {
    Optional<TorchModule> module = TorchModule.of("", content);
    if (module.isPresent()) {
      return ModuleTree.tensors(module.get(), limits);
    }
    Optional<PickledDict> dict = dict(content);
    if (dict.isPresent()) {
      return tensors(dict.get());
    }
    if (content instanceof PickledDict outer) {
      for (String key : KEYS) {
        Optional<TorchModule> inner = outer.get(key).flatMap(value -> TorchModule.of("", value));
        if (inner.isPresent()) {
          return ModuleTree.tensors(inner.get(), limits);
        }
      }
    }
    throw new ModelRefusedException(
        "",
        "it has no weights by their names, but " + Described.of(content),
        "Save them with torch.save(model.state_dict(), file).");
  }

  private static Optional<PickledDict> dict(Object content) {
    if (!(content instanceof PickledDict dict)) {
      return Optional.empty();
    }
    if (hasTensors(dict)) {
      return Optional.of(dict);
    }
    for (String key : KEYS) {
      if (dict.get(key).orElse(null) instanceof PickledDict inner && hasTensors(inner)) {
        return Optional.of(inner);
      }
    }
    return Optional.empty();
  }

  private static boolean hasTensors(PickledDict dict) {
    return dict.entries().values().stream().anyMatch(TorchTensor.class::isInstance);
  }

  private static Map<String, TorchTensor> tensors(PickledDict dict) {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    dict.entries()
        .forEach(
            (key, value) -> {
              if (!(key instanceof String name) || !(value instanceof TorchTensor tensor)) {
                throw new ModelRefusedException(
                    "\"" + Described.of(key) + "\"",
                    "it is no tensor with a name, but " + Described.of(value),
                    "Save the weights alone with torch.save(model.state_dict(), file).");
              }
              tensors.put(name, tensor);
            });
    return tensors;
  }
}
