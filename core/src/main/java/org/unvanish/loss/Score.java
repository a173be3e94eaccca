package org.unvanish.loss;

/**
 * A number that says how well a network does on some samples.
 *
 * <p>The key tells scores apart: two losses may both report {@value #LOSS}, each its own mean.
 *
 * @param key as CSV files, JSON and the store name it, in lower case: {@code loss}, {@code
 *     accuracy}
 * @param title as sentences and tables name it, behind "test" or "training": {@code accuracy}
 * @param quantity what is measured, as an axis names it: {@code cross-entropy}
 * @param higherIsBetter whether a better network has a higher one
 * @param form how it is shown
 * @since 0.1
 */
public record Score(String key, String title, String quantity, boolean higherIsBetter, Form form) {

  /** The key of the loss itself, which every loss reports. */
  public static final String LOSS = "loss";

  /** How a score is shown. */
  public enum Form {
    /** A share in [0, 1], shown in per cent. */
    SHARE,
    /** Any other number. */
    NUMBER
  }

  /** The title of several: {@code accuracies}, {@code losses}, {@code R² values}. */
  public String plural() {
    if (!Character.isLetter(title.codePointBefore(title.length()))) {
      return title + " values";
    }
    return title.endsWith("y")
        ? title.substring(0, title.length() - 1) + "ies"
        : title + (title.endsWith("s") ? "es" : "s");
  }

  /** True where the first value is better than the second. */
  public boolean isBetter(double first, double second) {
    return higherIsBetter ? first > second : first < second;
  }
}
