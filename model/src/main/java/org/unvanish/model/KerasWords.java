package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.RemedyCode.Place;

/** Lines of Keras, which compiles anew what has another activation or loss. */
final class KerasWords implements RemedyCode.RemedyWords {

  private static final String COMPILE = "# and then: model.compile(…), as before";

  private int functions;

  @Override
  public List<String> initialization(
      @Nullable PrescribedInitialization values, boolean orthogonal, List<String> layers) {
    List<String> lines = new ArrayList<>();
    if (values != null) {
      String call = values == PrescribedInitialization.GLOROT ? "GlorotUniform" : "HeNormal";
      lines.add("# before training: %s initialization, biases of 0".formatted(values.label()));
      lines.add("for name in [%s]:".formatted(names(layers)));
      lines.add("    for weight in model.get_layer(name).trainable_weights:");
      lines.add("        if \"bias\" in weight.name:");
      lines.add("            weight.assign(keras.initializers.Zeros()(weight.shape))");
      lines.add("        elif len(weight.shape) > 1:");
      lines.add("            weight.assign(keras.initializers.%s()(weight.shape))".formatted(call));
      lines.add("");
    }
    if (orthogonal) {
      lines.add("# before training: recurrent weights of orthogonal matrices, one for each gate");
      lines.add("for weight in model.trainable_weights:");
      lines.add("    if \"recurrent_kernel\" in weight.name:");
      lines.add("        units = weight.shape[0]");
      lines.add("        weight.assign(numpy.concatenate([");
      lines.add("            keras.initializers.Orthogonal()((units, units))");
      lines.add("            for gate in range(weight.shape[1] // units)], axis=1))");
      lines.add("");
    }
    return lines;
  }

  /** Of names of layers that stand in a model, without those of what the model stands in. */
  private static String names(List<String> layers) {
    return RemedyCode.quoted(layers.stream().map(KerasWords::name).distinct().toList());
  }

  private static String name(String layer) {
    return layer.substring(Math.max(layer.lastIndexOf('/'), layer.lastIndexOf('.')) + 1);
  }

  @Override
  public List<String> activations(List<Place> places) {
    List<String> lines = new ArrayList<>();
    RemedyCode.together(places)
        .forEach(
            (activation, same) -> {
              List<String> layers = same.stream().flatMap(p -> p.module().stream()).toList();
              String function = ++functions == 1 ? "scaled" : "scaled" + functions;
              lines.add(
                  "# %s behind %s"
                      .formatted(RemedyCode.formula(activation), RemedyCode.behind(same)));
              lines.add("def %s(z):".formatted(function));
              lines.add("    return " + RemedyCode.value(activation, KerasWords::call));
              lines.add("");
              if (layers.isEmpty()) {
                lines.add("# where the model is made: activation=%s".formatted(function));
              } else {
                lines.addAll(activation(layers, function));
              }
            });
    return lines;
  }

  private static List<String> activation(List<String> layers, String function) {
    return List.of(
        "for name in [%s]:".formatted(names(layers)),
        "    layer = model.get_layer(name)",
        "    assert hasattr(layer, \"activation\"), name + \" has no activation= to set\"",
        "    layer.activation = " + function,
        COMPILE);
  }

  private static String call(ActivationFunction function, String z) {
    return switch (function) {
      case TANH -> "keras.activations.tanh(%s)".formatted(z);
      case LOGISTIC -> "keras.activations.sigmoid(%s)".formatted(z);
      case LOG_SIGMOID -> "-keras.activations.softplus(-(%s))".formatted(z);
      case ARCTAN -> "keras.ops.arctan(%s)".formatted(z);
      case SOFTSIGN -> "keras.activations.softsign(%s)".formatted(z);
      case RELU -> "keras.activations.relu(%s)".formatted(z);
      case IDENTITY -> "(%s)".formatted(z);
      case ERF -> "keras.ops.erf(%s)".formatted(z);
      case HARD_TANH -> "keras.ops.clip(%s, -1.0, 1.0)".formatted(z);
      case HARD_SIGMOID -> "keras.ops.clip((%s + 3.0) / 6.0, 0.0, 1.0)".formatted(z);
      case LECUN_TANH -> "(1.7159 * keras.activations.tanh(2 / 3 * (%s)))".formatted(z);
      case PENALISED_TANH ->
          "keras.ops.where(z > 0, keras.activations.tanh(%1$s), 0.25 * keras.activations.tanh(%1$s))"
              .formatted(z);
      case GELU -> "keras.activations.gelu(%s)".formatted(z);
      case SILU -> "((%1$s) * keras.activations.sigmoid(%1$s))".formatted(z);
      case ELU -> "keras.activations.elu(%s)".formatted(z);
      case SELU -> "keras.activations.selu(%s)".formatted(z);
      case LEAKY_RELU -> "keras.ops.maximum(%1$s, 0.01 * (%1$s))".formatted(z);
      case SOFTPLUS -> "keras.activations.softplus(%s)".formatted(z);
      case SINE -> "keras.ops.sin(%s)".formatted(z);
    };
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "# where the model is made, in front of %s".formatted(layer),
        "keras.layers.Rescaling(%s)".formatted(RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r) {
    return List.of(
        "# loss is a function, such as keras.losses.MeanSquaredError()",
        "penalty = keras.regularizers.L2(%s / 2)".formatted(RemedyCode.number(r)),
        "def penalised(y_true, y_pred):",
        "    return loss(y_true, y_pred) + sum(penalty(w) for w in model.trainable_weights)",
        "",
        "model.compile(optimizer=optimizer, loss=penalised)");
  }

  @Override
  public List<String> other(OtherRemedy remedy, Place last) {
    return switch (remedy) {
      case SCALE_INPUTS ->
          List.of(
              "normalization = keras.layers.Normalization()  # the first layer of the model",
              "normalization.adapt(x_train)");
      case SCALE_TARGETS -> List.of("y = (y - y_train.mean(0)) / y_train.std(0).clip(1e-6)");
      case FUSED_LOSS ->
          withoutLast(last, "loss = keras.losses.BinaryCrossentropy(from_logits=True)");
      case FUSED_SOFTMAX ->
          withoutLast(last, "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)");
      case NO_LAST_ACTIVATION -> withoutLast(last);
      case CLIPPED_GRADIENTS -> List.of("optimizer.global_clipnorm = 1.0");
      case LOWER_LEARNING_RATE -> rate("/ 10");
      case MUCH_LOWER_LEARNING_RATE -> rate("/ 100");
      case HIGHER_LEARNING_RATE -> rate("* 10");
      case MUCH_HIGHER_LEARNING_RATE -> rate("* 100");
      case WEAKER_PENALTY, WIDER_LAYERS -> RemedyCode.comment("#", remedy);
      case USE_TANH, ORTHOGONAL_RECURRENT -> List.of();
    };
  }

  private static List<String> withoutLast(Place last, String... loss) {
    List<String> lines = new ArrayList<>();
    Optional<String> layer = last.module();
    lines.add("# without the last activation");
    if (layer.isPresent()) {
      lines.addAll(activation(List.of(layer.get()), "keras.activations.linear"));
    }
    lines.addAll(List.of(loss));
    return lines;
  }

  private static List<String> rate(String change) {
    return List.of("optimizer.learning_rate = optimizer.learning_rate " + change);
  }
}
