/**
 * {@link org.unvanish.shipped.ShippedExperiments}: the experiments of packages {@code paper},
 * {@code beyond} and {@code sequences} under one roof, for commands, reports and pages that take
 * both alike.
 */
package org.unvanish.shipped;
