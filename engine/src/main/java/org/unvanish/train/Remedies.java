package org.unvanish.train;

import java.util.List;
import java.util.function.UnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;

/** Networks as remedies make them. */
final class Remedies {

  private Remedies() {}

  /** The network with all of its fixed scales α multiplied; learned ones find their own way. */
  static Network scaled(Network network, double factor) {
    return mapped(
        network,
        a ->
            a.scale() instanceof Scale.Fixed fixed
                ? Activation.scaled(a.function(), fixed.alpha() * factor)
                : a);
  }

  /** The network with tanh in place of all its activation functions. */
  static Network withTanh(Network network) {
    return mapped(network, a -> new Activation(ActivationFunction.TANH, a.scale()));
  }

  private static Network mapped(Network network, UnaryOperator<Activation> change) {
    List<Layer> layers =
        network.layers().stream()
            .map(
                layer ->
                    layer instanceof Layer.Activated activated
                        ? new Layer.Activated(change.apply(activated.activation()))
                        : layer)
            .toList();
    return new Network(network.input(), layers);
  }

  /** All parameters times a factor. */
  static float[] shrunk(float[] parameters, double factor) {
    float[] result = new float[parameters.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (parameters[i] * factor);
    }
    return result;
  }
}
