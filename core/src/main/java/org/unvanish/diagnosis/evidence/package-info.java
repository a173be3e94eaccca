/**
 * The measurements of a network at one snapshot of its training.
 *
 * <p>In reading order: {@link org.unvanish.diagnosis.evidence.MeasuredBackward}, a snapshot: {@link
 * org.unvanish.diagnosis.evidence.LayerEvidence} and {@link
 * org.unvanish.diagnosis.evidence.TensorEvidence}, what each layer and each of its parameter
 * tensors does to the backpropagated gradient, made of {@link
 * org.unvanish.diagnosis.evidence.StepEvidence steps} that each have a {@link
 * org.unvanish.diagnosis.evidence.StepRole role}; {@link
 * org.unvanish.diagnosis.evidence.TimeEvidence}, the gradient through the steps of a recurrent
 * layer; {@link org.unvanish.diagnosis.evidence.Saturation}, how many pre-activations lie beyond
 * the {@link org.unvanish.activation.SaturationPoint}; {@link
 * org.unvanish.diagnosis.evidence.EqualUnits}, units that compute the same; {@link
 * org.unvanish.diagnosis.evidence.OutputEvidence}, the network's output, with {@link
 * org.unvanish.diagnosis.evidence.OutputActivation}, the activation after the last weights, and
 * {@link org.unvanish.diagnosis.evidence.NumbersEvidence}, numbers as targets; {@link
 * org.unvanish.diagnosis.evidence.DataEvidence}, the data's part in it.
 */
package org.unvanish.diagnosis.evidence;
