package org.unvanish.model;

import java.util.List;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;

/** Lines of Keras. */
final class KerasWords implements RemedyCode.RemedyWords {

  @Override
  public List<String> initialization(PrescribedInitialization values, List<String> layers) {
    return List.of(
        "# where these layers are made: %s".formatted(String.join(", ", layers)),
        "kernel_initializer=\"%s\", bias_initializer=\"zeros\""
            .formatted(values == PrescribedInitialization.GLOROT ? "glorot_uniform" : "he_normal"));
  }

  @Override
  public List<String> activation(String behind, String function, double alpha) {
    String number = RemedyCode.number(alpha);
    String call =
        "keras.activations."
            + (function.equals("logistic") ? "sigmoid" : function.replace('-', '_'));
    return List.of(
        "# of %s:".formatted(behind),
        alpha == 1
            ? "activation=" + call
            : "activation=lambda z: %s * %s(z / %s)".formatted(number, call, number));
  }

  @Override
  public List<String> factor(String layer, double factor) {
    return List.of(
        "# in front of %s:".formatted(layer),
        "keras.layers.Rescaling(%s)".formatted(RemedyCode.number(factor)));
  }

  @Override
  public List<String> penalty(double r, List<String> layers) {
    return List.of(
        "# where these layers are made: %s".formatted(String.join(", ", layers)),
        "kernel_regularizer=keras.regularizers.L2(%1$s), bias_regularizer=keras.regularizers.L2(%1$s)"
            .formatted(RemedyCode.number(r / 2)));
  }

  @Override
  public List<String> other(OtherRemedy remedy) {
    return switch (remedy) {
      case SCALE_INPUTS ->
          List.of(
              "normalization = keras.layers.Normalization()  # the first layer of the model",
              "normalization.adapt(x_train)");
      case SCALE_TARGETS -> List.of("y = (y - y_train.mean(0)) / y_train.std(0)");
      case FUSED_LOSS ->
          List.of(
              "# leave the last activation out, and:",
              "loss = keras.losses.BinaryCrossentropy(from_logits=True)");
      case FUSED_SOFTMAX ->
          List.of(
              "# leave the last softmax out, and:",
              "loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)");
      case ORTHOGONAL_RECURRENT -> List.of("recurrent_initializer=\"orthogonal\"");
      case CLIPPED_GRADIENTS -> List.of("# of the optimizer:", "clipnorm=1.0");
      case LOWER_LEARNING_RATE -> List.of("optimizer.learning_rate = optimizer.learning_rate / 10");
      case MUCH_LOWER_LEARNING_RATE ->
          List.of("optimizer.learning_rate = optimizer.learning_rate / 100");
      case HIGHER_LEARNING_RATE ->
          List.of("optimizer.learning_rate = optimizer.learning_rate * 10");
      case MUCH_HIGHER_LEARNING_RATE ->
          List.of("optimizer.learning_rate = optimizer.learning_rate * 100");
      case NO_LAST_ACTIVATION, WEAKER_PENALTY, WIDER_LAYERS ->
          List.of(RemedyCode.comment("#", remedy));
      case USE_TANH -> List.of();
    };
  }
}
