package org.unvanish.diagnosis.prescription;

import org.unvanish.diagnosis.Cause;

/**
 * What keeps a network from learning although its signal may be fine.
 *
 * @param cause which
 * @param text the evidence in numbers, and what to try, in sentences
 */
public record Advice(Cause cause, String text) {

  /**
   * True where the cause is the network's even if the signal is ill: for facts, and where gentler
   * training has been seen to keep a healthy network healthy.
   */
  boolean isNoSignals() {
    return cause.isCertain() || cause == Cause.LARGE_LEARNING_RATE || cause == Cause.STRONG_PENALTY;
  }
}
