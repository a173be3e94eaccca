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

  /** The share of samples whose label has the largest logit, of equal ones the first. */
  public static final Score ACCURACY =
      new Score("accuracy", "accuracy", "accuracy", true, Form.SHARE);

  /** The mean over the classes of the share of each one's samples that is predicted right. */
  public static final Score BALANCED_ACCURACY =
      new Score("balanced_accuracy", "balanced accuracy", "balanced accuracy", true, Form.SHARE);

  /** The area under the ROC curve: ½ by chance, 1 where the classes do not overlap. */
  public static final Score AUC =
      new Score("auc", "AUC", "area under the ROC curve", true, Form.NUMBER);

  /** The square root of the mean square of the differences, over outputs and samples. */
  public static final Score RMSE =
      new Score("rmse", "RMSE", "root mean square error", false, Form.NUMBER);

  /** The mean size of the differences, over outputs and samples. */
  public static final Score MAE =
      new Score("mae", "MAE", "mean absolute error", false, Form.NUMBER);

  /**
   * The share of the targets' squared distances from their means that the network explains: 1 where
   * it predicts all of them, 0 where it is no better than these means, and less where it is worse.
   * Of several outputs, the squares are added up before they are divided.
   */
  public static final Score R2 = new Score("r2", "R²", "R²", true, Form.NUMBER);

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
