package org.unvanish.data;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The data that a run is trained on: where they are, and which part of them is used.
 *
 * @param source a name of the catalogue ({@code cifar10}, {@code synthetic}, {@code circles}), or a
 *     path
 * @param format of the files at the path; recognised by the files that are there if empty
 * @param columns what the columns of a CSV file are for
 * @param steps how images are read as sequences; as images if empty
 * @param drawing what is asked of data that code draws
 * @param targets what is to be learnt
 * @param testShare the share of the samples, of each class where there are classes, that is kept
 *     for testing, above 0 and below 1; without effect where the data come with a test set of their
 *     own
 * @param trainSamples how many of the training samples are used, at least 1; all if empty
 * @param seed decides which samples are kept for testing and which training samples are used, and
 *     what tables and sequences are that code draws, whatever the seed of a run; {@code synthetic}
 *     is always the same images
 * @since 0.1
 */
public record DataSource(
    String source,
    Optional<DataFormat> format,
    ColumnRoles columns,
    Optional<ImageSteps> steps,
    Drawing drawing,
    TargetChoice targets,
    double testShare,
    OptionalInt trainSamples,
    long seed) {
  /** Of the test share. */
  public static final double DEFAULT_TEST_SHARE = 0.2;

  /** Of the seed. */
  public static final long DEFAULT_SEED = 1;

  /**
   * @throws IllegalArgumentException if the source is blank, or a number is out of its range
   */
  public DataSource {
    if (source.isBlank()) {
      throw new IllegalArgumentException("the source of the data is empty");
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

  /** A source with all defaults. */
  public static DataSource of(String source) {
    return new DataSource(
        source,
        Optional.empty(),
        ColumnRoles.DEFAULT,
        Optional.empty(),
        Drawing.DEFAULT,
        TargetChoice.RAW,
        DEFAULT_TEST_SHARE,
        OptionalInt.empty(),
        DEFAULT_SEED);
  }

  /** The same in a given format. */
  public DataSource withFormat(DataFormat other) {
    return new DataSource(
        source,
        Optional.of(other),
        columns,
        steps,
        drawing,
        targets,
        testShare,
        trainSamples,
        seed);
  }

  /** The same with other roles of a table's columns. */
  public DataSource withColumns(ColumnRoles other) {
    return new DataSource(
        source, format, other, steps, drawing, targets, testShare, trainSamples, seed);
  }

  /** The same images as sequences. */
  public DataSource withSteps(ImageSteps other) {
    return new DataSource(
        source,
        format,
        columns,
        Optional.of(other),
        drawing,
        targets,
        testShare,
        trainSamples,
        seed);
  }

  /** The same, drawn otherwise. */
  public DataSource withDrawing(Drawing other) {
    return new DataSource(
        source, format, columns, steps, other, targets, testShare, trainSamples, seed);
  }

  /** The same with something else to be learnt. */
  public DataSource withTargets(TargetChoice other) {
    return new DataSource(
        source, format, columns, steps, drawing, other, testShare, trainSamples, seed);
  }

  /**
   * The same with another share for testing.
   *
   * @throws IllegalArgumentException if it is not above 0 and below 1
   */
  public DataSource withTestShare(double other) {
    return new DataSource(
        source, format, columns, steps, drawing, targets, other, trainSamples, seed);
  }

  /**
   * The same with some of the training samples.
   *
   * @throws IllegalArgumentException if they are less than 1
   */
  public DataSource withTrainSamples(int samples) {
    return new DataSource(
        source, format, columns, steps, drawing, targets, testShare, OptionalInt.of(samples), seed);
  }

  /** The same with another seed. */
  public DataSource withSeed(long other) {
    return new DataSource(
        source, format, columns, steps, drawing, targets, testShare, trainSamples, other);
  }
}
