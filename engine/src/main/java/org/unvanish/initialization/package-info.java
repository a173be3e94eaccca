/**
 * The parameters that a run starts from.
 *
 * <p>In reading order: {@link org.unvanish.initialization.Initialization}, the choice; {@link
 * org.unvanish.initialization.Initializer}, which draws them; {@link
 * org.unvanish.initialization.RandomStream}, where chance comes from, apart for each purpose;
 * {@link org.unvanish.initialization.RandomMask}, chance that needs no state, for dropout.
 */
package org.unvanish.initialization;
