/**
 * What was measured of a network at one snapshot of its training.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.evidence.MeasuredBackward}, a snapshot: {@link
 * org.unvanish.diagnosis.evidence.LayerEvidence} and {@link
 * org.unvanish.diagnosis.evidence.TensorEvidence}, what each layer and each of its parameter
 * tensors does to the backpropagated gradient; {@link org.unvanish.diagnosis.evidence.Saturation},
 * how many pre-activations lie beyond the {@link org.unvanish.diagnosis.evidence.SaturationPoint};
 * {@link org.unvanish.diagnosis.evidence.EqualUnits}, units that compute the same; {@link
 * org.unvanish.diagnosis.evidence.OutputEvidence}, what the output layer says; {@link
 * org.unvanish.diagnosis.evidence.DataEvidence}, what the data have to do with it.
 */
package org.unvanish.diagnosis.evidence;
