/**
 * Networks as values.
 *
 * <p>In reading order: {@link org.unvanish.data.Shape}; {@link org.unvanish.network.Layer}, the
 * kinds of layers; {@link org.unvanish.network.Network}, layers with their shapes checked, and its
 * {@link org.unvanish.network.NetworkBuilder builder}; {@link
 * org.unvanish.network.ParameterTensor}, a named slice of a network's parameters.
 */
package org.unvanish.network;
