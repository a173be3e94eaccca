package org.unvanish.probe;

import org.unvanish.diagnosis.Cause;

/** What other tools can say, and the cause that comes nearest to it. */
enum PeerSymptom {
  NONE(Cause.NONE),
  /** Values or gradients that are not finite, or a gradient that grows. */
  EXPLODING(Cause.LARGE_PARAMETERS),
  DEAD(Cause.DEAD_UNITS),
  SATURATED(Cause.LARGE_PARAMETERS),
  /** Saturated, and the data is to be normalised. */
  SATURATED_BY_DATA(Cause.LARGE_INPUTS),
  VANISHING(Cause.MANY_LAYERS);

  private final Cause nearest;

  PeerSymptom(Cause nearest) {
    this.nearest = nearest;
  }

  Cause nearest() {
    return nearest;
  }
}
