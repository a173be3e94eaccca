/**
 * The theory of Ven &amp; Lederer (2021), section 2, to be evaluated and audited.
 *
 * <p>In reading order: {@link org.unvanish.theory.Topic}, what can be audited; {@link
 * org.unvanish.theory.Audit}, which tries it; {@link org.unvanish.theory.AuditFinding}, what came
 * out for one statement, with its {@link org.unvanish.theory.AuditVerdict}.
 *
 * <p>Inside: a {@code Statement} is what the paper says, tried by a {@code Search} on a grid and on
 * random cases: those of {@code Properties}, {@code OneNeuron}, {@code Theorem1}, {@code Theorem2}
 * and {@code Scaling}. {@code LargeParameters} draws cases of theorem 1, {@code Descent} lowers
 * their t.
 */
package org.unvanish.theory;
