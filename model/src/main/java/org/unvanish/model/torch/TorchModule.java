package org.unvanish.model.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.model.ModelRefusedException;

/**
 * A pickled {@code nn.Module}: its class, its settings, its tensors and the modules in it.
 *
 * @param path as in {@code model.named_modules()}; empty for the whole model
 * @param object its fields
 */
record TorchModule(String path, PickledObject object) {

  /** The fields in which {@code nn.Module} keeps what is not plain settings. */
  private static final String PARAMETERS = "_parameters";

  private static final String BUFFERS = "_buffers";
  private static final String MODULES = "_modules";

  private static final List<String> HOOKS =
      List.of("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks");

  /**
   * @param object any value of a pickle
   * @return empty if it is no module
   */
  static Optional<TorchModule> of(String path, Object object) {
    return object instanceof PickledObject fields && fields.field(MODULES).isPresent()
        ? Optional.of(new TorchModule(path, fields))
        : Optional.empty();
  }

  /** The class: {@code torch.nn.modules.linear.Linear}. */
  String type() {
    return object.type().qualified();
  }

  /** How messages name it. */
  String place() {
    return (path.isEmpty() ? "the model" : "module " + path) + " (" + type() + ")";
  }

  ModelRefusedException refused(String reason, String wayOut) {
    return new ModelRefusedException(place(), reason, wayOut);
  }

  /** The name of something in it. */
  String name(String own) {
    return path.isEmpty() ? own : path + "." + own;
  }

  /**
   * The modules in it.
   *
   * @throws ModelRefusedException if one is none
   */
  List<TorchModule> children() {
    return entries(MODULES).entrySet().stream()
        .filter(entry -> entry.getValue() != PickledNone.NONE)
        .map(
            entry ->
                of(name(entry.getKey()), entry.getValue())
                    .orElseThrow(
                        () -> refused("\"" + entry.getKey() + "\" in it is no module", "")))
        .toList();
  }

  /** Its own parameters and then its buffers, by their names in it. */
  Map<String, TorchTensor> tensors() {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    for (String field : List.of(PARAMETERS, BUFFERS)) {
      entries(field)
          .forEach(
              (name, value) -> {
                if (value instanceof TorchTensor tensor) {
                  tensors.put(name, tensor);
                } else if (value != PickledNone.NONE) {
                  throw noTensor(name, value);
                }
              });
    }
    return tensors;
  }

  /** A parameter or buffer. */
  Optional<TorchTensor> tensor(String name) {
    for (String field : List.of(PARAMETERS, BUFFERS)) {
      Object value = entriesOfAnyKey(field).get(name);
      if (value instanceof TorchTensor tensor) {
        return Optional.of(tensor);
      }
      if (value != null && value != PickledNone.NONE) {
        throw noTensor(name, value);
      }
    }
    return Optional.empty();
  }

  private ModelRefusedException noTensor(String name, Object value) {
    return refused("\"" + name + "\" is no plain tensor but " + Described.of(value), "");
  }

  /** How many entries there are to look through: of modules, parameters and buffers. */
  int width() {
    return entriesOfAnyKey(MODULES).size()
        + entriesOfAnyKey(PARAMETERS).size()
        + entriesOfAnyKey(BUFFERS).size();
  }

  private Map<String, Object> entries(String field) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entriesOfAnyKey(field)
        .forEach(
            (key, value) -> {
              if (!(key instanceof String name)) {
                throw refused("its field " + field + " has a key that is no text", "");
              }
              entries.put(name, value);
            });
    return entries;
  }

  /**
   * Makes sure that its forward pass is that of its class.
   *
   * @throws ModelRefusedException if it has hooks or a forward pass of its own
   */
  void requirePlain() {
    for (String hooks : HOOKS) {
      if (!entriesOfAnyKey(hooks).isEmpty()) {
        throw refused(
            "it has hooks (%s), which may change what it computes".formatted(hooks),
            "Remove them, as torch.nn.utils.remove_weight_norm does, or let PyTorch say what they do: "
                + WayOut.EXPORT);
      }
    }
    if (object.field("forward").isPresent()) {
      throw refused("it has a forward pass of its own", WayOut.EXPORT);
    }
  }

  private Map<Object, Object> entriesOfAnyKey(String field) {
    return object.field(field).orElse(null) instanceof PickledDict dict ? dict.entries() : Map.of();
  }

  /** Whether a field is there and not {@code None}. */
  boolean has(String field) {
    return object.field(field).filter(value -> value != PickledNone.NONE).isPresent();
  }

  boolean flag(String field, boolean absent) {
    if (!has(field)) {
      return absent;
    }
    if (object.field(field).orElse(null) instanceof Boolean flag) {
      return flag;
    }
    throw unexpected(field, "true or false");
  }

  double number(String field, double absent) {
    if (!has(field)) {
      return absent;
    }
    Object value = object.field(field).orElseThrow();
    if (value instanceof Long whole) {
      return whole;
    }
    if (value instanceof Double number) {
      return number;
    }
    throw unexpected(field, "a number");
  }

  /** A number that must be there. */
  int integer(String field) {
    return Math.toIntExact(integers(field, 1)[0]);
  }

  String text(String field, String absent) {
    return object.field(field).orElse(absent) instanceof String text ? text : absent;
  }

  /**
   * Whole numbers, of which the file may have one for all.
   *
   * @param count how many are wanted
   */
  long[] integers(String field, int count) {
    Object value = object.field(field).orElse(PickledNone.NONE);
    if (value instanceof Long number) {
      long[] all = new long[count];
      Arrays.fill(all, requireRange(field, number));
      return all;
    }
    if (value instanceof PickledList list && list.size() == count) {
      return integers(field);
    }
    throw unexpected(field, count == 1 ? "a whole number" : count + " whole numbers");
  }

  /** As many whole numbers as there are. */
  long[] integers(String field) {
    Object value = object.field(field).orElse(PickledNone.NONE);
    if (value instanceof PickledList list
        && list.items().stream().allMatch(item -> item instanceof Long)) {
      return list.items().stream().mapToLong(item -> requireRange(field, (Long) item)).toArray();
    }
    return integers(field, 1);
  }

  private long requireRange(String field, long number) {
    if (Math.abs(number) > Integer.MAX_VALUE) {
      throw unexpected(field, "a number of 32 bits");
    }
    return number;
  }

  /** Refuses it for a setting. */
  ModelRefusedException unexpected(String field, String wanted) {
    return refused(
        "its %s must be %s, but is %s"
            .formatted(field, wanted, Described.of(object.field(field).orElse(PickledNone.NONE))),
        "");
  }
}
