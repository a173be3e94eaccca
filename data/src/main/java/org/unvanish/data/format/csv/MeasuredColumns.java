package org.unvanish.data.format.csv;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unvanish.data.InputFiles;
import org.unvanish.data.TrainAndTest;

/**
 * Tells labels that are measurements from labels that are classes. A network that classifies would
 * learn each value of a measurement as a class of its own, with no order among them.
 */
final class MeasuredColumns {

  /** Numbers as {@code 7}, {@code -2.50} and {@code 1e-3}. */
  static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");

  /** As many values as there are digits are taken for classes, whatever whole numbers they are. */
  private static final int FEW = 10;

  /** Rows for each value, below which more than a few of them can hardly be classes. */
  private static final int FEWEST_ROWS = 5;

  private MeasuredColumns() {}

  private static boolean isNumber(String label) {
    return label.length() <= InputFiles.MOST_NAME_CHARACTERS && NUMBER.matcher(label).matches();
  }

  /**
   * What is wrong with labels that are numbers but no classes. They are classes if they are two; if
   * they are whole numbers, and ten at most; or if they are whole numbers without a gap, as the
   * numbers of classes are, and stand in five rows each on average.
   *
   * @param what the column is called in messages
   * @param labels the different ones
   * @param rows how many rows have them
   */
  static Optional<String> problem(String what, Collection<String> labels, long rows) {
    if (labels.size() <= 2 || !labels.stream().allMatch(MeasuredColumns::isNumber)) {
      return Optional.empty();
    }
    List<BigDecimal> numbers = labels.stream().map(BigDecimal::new).toList();
    BigDecimal least = Collections.min(numbers);
    BigDecimal most = Collections.max(numbers);
    boolean whole = numbers.stream().allMatch(n -> n.stripTrailingZeros().scale() <= 0);
    boolean gapless = most.subtract(least).compareTo(BigDecimal.valueOf(labels.size() - 1L)) == 0;
    if (whole
        && (labels.size() <= FEW || (gapless && rows >= (long) FEWEST_ROWS * labels.size()))) {
      return Optional.empty();
    }
    String range =
        "%s to %s"
            .formatted(
                InputFiles.abbreviated(least.toPlainString()),
                InputFiles.abbreviated(most.toPlainString()));
    return Optional.of(
        labels.size() > TrainAndTest.MOST_CLASSES
            ? ("%s has more than %d different numbers, the first of them from %s, which look "
                    + "like measurements, not classes. For numeric targets, name the column in "
                    + "target-columns instead of label-column.")
                .formatted(what, TrainAndTest.MOST_CLASSES, range)
            : ("%s has %d different numbers from %s, which look like measurements, not classes. "
                    + "For numeric targets, name the column in target-columns instead of label-column. "
                    + "If they are classes, write \"labels-are: classes\" in the spec's data.")
                .formatted(what, labels.size(), range));
  }
}
