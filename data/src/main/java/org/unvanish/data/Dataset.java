package org.unvanish.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set for classification.
 *
 * @param name as users write it and as every output names it: {@code cifar10}, {@code synthetic}
 * @param title as a figure's caption names it: {@code CIFAR-10}, {@code synthetic images (seed 1)}
 * @param classes their names, in the order of the class numbers
 * @param train the training images
 * @param test the test images, of the same shape
 * @param sha256 of its bytes, in lower-case hexadecimal: what a run's provenance says it was
 *     trained on. It is the SHA-256 of a list: the SHA-256 of each part, one a line. The parts of
 *     the whole CIFAR-10 are its files; those of any other data set, and of a training subset, are
 *     the training and the test samples in their order, each sample a label byte and then its
 *     values (a byte each, or the four bytes of a float, the lowest first). So another split,
 *     subset or order has another checksum, and another packing of the same samples has not. By
 *     hand: {@code sha256sum data_batch_?.bin test_batch.bin | cut -c1-64 | sha256sum}
 * @since 0.1
 */
public record Dataset(
    String name, String title, List<String> classes, ImageSet train, ImageSet test, String sha256) {
  /**
   * @throws IllegalArgumentException if the shapes differ, a label has no class, or a set is empty
   */
  public Dataset {
    classes = List.copyOf(classes);
    if (!train.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          "training images are " + train.shape() + ", test images " + test.shape());
    }
    requireLabels("training", train, classes.size());
    requireLabels("test", test, classes.size());
  }

  /** The shape of a sample. */
  public Shape shape() {
    return train.shape();
  }

  /**
   * Rows of numbers with their classes, of which a fifth is kept for testing ({@link
   * DataSource#DEFAULT_TEST_SHARE}): the same rows each time.
   *
   * @param name as every output names it
   * @param rows [sample][feature], finite and all of one length
   * @param labels class numbers from 0, one for each row; each class has at least two rows
   * @throws IllegalArgumentException if rows and labels do not fit each other
   * @throws DataException if a class has less than two rows
   */
  public static Dataset of(String name, float[][] rows, int[] labels) {
    if (rows.length != labels.length || rows.length == 0) {
      throw new IllegalArgumentException(
          "there are " + rows.length + " rows, but " + labels.length + " labels");
    }
    int features = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, features)];
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < rows.length; i++) {
      requireRow(i, rows[i], features, labels[i]);
      System.arraycopy(rows[i], 0, values, i * features, features);
      classes[i] = (byte) labels[i];
    }
    int count = Arrays.stream(labels).max().orElse(0) + 1;
    List<String> names = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    ImageSet all = new ImageSet(Shape.flat(features), new Pixels.Floats(values), classes);
    TrainAndTest split =
        Split.of(name, names, all, DataSource.DEFAULT_TEST_SHARE, DataSource.DEFAULT_SEED);
    String sha256 =
        SampleChecksums.ofParts(
            List.of(SampleChecksums.of(split.train()), SampleChecksums.of(split.test())));
    return new Dataset(name, name, names, split.train(), split.test(), sha256);
  }

  private static void requireRow(int number, float[] row, int features, int label) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "row %d has %d numbers, but row 0 has %d".formatted(number, row.length, features));
    }
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("row " + number + " has a number that is not finite");
      }
    }
    if (label < 0 || label >= TrainAndTest.MOST_CLASSES) {
      throw new IllegalArgumentException(
          "row %d has label %d, but classes are numbered from 0 to %d"
              .formatted(number, label, TrainAndTest.MOST_CLASSES - 1));
    }
  }

  private static void requireLabels(String what, ImageSet images, int classes) {
    if (images.count() == 0) {
      throw new IllegalArgumentException("there are no " + what + " images");
    }
    for (int i = 0; i < images.count(); i++) {
      if (images.label(i) >= classes) {
        throw new IllegalArgumentException(
            what
                + " image "
                + i
                + " has label "
                + images.label(i)
                + ", but there are "
                + classes
                + " classes");
      }
    }
  }
}
