/**
 * Networks as values.
 *
 * <p>In reading order: {@link org.unvanish.data.Shape}; {@link org.unvanish.network.Layer}, what a
 * layer is; its kinds: {@link org.unvanish.network.Dense}, {@link org.unvanish.network.Embedding},
 * {@link org.unvanish.network.Convolutional} with {@link
 * org.unvanish.network.Convolutional.Convolution}, {@link
 * org.unvanish.network.Convolutional.SeparableConvolution}, {@link
 * org.unvanish.network.Convolutional.Convolution1d} and their {@link org.unvanish.network.Padding},
 * {@link org.unvanish.network.Pooling} with {@link org.unvanish.network.Pooling.MaxPooling}, {@link
 * org.unvanish.network.Pooling.AveragePooling} and {@link
 * org.unvanish.network.Pooling.GlobalAveragePooling}, {@link org.unvanish.network.Normalization} of
 * batches, samples and groups, {@link org.unvanish.network.Dropout}, {@link
 * org.unvanish.network.Activated}, {@link org.unvanish.network.Recurrent} with {@link
 * org.unvanish.network.Recurrent.SimpleRecurrent}, {@link org.unvanish.network.Recurrent.Lstm} and
 * {@link org.unvanish.network.Recurrent.Gru}, {@link org.unvanish.network.Softmax} and {@link
 * org.unvanish.network.Residual}, which holds layers; {@code LayerStack}, layers one after the
 * other; {@link org.unvanish.network.Network}, layers with their shapes checked, and its {@link
 * org.unvanish.network.NetworkBuilder builder}; {@link org.unvanish.network.ParameterTensor}, a
 * named slice of a network's parameters, and {@link org.unvanish.network.NetworkPart}, a layer with
 * its tensors where it stands.
 */
package org.unvanish.network;
