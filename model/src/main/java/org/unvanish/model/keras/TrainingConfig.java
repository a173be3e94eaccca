package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.model.TrainingNote.FileLoss;
import org.unvanish.model.TrainingNote.FileOptimizer;
import org.unvanish.model.TrainingNote.FileRegularizer;

/**
 * How Keras writes losses, optimizers, regularisers and initialisers: as a name, or as an object
 * with {@code class_name} and {@code config}. Nothing here decides what a model computes, so what
 * is not understood is left out, and nothing is refused.
 */
final class TrainingConfig {
  private static final Map<String, Loss> LOSSES =
      Map.ofEntries(
          Map.entry("sparsecategoricalcrossentropy", new SoftmaxCrossEntropy()),
          Map.entry("categoricalcrossentropy", new SoftmaxCrossEntropy()),
          Map.entry("binarycrossentropy", new BinaryCrossEntropy()),
          Map.entry("bce", new BinaryCrossEntropy()),
          Map.entry("meansquarederror", new MeanSquaredError()),
          Map.entry("mse", new MeanSquaredError()),
          Map.entry("meanabsoluteerror", new MeanAbsoluteError()),
          Map.entry("mae", new MeanAbsoluteError()),
          Map.entry("huber", new Huber()),
          Map.entry("huberloss", new Huber()));

  private static final Set<String> LIKE_ADAM = Set.of("adam", "adamw", "nadam");

  /** What Keras takes where a file has no ε: {@code keras.config.epsilon()}. */
  private static final double USUAL_EPSILON = 1e-7;

  /** What Keras takes for a regulariser that is only named. */
  private static final double USUAL_FACTOR = 0.01;

  private TrainingConfig() {}

  /**
   * The loss of a model with one output.
   *
   * @param training as {@code training_config} of Keras 2 or {@code compile_config} of Keras 3
   */
  static Optional<FileLoss> loss(JsonNode training) {
    JsonNode node = training.path("loss");
    // Of each output one, in a list or by the outputs' names.
    while (node.size() == 1) {
      node = node.iterator().next();
    }
    String name = name(node);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    JsonNode config = node.path("config");
    Loss known = LOSSES.get(plain(name));
    double delta = config.path("delta").asDouble(Huber.DEFAULT_DELTA);
    if (known instanceof Huber && delta > 0 && Double.isFinite(delta)) {
      known = new Huber(delta);
    }
    return Optional.of(
        new FileLoss(
            name, Optional.ofNullable(known), config.path("from_logits").asBoolean(false)));
  }

  /**
   * The optimizer.
   *
   * @param training as {@code training_config} of Keras 2 or {@code compile_config} of Keras 3
   */
  static Optional<FileOptimizer> optimizer(JsonNode training) {
    JsonNode node =
        training.has("optimizer_config")
            ? training.get("optimizer_config")
            : training.path("optimizer");
    // One that scales the loss for half precision has the real one inside.
    while (node.path("config").has("inner_optimizer")) {
      node = node.get("config").get("inner_optimizer");
    }
    String name = name(node);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    JsonNode config = node.path("config");
    JsonNode rate = config.has("learning_rate") ? config.get("learning_rate") : config.path("lr");
    OptionalDouble epsilon =
        LIKE_ADAM.contains(plain(name))
            ? OptionalDouble.of(config.path("epsilon").asDouble(USUAL_EPSILON))
            : OptionalDouble.empty();
    return Optional.of(
        new FileOptimizer(
            name,
            number(rate.isObject() ? rate.path("config").path("initial_learning_rate") : rate),
            epsilon.stream().anyMatch(e -> e > 0) ? epsilon : OptionalDouble.empty()));
  }

  /** Whether there is no regulariser, or one that is a sum over the parameters. */
  static boolean isKnownRegularizer(JsonNode node) {
    return !node.isObject() || node.path("config").has("l1") || node.path("config").has("l2");
  }

  /** A regulariser that is a sum over the parameters; empty of others, and of one that is 0. */
  static Optional<FileRegularizer> regularizer(JsonNode node) {
    JsonNode config = node.path("config");
    double l1 = config.path("l1").asDouble(0);
    double l2 = config.path("l2").asDouble(0);
    if (node.isTextual()) {
      String name = plain(node.textValue());
      l1 = name.equals("l1") || name.equals("l1l2") ? USUAL_FACTOR : 0;
      l2 = name.equals("l2") || name.equals("l1l2") ? USUAL_FACTOR : 0;
    }
    return l1 >= 0 && l2 >= 0 && l1 + l2 > 0 && Double.isFinite(l1 + l2)
        ? Optional.of(new FileRegularizer(l1, l2))
        : Optional.empty();
  }

  /** An initialiser's name, in Keras's own short words; empty where there is none. */
  static Optional<String> initializer(JsonNode node) {
    String name = name(node);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    // As Keras 2.0 to 2.2 wrote those that have names.
    return Optional.of(
        name.equals("VarianceScaling") ? scaling(node.path("config")) : Weights.snakeCase(name));
  }

  private static String scaling(JsonNode config) {
    double scale = config.path("scale").asDouble(1);
    String mode = config.path("mode").asText("");
    String family =
        mode.equals("fan_avg") && scale == 1
            ? "glorot"
            : mode.equals("fan_in") && scale == 2
                ? "he"
                : mode.equals("fan_in") && scale == 1 ? "lecun" : "";
    return family.isEmpty()
        ? "variance_scaling"
        : family
            + (config.path("distribution").asText("").equals("uniform") ? "_uniform" : "_normal");
  }

  /** Of a function, the config is its name. */
  private static String name(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    String className = node.path("class_name").asText("");
    return className.equals("function") ? node.path("config").asText("") : className;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static OptionalDouble number(JsonNode node) {
    return node.isNumber() && Double.isFinite(node.doubleValue())
        ? OptionalDouble.of(node.doubleValue())
        : OptionalDouble.empty();
  }
}
