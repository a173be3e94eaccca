package org.unvanish.data;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which data a run is trained on: where they are, and which part of them is taken.
 *
 * @param source a name of the catalogue ({@code cifar10}, {@code synthetic}), or a path
 * @param format of the files at the path; recognised by the files that are there if empty
 * @param labelColumn the column of a CSV file that holds the class; {@code label} if empty
 * @param labelsAreClasses whether somebody says that the labels of a CSV file are classes, though
 *     they are numbers that look like measurements
 * @param testShare the share of each class that is kept for testing, above 0 and below 1; without
 *     effect where the data come with a test set of their own
 * @param trainSamples how many of the training samples are used, at least 1; all if empty
 * @param seed decides which samples are kept for testing and which training samples are used,
 *     whatever the seed of a run
 * @since 0.1
 */
public record DataSource(
    String source,
    Optional<DataFormat> format,
    Optional<String> labelColumn,
    boolean labelsAreClasses,
    double testShare,
    OptionalInt trainSamples,
    long seed) {
  /** Of the test share. */
  public static final double DEFAULT_TEST_SHARE = 0.2;

  /** Of the seed. */
  public static final long DEFAULT_SEED = 1;

  /**
   * @throws IllegalArgumentException if the source or the label column is blank, or a number is out
   *     of its range
   */
  public DataSource {
    if (source.isBlank()) {
      throw new IllegalArgumentException("the source of the data is empty");
    }
    if (labelColumn.isPresent() && labelColumn.get().isBlank()) {
      throw new IllegalArgumentException("the name of the label column is empty");
    }
    // Written so that NaN is refused, too.
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException(
          "the test share must be above 0 and below 1, but is " + testShare);
    }
    if (trainSamples.isPresent() && trainSamples.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "there must be at least 1 training sample, but are " + trainSamples.getAsInt());
    }
  }

  /**
   * A source whose labels are classes if they look like classes.
   *
   * @throws IllegalArgumentException if the source or the label column is blank, or a number is out
   *     of its range
   */
  public DataSource(
      String source,
      Optional<DataFormat> format,
      Optional<String> labelColumn,
      double testShare,
      OptionalInt trainSamples,
      long seed) {
    this(source, format, labelColumn, false, testShare, trainSamples, seed);
  }

  /** A source with all defaults. */
  public static DataSource of(String source) {
    return new DataSource(
        source,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_TEST_SHARE,
        OptionalInt.empty(),
        DEFAULT_SEED);
  }
}
