/**
 * The initial parameters of a run.
 *
 * <p>In reading order: {@link org.unvanish.initialization.Initialization}, the choice, and {@link
 * org.unvanish.initialization.Gain}, a setting of some of them; {@link
 * org.unvanish.initialization.Initializer}, which draws them, with {@code OrthogonalMatrix} and
 * {@code WeightsFile}.
 */
package org.unvanish.initialization;
