package org.unvanish.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.data.Shape;
import org.unvanish.internal.safetensors.Json;
import org.unvanish.internal.safetensors.JsonObject;
import org.unvanish.network.Activated;
import org.unvanish.network.AveragePooling;
import org.unvanish.network.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.MaxPooling;
import org.unvanish.network.Network;
import org.unvanish.network.SeparableConvolution;

/**
 * A network as JSON, as it stands in a model file; docs/api.md has the form. Files outlive
 * versions: no word of it changes, new ones may come.
 */
final class NetworkForm {

  /** Each kind of layer once, with its word and its numbers. */
  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(
              "dense",
              Dense.class,
              layer -> fields("units", layer.units(), "bias", layer.bias()),
              json -> new Dense(json.integer("units"), json.flag("bias"))),
          new Kind<>(
              "conv",
              Convolution.class,
              layer -> convolution(layer.kernel(), layer.filters(), layer.bias()),
              json ->
                  new Convolution(
                      json.integer("kernel"), json.integer("filters"), json.flag("bias"))),
          new Kind<>(
              "separable-conv",
              SeparableConvolution.class,
              layer -> convolution(layer.kernel(), layer.filters(), layer.bias()),
              json ->
                  new SeparableConvolution(
                      json.integer("kernel"), json.integer("filters"), json.flag("bias"))),
          new Kind<>(
              "max-pooling",
              MaxPooling.class,
              layer -> fields("size", layer.size()),
              json -> new MaxPooling(json.integer("size"))),
          new Kind<>(
              "average-pooling",
              AveragePooling.class,
              layer -> fields("size", layer.size()),
              json -> new AveragePooling(json.integer("size"))),
          new Kind<>(
              "activation",
              Activated.class,
              layer -> activation(layer.activation()),
              json -> new Activated(activation(json))));

  private record Kind<L extends Layer>(
      String word,
      Class<L> type,
      Function<L, Map<String, Object>> write,
      Function<JsonObject, L> read) {

    Map<String, Object> form(Layer layer) {
      Map<String, Object> form = fields("kind", word);
      form.putAll(write.apply(type.cast(layer)));
      return form;
    }
  }

  private NetworkForm() {}

  /** The text of a network. */
  static String write(Network network) {
    Shape input = network.input();
    return Json.write(
        fields(
            "input", List.of(input.channels(), input.rows(), input.columns()),
            "layers", network.layers().stream().map(NetworkForm::form).toList()));
  }

  private static Map<String, Object> form(Layer layer) {
    return KINDS.stream()
        .filter(kind -> kind.type().isInstance(layer))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no form for a layer " + layer.name()))
        .form(layer);
  }

  /**
   * The network of a text.
   *
   * @throws IllegalArgumentException if it is none; the message names the layer
   */
  static Network read(String text) {
    JsonObject json = new JsonObject(Json.read(text));
    List<Long> input = json.wholeNumbers("input");
    List<?> forms = json.list("layers");
    json.requireNoMore();
    if (input.size() != 3) {
      throw new IllegalArgumentException("\"input\" must be channels, rows and columns");
    }
    List<Layer> layers = new ArrayList<>();
    for (Object form : forms) {
      try {
        layers.add(layer(new JsonObject(form)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer " + (layers.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    return new Network(
        new Shape(size(input.get(0)), size(input.get(1)), size(input.get(2))), layers);
  }

  private static int size(long dimension) {
    return (int) Math.min(dimension, Integer.MAX_VALUE);
  }

  private static Layer layer(JsonObject json) {
    String word = json.text("kind");
    Layer layer =
        KINDS.stream()
            .filter(kind -> kind.word().equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no kind \"" + word + "\""))
            .read()
            .apply(json);
    json.requireNoMore();
    return layer;
  }

  private static Map<String, Object> convolution(int kernel, int filters, boolean bias) {
    return fields("kernel", kernel, "filters", filters, "bias", bias);
  }

  private static Map<String, Object> activation(Activation activation) {
    String function = activation.function().label();
    Scale scale = activation.scale();
    if (scale instanceof Scale.Fixed fixed) {
      return fields("function", function, "alpha", fixed.alpha());
    } else if (scale instanceof Scale.Learned learned) {
      return fields("function", function, "learned-alpha", learned.initialAlpha());
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
