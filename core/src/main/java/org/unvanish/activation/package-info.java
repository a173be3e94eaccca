/**
 * Activation functions and their scaling.
 *
 * <p>In reading order: {@link org.unvanish.activation.ActivationFunction}, the base functions with
 * their derivatives; {@link org.unvanish.activation.Scale}, the ways to scale one; {@link
 * org.unvanish.activation.Activation}, a base function with its scale; {@link
 * org.unvanish.activation.SaturationPoint}, from where on a function is nearly flat.
 */
package org.unvanish.activation;
