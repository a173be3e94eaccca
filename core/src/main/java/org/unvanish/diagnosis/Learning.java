package org.unvanish.diagnosis;

import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.OutputEvidence;

/**
 * What a network has learnt at a snapshot, measured on its training data.
 *
 * @since 0.1
 */
public enum Learning {
  /** It is not known what a constant predictor would reach, so there is nothing to compare with. */
  UNKNOWN("unknown"),
  /** The loss is worse than that of a constant predictor and than at the initial weights. */
  WORSE("worse"),
  /** No better than a constant predictor, which knows the targets and nothing of the samples. */
  NOTHING("nothing"),
  /** Clearly better than a constant predictor. */
  SOME("some"),
  /** Most of what there is to learn: a gradient that is small now is small because of it. */
  FITTED("fitted");

  /** Fitted is a loss of at most this part of a constant predictor's. */
  public static final double FITTED_LOSS = 0.5;

  /**
   * Or an accuracy that has gone this part of the way from a constant predictor's to 1. Above one
   * half, which is where a network stops that tells three of the four cases of XOR.
   */
  static final double FITTED_ACCURACY = 2.0 / 3;

  /** Something has been learnt from this part of a constant predictor's loss on. */
  static final double SOME_LOSS = 0.9;

  /**
   * Worse is a loss of this many times a constant predictor's and the initial one. Twenty samples,
   * the least window, can be off by a factor of 1.2.
   */
  static final double WORSE_LOSS = 1.5;

  private final String label;

  Learning(String label) {
    this.label = label;
  }

  /**
   * Compares a network with a constant predictor, and with itself at its initial weights: its loss,
   * less what perfect outputs would leave of it, and its accuracy where there are classes.
   *
   * @param output at a snapshot
   * @param initial at the initial weights; null if that is not known
   */
  public static Learning of(OutputEvidence output, @Nullable OutputEvidence initial) {
    double loss = output.excessLoss();
    double constant = output.constantExcess();
    if (!Double.isFinite(loss)) {
      return WORSE;
    }
    // With one target in the window, there is nothing that could be learnt.
    if (!(constant > 0)) {
      return UNKNOWN;
    }
    if (loss <= FITTED_LOSS * constant || (loss < constant && way(output) >= FITTED_ACCURACY)) {
      return FITTED;
    }
    if (loss <= SOME_LOSS * constant) {
      return SOME;
    }
    return initial != null && !(loss <= WORSE_LOSS * Math.max(constant, initial.excessLoss()))
        ? WORSE
        : NOTHING;
  }

  /** How far the accuracy has come from a constant predictor's, 0, to that of a perfect one, 1. */
  static double way(OutputEvidence output) {
    return (output.accuracy() - output.constantAccuracy()) / (1 - output.constantAccuracy());
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
