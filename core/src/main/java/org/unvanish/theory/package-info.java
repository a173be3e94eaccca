/**
 * The theory of Ven &amp; Lederer (2021), section 2, to be evaluated and audited, and what scaling
 * is in networks of every kind.
 *
 * <p>In reading order: {@link org.unvanish.theory.Topic}, what can be audited; {@link
 * org.unvanish.theory.Audit}, which tries it; {@link org.unvanish.theory.AuditFinding}, what came
 * out for one statement, with its {@link org.unvanish.theory.AuditVerdict}.
 *
 * <p>Inside: a {@code Statement} is something that is said, tried by a {@code Search} on a grid and
 * on random cases. Of a {@code ChainCase}: {@code Properties}, {@code OneNeuron}, {@code Theorem1},
 * {@code Theorem2} and {@code Scaling}; {@code LargeParameters} draws cases of theorem 1, {@code
 * Descent} lowers their t. Of a {@code NetworkCase}, which {@code SmallNetworks} draws: {@code
 * Proposition1} and a part of {@code Proposition6}. Of a {@code FieldCase}, a wide network that
 * {@code WideNetworks} draws: the other propositions, {@code Widths} and {@code WhatRemains}, each
 * for those of the {@code WideFunctions} that it concerns. Of a {@code RecurrentCase}, a network
 * with a sequence that {@code RecurrentNetworks} draws, and of a {@code DrivenCase}, a wide one
 * that {@code DrivenLayers} draws: {@code Proposition7} to {@code Proposition10}.
 */
package org.unvanish.theory;
