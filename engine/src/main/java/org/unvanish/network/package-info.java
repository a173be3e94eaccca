/**
 * Networks as values.
 *
 * <p>In reading order: {@link org.unvanish.data.Shape}; {@link org.unvanish.network.Layer}, what a
 * layer is; its kinds: {@link org.unvanish.network.Dense}, {@link
 * org.unvanish.network.Convolutional} with {@link org.unvanish.network.Convolution} and {@link
 * org.unvanish.network.SeparableConvolution}, {@link org.unvanish.network.Pooling} with {@link
 * org.unvanish.network.MaxPooling} and {@link org.unvanish.network.AveragePooling}, and {@link
 * org.unvanish.network.Activated}; {@link org.unvanish.network.Network}, layers with their shapes
 * checked, and its {@link org.unvanish.network.NetworkBuilder builder}; {@link
 * org.unvanish.network.ParameterTensor}, a named slice of a network's parameters.
 *
 * <p>Inside: {@code LayerChecks} is what several kinds require.
 */
package org.unvanish.network;
