/**
 * Other people's models as networks of the engine, which can be trained.
 *
 * <p>{@link org.unvanish.model.network.GraphNetwork} has the network and its parameters. {@code
 * StackWalk} makes its layers, first to last, each at a {@code Site} of the graph. {@code Places}
 * says where the values go, so that weights come into the engine's order. {@code DenseNodes},
 * {@code ConvolutionNodes}, {@code PoolingNodes}, {@code NormalizationNodes}, {@code
 * RecurrentNodes} and {@code PlainNodes} make {@code Converted} layers.
 */
package org.unvanish.model.network;
