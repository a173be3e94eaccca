package org.unvanish.model.keras;

import java.util.List;
import java.util.function.Function;

/**
 * What a class of layers has and computes.
 *
 * @param trained the names of weights that training changes, by the settings, in Keras's order
 * @param kept the names of those that it does not change, after them
 * @param translation how a call becomes nodes
 */
record LayerKind(
    Function<Settings, List<String>> trained,
    Function<Settings, List<String>> kept,
    Translation translation) {
  /** How a call becomes nodes. */
  interface Translation {
    /** One value for each output of the layer. */
    List<Value> of(LayerCall call);
  }

  /** A layer with one output and without weights. */
  static LayerKind plain(Function<LayerCall, Value> translation) {
    return new LayerKind(
        settings -> List.of(), settings -> List.of(), call -> List.of(translation.apply(call)));
  }

  /** A layer with one output, all of whose weights are trained. */
  static LayerKind weighted(
      Function<Settings, List<String>> weights, Function<LayerCall, Value> translation) {
    return new LayerKind(weights, settings -> List.of(), call -> List.of(translation.apply(call)));
  }

  /** A kernel, and a bias unless it is left out. */
  static List<String> kernelAndBias(Settings settings) {
    return settings.flag("use_bias", true) ? List.of("kernel", "bias") : List.of("kernel");
  }
}
