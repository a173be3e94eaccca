/**
 * Random numbers, the same on every machine.
 *
 * <p>In reading order: {@link org.unvanish.random.RandomStream}, one for each purpose of a run;
 * {@link org.unvanish.random.RandomMask}, random choices without a state, for dropout.
 */
package org.unvanish.random;
