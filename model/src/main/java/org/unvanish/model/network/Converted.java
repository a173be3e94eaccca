package org.unvanish.model.network;

import java.util.List;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Layer;

/**
 * A layer of the engine that does what some nodes do.
 *
 * @param layer which
 * @param parameters the values of its tensors, in the engine's order
 * @param places for each value that the nodes put out, its number among those of the layer's output
 */
record Converted(Layer layer, List<double[]> parameters, Tensor places) {}
