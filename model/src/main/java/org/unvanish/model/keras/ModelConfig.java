package org.unvanish.model.keras;

import java.util.List;
import org.unvanish.model.keras.CallConfig.Reference;

/**
 * A model as the file describes it.
 *
 * @param name as its author or Keras called it
 * @param settings what its constructor got
 * @param sequential whether each layer follows the one before it; otherwise the calls say
 * @param layers in the order of the file
 * @param inputs the layers that are its inputs; empty in a Sequential model
 * @param outputs what it answers; empty in a Sequential model
 */
record ModelConfig(
    String name,
    Settings settings,
    boolean sequential,
    List<LayerConfig> layers,
    List<Reference> inputs,
    List<Reference> outputs) {}
