/** Penalties on the parameters: {@link org.unvanish.penalty.Penalty} and its forms. */
package org.unvanish.penalty;
