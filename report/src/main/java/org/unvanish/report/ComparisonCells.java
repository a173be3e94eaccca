package org.unvanish.report;

import java.util.Collections;
import java.util.List;
import org.unvanish.comparison.Comparison;

/** What every CSV file says of a comparison: both means, their difference and how sure it is. */
final class ComparisonCells {

  /** The columns. */
  static final List<String> NAMES =
      List.of(
          "first_mean",
          "second_mean",
          "difference",
          "difference_low",
          "difference_high",
          "unit",
          "effect",
          "p");

  /** The cells where nothing is compared. */
  static final List<Object> NONE = Collections.nCopies(NAMES.size(), "");

  private ComparisonCells() {}

  static List<Object> of(Comparison c) {
    return List.of(
        c.first(),
        c.second(),
        c.difference(),
        c.interval().low(),
        c.interval().high(),
        c.measure().unit().label(),
        c.effect(),
        c.pValue());
  }
}
