/**
 * Small networks in double precision, to try propositions of the theory on: every realisation of
 * dense layers, shared weights (convolutions with zero padding, recurrence), pooling, sums and
 * concatenations.
 *
 * <p>In network order: {@link org.unvanish.theory.network.SmallNetwork}, made of {@code
 * Operation}s; {@link org.unvanish.theory.network.ScaledNetwork}, one with its parameters and
 * scales, which is evaluated, differentiated and trained by an {@link
 * org.unvanish.theory.network.UpdateRule}; {@link org.unvanish.theory.network.RandomShape}, which
 * draws networks. A simple recurrent network with its Jacobians over time: {@link
 * org.unvanish.theory.network.RecurrentNetwork}, and {@link
 * org.unvanish.theory.network.RecurrentPass}, one sequence's way through it and back.
 */
package org.unvanish.theory.network;
