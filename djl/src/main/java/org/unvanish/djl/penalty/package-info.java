/**
 * The parts of a loss with a penalty. Internal.
 *
 * <p>In reading order: {@link org.unvanish.djl.penalty.PenaltyTerm}, the penalty's value and
 * gradient; {@link org.unvanish.djl.penalty.PenaltyHandOver}, by which a monitor takes over adding
 * that gradient.
 *
 * <p>Inside: {@code PassCounter} counts the backward passes of a loss.
 */
package org.unvanish.djl.penalty;
