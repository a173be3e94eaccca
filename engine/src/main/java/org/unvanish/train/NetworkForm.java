package org.unvanish.train;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.data.Shape;
import org.unvanish.internal.safetensors.JsonObject;
import org.unvanish.internal.safetensors.StrictJson;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;

/**
 * A network as JSON, as it stands in a model file; docs/api.md has the form. A layer is its record:
 * the name of the kind and of its parts. Files outlive versions, so no record is renamed; the test
 * of a file's bytes would tell.
 */
final class NetworkForm {

  /** The records that are kinds of layers, each under its word: {@code max-pooling}. */
  private static final Map<String, Class<? extends Layer>> KINDS =
      kinds(Layer.class)
          .collect(Collectors.toMap(NetworkForm::word, kind -> kind.asSubclass(Layer.class)));

  /**
   * Parts that came later: what they are where a file does not have them, as it is then written.
   */
  private static final Map<String, Object> USUAL = Map.of("stride", 1, "padding", Padding.SAME);

  private NetworkForm() {}

  /** The text of a network. */
  static String write(Network network) {
    Shape input = network.input();
    return StrictJson.write(
        fields(
            "input", List.of(input.channels(), input.rows(), input.columns()),
            "layers", forms(network.layers())));
  }

  private static List<Map<String, Object>> forms(List<?> layers) {
    return layers.stream().map(Layer.class::cast).map(NetworkForm::form).toList();
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(NetworkForm::kinds);
  }

  private static String word(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The word of the kind, and the parts of the record under their names. */
  private static Map<String, Object> form(Layer layer) {
    Map<String, Object> form = fields("kind", word(layer.getClass()));
    for (RecordComponent part : layer.getClass().getRecordComponents()) {
      Object value = value(layer, part);
      if (value instanceof Activation activation) {
        form.putAll(activation(activation));
      } else if (value instanceof List<?> inside) {
        form.put(part.getName(), forms(inside));
      } else if (!value.equals(USUAL.get(part.getName()))) {
        form.put(part.getName(), value instanceof Enum<?> constant ? word(constant) : value);
      }
    }
    return form;
  }

  private static Object value(Layer layer, RecordComponent part) {
    try {
      return part.getAccessor().invoke(layer);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no form for " + part, e);
    }
  }

  /**
   * The network of a text.
   *
   * @throws IllegalArgumentException if it is none; the message names the layer
   */
  static Network read(String text) {
    JsonObject json = new JsonObject(StrictJson.read(text));
    List<Long> input = json.wholeNumbers("input");
    List<?> forms = json.list("layers");
    json.requireNoMore();
    if (input.size() != 3) {
      throw new IllegalArgumentException("\"input\" must be channels, rows and columns");
    }
    return new Network(
        new Shape(size(input.get(0)), size(input.get(1)), size(input.get(2))), layers(forms));
  }

  private static List<Layer> layers(List<?> forms) {
    List<Layer> layers = new ArrayList<>();
    for (Object form : forms) {
      try {
        layers.add(layer(new JsonObject(form)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer " + (layers.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    return layers;
  }

  private static int size(long dimension) {
    return (int) Math.min(dimension, Integer.MAX_VALUE);
  }

  private static Layer layer(JsonObject json) {
    String word = json.text("kind");
    Class<? extends Layer> kind = KINDS.get(word);
    if (kind == null) {
      throw new IllegalArgumentException("there is no kind \"" + word + "\"");
    }
    RecordComponent[] parts = kind.getRecordComponents();
    Object[] values = Arrays.stream(parts).map(part -> value(json, part)).toArray();
    json.requireNoMore();
    try {
      return kind.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no layer of kind " + word, e);
    }
  }

  private static String word(Enum<?> constant) {
    return constant instanceof ActivationFunction function
        ? function.label()
        : constant.name().toLowerCase(Locale.ROOT);
  }

  private static Object value(JsonObject json, RecordComponent part) {
    Class<?> type = part.getType();
    Object usual = USUAL.get(part.getName());
    if (usual != null && !json.has(part.getName())) {
      return usual;
    } else if (type == int.class) {
      return json.integer(part.getName());
    } else if (type == double.class) {
      return json.number(part.getName());
    } else if (type == boolean.class) {
      return json.flag(part.getName());
    } else if (type == Activation.class) {
      return activation(json);
    } else if (type.isEnum()) {
      return constant(type, part.getName(), json.text(part.getName()));
    } else if (type == List.class) {
      return layers(json.list(part.getName()));
    }
    throw new IllegalStateException("no form for " + part);
  }

  private static Object constant(Class<?> type, String part, String word) {
    for (Object constant : type.getEnumConstants()) {
      if (word((Enum<?>) constant).equals(word)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("there is no %s \"%s\"".formatted(part, word));
  }

  private static Map<String, Object> activation(Activation activation) {
    String function = activation.function().label();
    Scale scale = activation.scale();
    if (scale instanceof Scale.Fixed fixed) {
      return fields("function", function, "alpha", fixed.alpha());
    } else if (scale instanceof Scale.Learned learned) {
      String key = learned.shared() ? "shared-alpha" : "learned-alpha";
      return fields("function", function, key, learned.initialAlpha());
    } else if (scale instanceof Scale.Dynamic dynamic) {
      return fields("function", function, "dynamic-alpha", dynamic.initialAlpha());
    } else if (scale instanceof Scale.Naive naive) {
      return fields("function", function, "factor", naive.factor());
    }
    throw new IllegalStateException("no form for a scale " + scale);
  }

  private static Activation activation(JsonObject json) {
    ActivationFunction function = function(json.text("function"));
    if (json.has("learned-alpha")) {
      return Activation.learned(function, json.number("learned-alpha"));
    }
    if (json.has("shared-alpha")) {
      return Activation.shared(function, json.number("shared-alpha"));
    }
    if (json.has("dynamic-alpha")) {
      return Activation.dynamic(function, json.number("dynamic-alpha"));
    }
    return json.has("factor")
        ? Activation.naive(function, json.number("factor"))
        : Activation.scaled(function, json.number("alpha"));
  }

  private static ActivationFunction function(String label) {
    for (ActivationFunction function : ActivationFunction.values()) {
      if (function.label().equals(label)) {
        return function;
      }
    }
    throw new IllegalArgumentException("there is no activation function \"" + label + "\"");
  }

  /** Names and values in turn, in their order. */
  private static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
