/**
 * The parameters that a run starts from.
 *
 * <p>In reading order: {@link org.unvanish.initialization.Initialization}, the choice, and {@link
 * org.unvanish.initialization.Gain}, what some of them take; {@link
 * org.unvanish.initialization.Initializer}, which draws them, with {@code OrthogonalMatrix} and
 * {@code WeightsFile}; {@link org.unvanish.initialization.RandomStream}, where chance comes from,
 * apart for each purpose; {@link org.unvanish.initialization.RandomMask}, chance that needs no
 * state, for dropout.
 */
package org.unvanish.initialization;
