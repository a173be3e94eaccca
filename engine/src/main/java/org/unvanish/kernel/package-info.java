/**
 * The vector kernels of training.
 *
 * <p>In reading order: {@link org.unvanish.kernel.VectorMath}, elementary functions with the same
 * bits on every machine.
 */
package org.unvanish.kernel;
