/**
 * The parameters that a run starts from.
 *
 * <p>In reading order: {@link org.unvanish.initialization.Initialization}, the choice, and {@link
 * org.unvanish.initialization.Gain}, what some of them take; {@link
 * org.unvanish.initialization.Initializer}, which draws them, with {@code OrthogonalMatrix} and
 * {@code WeightsFile}.
 */
package org.unvanish.initialization;
