package org.unvanish.data.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.data.DataException;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.TrainAndTest;

/**
 * Reads the four files of MNIST, Fashion-MNIST and their like: training and test images, and the
 * labels of both. The classes are named by their numbers, 0 up to the largest training label.
 */
final class IdxReader {
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";

  private IdxReader() {}

  /** Every name that one of the files may have. */
  static Stream<String> allNames() {
    return Stream.of(TRAIN, TEST)
        .flatMap(part -> Stream.concat(names(part, "images", 3), names(part, "labels", 1)));
  }

  private static Stream<String> names(String part, String what, int dimensions) {
    return Stream.of("-", ".")
        .map(dot -> part + "-" + what + dot + "idx" + dimensions + "-ubyte")
        .flatMap(name -> Stream.of(name, name + ".gz"));
  }

  /**
   * @throws DataException if a file is missing, is not what its header says, or the files do not
   *     fit each other
   */
  static TrainAndTest read(Path folder) {
    ImageSet train = readPart(folder, TRAIN);
    Path testImages = file(folder, TEST, "images", 3);
    Path testLabels = file(folder, TEST, "labels", 1);
    ImageSet test = readPart(folder, TEST);
    if (!test.shape().equals(train.shape())) {
      throw new DataException(
          testImages
              + " has images of "
              + sides(test.shape())
              + ", but the training images are of "
              + sides(train.shape())
              + " (rows×columns). All must have the same size.");
    }
    int classes = 1 + IntStream.range(0, train.count()).map(train::label).max().orElse(0);
    for (int i = 0; i < test.count(); i++) {
      if (test.label(i) >= classes) {
        throw new DataException(
            "%s: record %d (from 0) has label %d, but the training labels go from 0 to %d."
                    .formatted(testLabels, i, test.label(i), classes - 1)
                + " Get a fresh copy of the four files.");
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return new TrainAndTest(names, train, test, false);
  }

  private static ImageSet readPart(Path folder, String part) {
    Path imageFile = file(folder, part, "images", 3);
    Path labelFile = file(folder, part, "labels", 1);
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    int count = images.dimensions().get(0);
    if (labels.dimensions().get(0) != count) {
      throw new DataException(
          "%s has %d images, but %s has %d labels. Get both from the same source."
              .formatted(imageFile, count, labelFile, labels.dimensions().get(0)));
    }
    Shape shape = new Shape(1, images.dimensions().get(1), images.dimensions().get(2));
    return new ImageSet(shape, images.bytes(), labels.bytes());
  }

  private static Path file(Path folder, String part, String what, int dimensions) {
    String[] names = names(part, what, dimensions).toArray(String[]::new);
    return Arrays.stream(names)
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    folder.resolve(names[0])
                        + " is missing, also as "
                        + String.join(", ", Arrays.asList(names).subList(1, names.length))
                        + "."));
  }

  private static String sides(Shape shape) {
    return shape.rows() + "×" + shape.columns();
  }
}
