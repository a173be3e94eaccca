package org.unvanish.diagnosis.prescription;

import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * What a remedy does to the signal, measured by probing the remedied network.
 *
 * @param before the network as it is
 * @param after the remedied network
 * @param shrunk 1, or for a penalty alone: the factor to which it has shrunk all parameters by then
 */
public record Prediction(MeasuredBackward before, MeasuredBackward after, double shrunk) {}
