package org.unvanish.probe;

import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.internal.kernel.LaneTensor;

/** Counts where the pre-activations of an activation lie. */
interface SaturationCounter {

  /** Adds what the activation is about to be applied to. */
  void add(LaneTensor z, int samples);

  /** What was counted; to be asked for once. */
  Saturation result();
}
