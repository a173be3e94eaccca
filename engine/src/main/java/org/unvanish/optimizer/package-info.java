/**
 * How a gradient changes the parameters.
 *
 * <p>In reading order: {@link org.unvanish.optimizer.Optimizer}, the choice; {@link
 * org.unvanish.optimizer.Updater}, which does it.
 */
package org.unvanish.optimizer;
