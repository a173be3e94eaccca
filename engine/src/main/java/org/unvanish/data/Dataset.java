package org.unvanish.data;

import java.util.List;

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
