/**
 * How a gradient changes the parameters.
 *
 * <p>In reading order: {@link org.unvanish.optimizer.Optimizer}, the choice, with {@link
 * org.unvanish.optimizer.Schedule}, how its learning rate changes, and {@link
 * org.unvanish.optimizer.Clipping}, how large a gradient may be; {@link
 * org.unvanish.optimizer.Updater}, which does it to the {@link
 * org.unvanish.optimizer.ParameterRanges} that are trained, in the {@code UpdateLoops}.
 */
package org.unvanish.optimizer;
