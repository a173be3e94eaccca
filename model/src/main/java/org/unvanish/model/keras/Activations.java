package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/**
 * Activation functions by Keras's names. Those without an operator of ONNX are composed, as
 * exporters do: silu is z · sigmoid(z), gelu is z · ½ (1 + erf(z / √2)).
 */
final class Activations {
  /** One function as nodes; the name of the last. */
  private interface Writer {
    Value of(LayerCall call, Value z);
  }

  /** A function within a recurrent layer, as ONNX names it, with its two numbers. */
  record Recurrent(String name, double alpha, double beta) {}

  private static final Attributes NONE = Attributes.NONE;
  private static final Map<String, Writer> TABLE = table();

  private Activations() {}

  /** What follows a layer whose setting {@code activation} may name a function. */
  static Value after(LayerCall call, Value z) {
    JsonNode setting = call.settings().get("activation");
    if (setting.isObject() && LayerTable.isActivation(setting.path("class_name").asText())) {
      return LayerTable.activation(call, setting, z);
    }
    String name = name(call, "activation", "linear");
    Writer writer = TABLE.get(name);
    if (writer == null) {
      throw unknown(call, name);
    }
    return writer.of(call, z);
  }

  /** A function of a recurrent layer. */
  static Recurrent recurrent(LayerCall call, String setting, String absent) {
    String name = name(call, setting, absent);
    return switch (name) {
      case "tanh" -> new Recurrent("Tanh", 0, 0);
      case "sigmoid" -> new Recurrent("Sigmoid", 0, 0);
      case "relu" -> new Recurrent("Relu", 0, 0);
      case "softsign" -> new Recurrent("Softsign", 0, 0);
      case "softplus" -> new Recurrent("Softplus", 0, 0);
      case "elu" -> new Recurrent("Elu", 1, 0);
      case "hard_sigmoid" -> new Recurrent("HardSigmoid", hardSlope(call), 0.5);
      case "linear" -> new Recurrent("Affine", 1, 0);
      default -> throw unknown(call, name);
    };
  }

  private static RuntimeException unknown(LayerCall call, String name) {
    return call.refused(
        "its activation \"" + name + "\" is not one that Unvanish knows",
        "Use one of Keras's common functions, or: " + ModelParser.EXPORT);
  }

  /** A name, or an object that says which function of Keras it is. */
  private static String name(LayerCall call, String setting, String absent) {
    JsonNode value = call.settings().get(setting);
    if (value.isMissingNode()) { // Keras writes null for none; what is absent has the layer's own.
      return call.settings().isNull(setting) ? "linear" : absent;
    }
    if (value.isTextual()) {
      return value.textValue();
    }
    Optional<String> inner = Optional.of(value.path("config")).map(JsonNode::textValue);
    return inner.orElseGet(() -> value.path("class_name").asText("?"));
  }

  /** Keras 3 changed it from ⅕ to ⅙. */
  private static double hardSlope(LayerCall call) {
    return call.keras() >= 3 ? 1.0 / 6 : 0.2;
  }

  /** Softmax over one of Keras's axes. */
  static Value softmax(LayerCall call, Value z, int axis, String operator) {
    if (z.rank() == 0 || axis < -z.rank() || axis >= z.rank()) {
      throw call.refused("it has no axis " + axis, "");
    }
    return simple(call, z, operator, NONE.with("axis", (long) z.axis(axis)));
  }

  /** A function with an operator of its own. */
  static Value simple(LayerCall call, Value z, String operator, Attributes attributes) {
    return z.renamed(call.node(operator, operator.toLowerCase(Locale.ROOT), attributes, z.name()));
  }

  private static Writer simple(String operator) {
    return (call, z) -> simple(call, z, operator, NONE);
  }

  private static Map<String, Writer> table() {
    Map<String, Writer> table = new TreeMap<>();
    table.put("linear", (call, z) -> z);
    table.put("tanh", simple("Tanh"));
    table.put("sigmoid", simple("Sigmoid"));
    table.put("relu", simple("Relu"));
    table.put("softplus", simple("Softplus"));
    table.put("softsign", simple("Softsign"));
    table.put("elu", simple("Elu"));
    table.put("selu", simple("Selu"));
    table.put("exponential", simple("Exp"));
    table.put("leaky_relu", (call, z) -> simple(call, z, "LeakyRelu", NONE.with("alpha", 0.2)));
    table.put(
        "hard_sigmoid",
        (call, z) ->
            simple(call, z, "HardSigmoid", NONE.with("alpha", hardSlope(call)).with("beta", 0.5)));
    table.put("relu6", (call, z) -> clip(call, z, 0, 6));
    table.put("hard_tanh", (call, z) -> clip(call, z, -1, 1));
    table.put("softmax", (call, z) -> softmax(call, z, -1, "Softmax"));
    table.put("log_softmax", (call, z) -> softmax(call, z, -1, "LogSoftmax"));
    table.put("log_sigmoid", Activations::logSigmoid);
    table.put("gelu", Activations::gelu);
    table.put("silu", (call, z) -> times(call, z, simple(call, z, "Sigmoid", NONE)));
    table.put("swish", table.get("silu"));
    table.put(
        "mish",
        (call, z) -> times(call, z, simple(call, simple(call, z, "Softplus", NONE), "Tanh", NONE)));
    table.put("hard_silu", (call, z) -> times(call, z, hardSixth(call, z)));
    table.put("hard_swish", table.get("hard_silu"));
    table.put(
        "tanh_shrink",
        (call, z) -> {
          String tanh = call.node("Tanh", "tanh", NONE, z.name());
          return z.renamed(call.node("Sub", "tanh_shrink", NONE, z.name(), tanh));
        });
    return table;
  }

  private static Value hardSixth(LayerCall call, Value z) {
    return simple(call, z, "HardSigmoid", NONE.with("alpha", 1.0 / 6).with("beta", 0.5));
  }

  private static Value times(LayerCall call, Value z, Value gate) {
    return z.renamed(call.node("Mul", "gated", NONE, z.name(), gate.name()));
  }

  /** −softplus(−z). */
  private static Value logSigmoid(LayerCall call, Value z) {
    String negative = call.node("Neg", "negative", NONE, z.name());
    String softplus = call.node("Softplus", "softplus", NONE, negative);
    return z.renamed(call.node("Neg", "log_sigmoid", NONE, softplus));
  }

  private static Value gelu(LayerCall call, Value z) {
    String root = call.constant("root", Tensor.scalar(Math.sqrt(2)));
    String scaled = call.node("Div", "scaled", NONE, z.name(), root);
    String erf = call.node("Erf", "erf", NONE, scaled);
    String one = call.constant("one", Tensor.scalar(1));
    String shifted = call.node("Add", "shifted", NONE, erf, one);
    String product = call.node("Mul", "product", NONE, z.name(), shifted);
    String half = call.constant("half", Tensor.scalar(0.5));
    return z.renamed(call.node("Mul", "gelu", NONE, product, half));
  }

  /** Between two bounds. */
  static Value clip(LayerCall call, Value z, double low, double high) {
    String least = call.constant("least", Tensor.scalar(low));
    String most = call.constant("most", Tensor.scalar(high));
    return z.renamed(call.node("Clip", "clip", NONE, z.name(), least, most));
  }
}
