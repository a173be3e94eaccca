/**
 * Where chance comes from, the same on every machine.
 *
 * <p>In reading order: {@link org.unvanish.random.RandomStream}, apart for each purpose of a run;
 * {@link org.unvanish.random.RandomMask}, chance that needs no state, for dropout.
 */
package org.unvanish.random;
