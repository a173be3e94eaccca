package org.unvanish.probe;

import org.unvanish.diagnosis.evidence.MeasuredBackward;

/**
 * The evidence at one snapshot of a training with the parameters that it rests on.
 *
 * @param evidence what was measured
 * @param parameters in the network's order; not to be changed
 */
// Identity is enough: nobody compares snapshots.
@SuppressWarnings("ArrayRecordComponent")
public record ProbedSnapshot(MeasuredBackward evidence, float[] parameters) {}
