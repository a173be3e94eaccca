package org.unvanish.diagnosis;

/**
 * What keeps a network from learning although its signal may be fine.
 *
 * @param cause which
 * @param text the evidence in numbers, and what to try, in sentences
 */
public record Remark(Cause cause, String text) {

  /**
   * True where the cause is the network's even if the signal is ill: for facts, and where gentler
   * training has been seen to keep a healthy network healthy.
   */
  boolean isNoSignals() {
    return isCertain() || cause == Cause.LARGE_LEARNING_RATE || cause == Cause.STRONG_PENALTY;
  }

  /**
   * True for a fact about data, targets or weights that no mended signal changes: it is the
   * network's cause whatever becomes of the signal.
   */
  public boolean isCertain() {
    return switch (cause) {
      case ZERO_LOSS, CONSTANT_TARGETS, CONSTANT_INPUTS, EQUAL_UNITS -> true;
      default -> false;
    };
  }
}
