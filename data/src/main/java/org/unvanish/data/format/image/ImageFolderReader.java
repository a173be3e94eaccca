package org.unvanish.data.format.image;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.ImageSet;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Memory;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TrainAndTest;

/**
 * Reads images from a folder for each class, named as the class: either in the folders {@code
 * train} and {@code test}, or directly, to be split by the seed.
 *
 * <p>Classes and files are taken in the order of their names; hidden files, and files beside the
 * class folders, are ignored. All images must have one size and be all grey (one channel) or all in
 * colour (three).
 */
public final class ImageFolderReader {
  private final List<String> classes;
  private final LoadProgress progress;

  /** The first image, which all others must resemble. */
  private @Nullable Path model;

  private @Nullable Shape shape;

  private ImageFolderReader(List<String> classes, LoadProgress progress) {
    this.classes = classes;
    this.progress = progress;
  }

  /**
   * Reads a folder of images, or its folders {@code train} and {@code test}.
   *
   * @throws DataException if there are no classes or too many, a class is empty, or a file is no
   *     image or another one than the first
   */
  public static TrainAndTest read(Path folder, DataSource source, LoadProgress progress) {
    Path train = folder.resolve("train");
    Path test = folder.resolve("test");
    boolean parted = Files.isDirectory(train) && Files.isDirectory(test);
    List<String> classes = classes(parted ? train : folder);
    ImageFolderReader reader = new ImageFolderReader(classes, progress);
    if (!parted) {
      ImageSet all = reader.readPart(folder);
      return Split.of(folder.toString(), classes, all, source.testShare(), source.seed());
    }
    for (String name : classes(test)) {
      if (!classes.contains(name)) {
        throw new DataException(
            test.resolve(name)
                + " is a class to test on, but there is no "
                + train.resolve(name)
                + " to train on. Add that folder, or remove this one.");
      }
    }
    return new TrainAndTest(classes, reader.readPart(train), reader.readPart(test), false);
  }

  private static List<String> classes(Path folder) {
    List<String> names = ImageFolders.subfolders(folder).stream().map(ImageFolders::name).toList();
    if (names.isEmpty()) {
      throw new DataException(
          folder + " holds no folders: there must be one with images for each class.");
    }
    if (names.size() > TrainAndTest.MOST_CLASSES) {
      throw new DataException(
          "%s holds %d folders, but there may be at most %d classes."
              .formatted(folder, names.size(), TrainAndTest.MOST_CLASSES));
    }
    return names;
  }

  /** The images of all classes that are there. */
  private ImageSet readPart(Path folder) {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      Path classFolder = folder.resolve(classes.get(label));
      if (Files.isDirectory(classFolder)) {
        List<Path> images = ImageFolders.images(classFolder);
        files.addAll(images);
        for (int i = 0; i < images.size(); i++) {
          labels.add(label);
        }
      }
    }
    Shape common = shape == null ? shapeOf(files.get(0)) : shape;
    byte[] pixels = Memory.bytes((long) files.size() * common.size());
    byte[] numbers = new byte[files.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = labels.get(i).byteValue();
      read(files.get(i), common, pixels, i * common.size());
      progress.advanced(folder.toString(), i + 1L, numbers.length);
    }
    return new ImageSet(common, pixels, numbers);
  }

  private Shape shapeOf(Path first) {
    model = first;
    shape = DecodedImage.read(first).shape();
    return shape;
  }

  private void read(Path file, Shape common, byte[] pixels, int at) {
    DecodedImage image = DecodedImage.read(file);
    if (!image.shape().equals(common)) {
      throw new DataException(
          "%s is %s, but %s is %s. Give all images the same size, all grey or all colour."
              .formatted(model, describe(common), file, describe(image.shape())));
    }
    System.arraycopy(image.pixels(), 0, pixels, at, common.size());
  }

  private static String describe(Shape shape) {
    return "%d×%d pixels (width×height) and %s"
        .formatted(shape.columns(), shape.rows(), shape.channels() == 1 ? "grey" : "in colour");
  }
}
