/**
 * The theory of Ven &amp; Lederer (2021), section 2, to be evaluated and audited.
 *
 * <p>In reading order: {@link org.unvanish.theory.Topic}, what can be audited; {@link
 * org.unvanish.theory.Audit}, which tries it; {@link org.unvanish.theory.AuditFinding}, what came
 * out for one statement, with its {@link org.unvanish.theory.AuditVerdict}.
 */
package org.unvanish.theory;
