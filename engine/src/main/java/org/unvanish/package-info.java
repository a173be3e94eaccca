/**
 * The entry point for programs that diagnose a network.
 *
 * <p>In reading order: {@link org.unvanish.Unvanish}; {@link org.unvanish.NetworkDiagnosis}, what
 * it finds; {@link org.unvanish.LayerDiagnosis}, the same of one layer; {@link
 * org.unvanish.NetworkPrescription}, what to do about it.
 *
 * <p>For training, begin with {@link org.unvanish.train.Training}.
 */
package org.unvanish;
