package org.unvanish.diagnosis.prescription;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Signal;

/** The typical sample's gradient in words, where it differs from the root mean square. */
public final class TypicalText {

  /** Signals on either side of a threshold that are no further apart say the same to a reader. */
  private static final double APART = 1;

  private TypicalText() {}

  /**
   * A sentence where the two differ, as they do where few samples carry nearly all of the gradient.
   *
   * @param signal of the root mean square over all samples
   * @param log10 what becomes of that
   * @param typical of the median sample; null if it is not known
   * @param typicalLog10 what becomes of that sample's gradient
   */
  public static Optional<String> of(
      Signal signal, double log10, @Nullable Signal typical, double typicalLog10) {
    if (typical == null || typical == signal || Math.abs(log10 - typicalLog10) < APART) {
      return Optional.empty();
    }
    String change = MagnitudeText.change(typicalLog10);
    return Optional.of(
        typical == Signal.STABLE
            ? "The gradient %s for few samples only: that of the typical one %s."
                .formatted(VerdictWords.signal(signal), change)
            : "The gradient %s for few samples and %s for the typical one, whose gradient %s."
                .formatted(VerdictWords.signal(signal), VerdictWords.signal(typical), change));
  }
}
