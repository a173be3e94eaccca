package org.unvanish.model.keras;

import java.util.List;
import java.util.Optional;

/**
 * A layer as the file describes it.
 *
 * @param className its class in Keras, such as {@code Dense}
 * @param name as its author or Keras called it
 * @param settings what its constructor got
 * @param trainable false if its author froze it
 * @param operation whether it is a function such as {@code x + y}, and no layer
 * @param calls where it is called, in the order of Keras's numbers; empty in a Sequential model
 * @param model what it consists of, if it is itself a model
 * @param inner the layers that it wraps: forward and backward, or the one that is distributed
 */
record LayerConfig(
    String className,
    String name,
    Settings settings,
    boolean trainable,
    boolean operation,
    List<CallConfig> calls,
    Optional<ModelConfig> model,
    List<LayerConfig> inner) {
  /** How messages name it. */
  String place() {
    return settings.place();
  }

  /** The layers whose weights are its own: of its model, or those that it wraps. */
  List<LayerConfig> parts() {
    return model.map(ModelConfig::layers).orElse(inner);
  }
}
