package org.unvanish.model.graph;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The activation functions that a recurrent node names, one list for all of its directions. */
final class RecurrentCurves {
  /** Those that recurrent operators may have, by their names in lower case. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("relu", "Relu"),
          Map.entry("tanh", "Tanh"),
          Map.entry("sigmoid", "Sigmoid"),
          Map.entry("affine", "Affine"),
          Map.entry("leakyrelu", "LeakyRelu"),
          Map.entry("thresholdedrelu", "ThresholdedRelu"),
          Map.entry("scaledtanh", "ScaledTanh"),
          Map.entry("hardsigmoid", "HardSigmoid"),
          Map.entry("elu", "Elu"),
          Map.entry("softsign", "Softsign"),
          Map.entry("softplus", "Softplus"));

  private static final List<String> WITH_BETA = List.of("Affine", "ScaledTanh", "HardSigmoid");
  private static final List<String> WITH_ALPHA =
      List.of("Affine", "ScaledTanh", "HardSigmoid", "LeakyRelu", "ThresholdedRelu", "Elu");

  private RecurrentCurves() {}

  /**
   * One function.
   *
   * @param index in the list of all directions
   * @param absent what one direction has where the node does not say
   */
  static Curve of(Call call, int index, int directions, String... absent) {
    List<String> names = call.attributes().texts("activations");
    if (names.isEmpty()) {
      String name = absent[index % absent.length];
      return clipped(call, Curve.of(name, Curve.alpha(name), Curve.beta(name)));
    }
    if (names.size() != directions * absent.length) {
      throw call.refused("it has " + names.size() + " activations");
    }
    double[] alphas = call.attributes().numbers("activation_alpha");
    double[] betas = call.attributes().numbers("activation_beta");
    String name = "";
    int alpha = -1;
    int beta = -1;
    // The values are those of the functions that need one, in their order.
    for (int i = 0; i <= index; i++) {
      name = NAMES.getOrDefault(names.get(i).toLowerCase(Locale.ROOT), names.get(i));
      alpha += WITH_ALPHA.contains(name) ? 1 : 0;
      beta += WITH_BETA.contains(name) ? 1 : 0;
    }
    boolean ownAlpha = WITH_ALPHA.contains(name) && alpha < alphas.length;
    boolean ownBeta = WITH_BETA.contains(name) && beta < betas.length;
    return clipped(
        call,
        Curve.of(
            name,
            ownAlpha ? alphas[alpha] : Curve.alpha(name),
            ownBeta ? betas[beta] : Curve.beta(name)));
  }

  private static Curve clipped(Call call, Curve curve) {
    double clip = call.attributes().number("clip", 0);
    if (clip <= 0) {
      return curve;
    }
    return new Curve(
        x -> curve.value().applyAsDouble(Math.max(-clip, Math.min(clip, x))),
        (x, y) -> Math.abs(x) < clip ? curve.slope().applyAsDouble(x, y) : 0);
  }
}
