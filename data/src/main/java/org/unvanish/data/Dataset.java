package org.unvanish.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.loss.TargetKind;

/**
 * A data set: samples to train on and to test on, with what is to be learnt of them.
 *
 * @param name as users write it and as every output names it: {@code cifar10}, {@code synthetic}
 * @param title as a figure's caption names it: {@code CIFAR-10}, {@code synthetic images (seed 1)}
 * @param classes their names, in the order of the class numbers; none where numbers are to be
 *     learnt
 * @param train the training images
 * @param test the test images, of the same shape
 * @param sha256 of its bytes, in lower-case hexadecimal: what a run's provenance says it was
 *     trained on. It is the SHA-256 of a list: the SHA-256 of each part, one a line. The parts of
 *     the whole CIFAR-10 are its files; those of any other data set, and of a training subset, are
 *     the training and the test samples in their order, each sample a label byte, or the four bytes
 *     of each number that is its target, and then its values (a byte each, or the four bytes of a
 *     float, the lowest first). So another split, subset or order has another checksum, and another
 *     packing of the same samples has not. By hand: {@code sha256sum data_batch_?.bin
 *     test_batch.bin | cut -c1-64 | sha256sum}
 * @since 0.1
 */
public record Dataset(
    String name, String title, List<String> classes, ImageSet train, ImageSet test, String sha256) {
  /**
   * @throws IllegalArgumentException if shapes or kinds of targets differ, a label has no class, or
   *     a set is empty
   */
  public Dataset {
    classes = List.copyOf(classes);
    if (!train.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          "training images are " + train.shape() + ", test images " + test.shape());
    }
    requireTargets("training", train, classes.size());
    requireTargets("test", test, classes.size());
    if (width(classes, train.targets()) != width(classes, test.targets())) {
      throw new IllegalArgumentException("training and test samples have other targets");
    }
  }

  /** How many classes there are or, where numbers are to be learnt, how many a sample has. */
  public int targetWidth() {
    return width(classes, train.targets());
  }

  private static int width(List<String> classes, Targets targets) {
    return targets instanceof Targets.Numeric numbers ? numbers.width() : classes.size();
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
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= TrainAndTest.MOST_CLASSES) {
        throw new IllegalArgumentException(
            "row %d has label %d, but classes are numbered from 0 to %d"
                .formatted(i, labels[i], TrainAndTest.MOST_CLASSES - 1));
      }
      classes[i] = (byte) labels[i];
    }
    int count = Arrays.stream(labels).max().orElse(0) + 1;
    List<String> names = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    ImageSet all = samples(rows, new Targets.Labels(classes));
    return of(
        name, Split.of(name, names, all, DataSource.DEFAULT_TEST_SHARE, DataSource.DEFAULT_SEED));
  }

  /**
   * Rows of numbers with the numbers that are to be learnt of them. A fifth is kept for testing
   * ({@link DataSource#DEFAULT_TEST_SHARE}): the same rows each time.
   *
   * @param name as every output names it
   * @param rows [sample][feature], finite and all of one length; at least two
   * @param targets [sample][number], finite and all of one length; one for each row
   * @throws IllegalArgumentException if rows and targets do not fit each other
   * @throws DataException if there is only one row
   */
  public static Dataset of(String name, float[][] rows, float[][] targets) {
    if (rows.length != targets.length || rows.length == 0) {
      throw new IllegalArgumentException(
          "there are " + rows.length + " rows, but " + targets.length + " targets");
    }
    Targets numbers = new Targets.Numbers(joined("target", targets), targets[0].length);
    return of(
        name,
        Split.of(
            name, samples(rows, numbers), DataSource.DEFAULT_TEST_SHARE, DataSource.DEFAULT_SEED));
  }

  private static ImageSet samples(float[][] rows, Targets targets) {
    return new ImageSet(
        Shape.flat(rows[0].length), new Pixels.Floats(joined("row", rows)), targets);
  }

  private static Dataset of(String name, TrainAndTest split) {
    String sha256 =
        SampleChecksums.ofParts(
            List.of(SampleChecksums.of(split.train()), SampleChecksums.of(split.test())));
    return new Dataset(name, name, split.classes(), split.train(), split.test(), sha256);
  }

  /** All numbers one after the other. */
  private static float[] joined(String what, float[][] rows) {
    int width = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != width) {
        throw new IllegalArgumentException(
            "%s %d has %d numbers, but %s 0 has %d"
                .formatted(what, i, rows[i].length, what, width));
      }
      for (float value : rows[i]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(what + " " + i + " has a number that is not finite");
        }
      }
      System.arraycopy(rows[i], 0, values, i * width, width);
    }
    return values;
  }

  private static void requireTargets(String what, ImageSet images, int classes) {
    if (images.count() == 0) {
      throw new IllegalArgumentException("there are no " + what + " images");
    }
    if (images.targets().kind() == TargetKind.NUMBERS) {
      return;
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
