package org.unvanish.meanfield;

/** On which side of the critical line a network lies. */
public enum Phase {
  ORDERED,
  CRITICAL,
  CHAOTIC
}
