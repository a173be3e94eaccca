/**
 * One graph for the models of all formats, and its forward and backward pass in double precision.
 *
 * <p>ONNX is the common language: operators have its names and its meaning. In reading order:
 * {@link org.unvanish.model.graph.Graph}, made of {@link org.unvanish.model.graph.Node Nodes} with
 * {@link org.unvanish.model.graph.Attributes}, {@link org.unvanish.model.graph.GraphInput inputs}
 * and constant {@link org.unvanish.model.graph.Tensor Tensors}; {@link
 * org.unvanish.model.graph.Interpreter}, which computes it, and {@link
 * org.unvanish.model.graph.Run}, what came out and how the gradient goes back; {@link
 * org.unvanish.model.graph.GraphFolding}, which computes once what does not depend on the inputs;
 * {@link org.unvanish.model.graph.Operators}, the table of all {@link
 * org.unvanish.model.graph.Operator Operators}.
 */
package org.unvanish.model.graph;
