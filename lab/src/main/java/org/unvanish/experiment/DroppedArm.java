package org.unvanish.experiment;

import java.util.Locale;

/**
 * An arm that a race dropped before the end: when, and why.
 *
 * @param arm its name
 * @param stage of the race, from 1
 * @param epochs that the arms in the race had then
 * @param seeds of each arm that were trained then: the first so many
 * @param reason what dropped it
 * @param place among the arms that were in the race then, from 1
 * @param of how many these were
 * @param left how many of them went on
 * @param score the mean of its headline scores on the test data; NaN where a run diverged
 * @param rival the arm that it lost to: the last one that went on or, in a test, the best one
 * @param bar the mean of that arm's scores; NaN where a run diverged
 * @param pValue of the paired test, corrected for the number of pairs and looks; NaN where nothing
 *     was tested
 */
public record DroppedArm(
    String arm,
    int stage,
    int epochs,
    int seeds,
    Reason reason,
    int place,
    int of,
    int left,
    double score,
    String rival,
    double bar,
    double pValue) {

  /** What drops an arm. */
  public enum Reason {
    /** Others were better after the same epochs: a rule of thumb. */
    HALVING,
    /** A paired test settled that it is worse than another arm. */
    TEST;

    /** As in the store, in CSV files and JSON: {@code halving}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one with a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Reason of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }

  /** True where both are the same decision, whatever else was known of the other arms. */
  public boolean isSameDecision(DroppedArm other) {
    return arm.equals(other.arm)
        && stage == other.stage
        && epochs == other.epochs
        && seeds == other.seeds
        && reason == other.reason
        && Double.compare(score, other.score) == 0;
  }

  /** When and why, in a line. */
  public String detail() {
    return switch (reason) {
      case HALVING ->
          "early, not proved worse: place %d of %d after epoch %d with %s, %d went on"
              .formatted(place, of, epochs, seedsText(), left);
      case TEST ->
          String.format(
              Locale.ROOT,
              "as settled with %s: worse than “%s”, p = %.2g after correction",
              seedsText(),
              rival,
              pValue);
    };
  }

  private String seedsText() {
    return seeds == 1 ? "1 seed" : seeds + " seeds";
  }
}
