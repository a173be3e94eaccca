package org.unvanish.data.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.unvanish.data.DataException;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputFiles;
import org.unvanish.data.Memory;
import org.unvanish.data.Shape;
import org.unvanish.data.TrainAndTest;

/**
 * Reads the binary version of CIFAR-100: two files of records, each the number of one of 20 coarse
 * classes, that of one of 100 fine classes, and then the red, the green and the blue pixels, row by
 * row. The fine classes are what is learned.
 */
final class Cifar100Reader {

  /**
   * The fine classes (Krizhevsky 2009) in the order of the class numbers, which is the alphabet's.
   */
  private static final List<String> CLASSES =
      List.of(
          """
          apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle
          bowl boy bridge bus butterfly camel can castle caterpillar cattle
          chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur
          dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard
          lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
          mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree
          plain plate poppy porcupine possum rabbit raccoon ray road rocket
          rose sea seal shark shrew skunk skyscraper snail snake spider
          squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor
          train trout tulip turtle wardrobe whale willow_tree wolf woman worm
          """
              .strip()
              .split("\\s+"));

  /** The folder that the published archive holds. */
  static final String ARCHIVE_FOLDER = "cifar-100-binary";

  static final String TRAIN = "train.bin";
  static final String TEST = "test.bin";

  private static final String NAMES = "fine_label_names.txt";
  private static final Shape SHAPE = new Shape(3, 32, 32);
  private static final int RECORD_BYTES = 2 + SHAPE.size();
  private static final int COARSE_CLASSES = 20;
  private static final String WAY_OUT = "Get a fresh copy of the binary version of CIFAR-100.";

  private Cifar100Reader() {}

  /**
   * @throws DataException if a file is missing, is not made of whole records, cannot be read or
   *     holds a label that does not exist
   */
  static TrainAndTest read(Path path) {
    Path folder = DataFiles.inner(path, ARCHIVE_FOLDER);
    return new TrainAndTest(
        classes(folder), readFile(folder.resolve(TRAIN)), readFile(folder.resolve(TEST)), false);
  }

  private static List<String> classes(Path folder) {
    Path file = folder.resolve(NAMES);
    if (!Files.exists(file)) {
      return CLASSES;
    }
    InputFiles.requireFile(file);
    List<String> names;
    try {
      if (Files.size(file) > InputFiles.MOST_NAMES_BYTES) {
        throw new DataException(file + " is too large for a list of 100 names. " + WAY_OUT);
      }
      names =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
    int distinct = new HashSet<>(names).size();
    if (names.size() != CLASSES.size() || distinct != names.size()) {
      throw new DataException(
          file
              + " has "
              + names.size()
              + " names of classes, "
              + distinct
              + " of them different, instead of 100. Remove the file to use the published names.");
    }
    return names;
  }

  private static ImageSet readFile(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(file + " is missing. " + WAY_OUT);
    }
    InputFiles.requireFile(file);
    int records = records(file);
    byte[] pixels = Memory.bytes((long) records * SHAPE.size());
    byte[] labels = new byte[records];
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      for (int record = 0; record < records; record++) {
        requireLabel(file, record, "coarse", in.readUnsignedByte(), COARSE_CLASSES);
        int label = in.readUnsignedByte();
        requireLabel(file, record, "fine", label, CLASSES.size());
        labels[record] = (byte) label;
        in.readFully(pixels, record * SHAPE.size(), SHAPE.size());
      }
    } catch (EOFException e) {
      throw new DataException(file + " became shorter while it was read. " + WAY_OUT, e);
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
    return new ImageSet(SHAPE, pixels, labels);
  }

  private static int records(Path file) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException e) {
      throw DataException.cannotRead(file, e);
    }
    if (bytes == 0 || bytes % RECORD_BYTES != 0) {
      throw new DataException(
          file
              + " has "
              + bytes
              + " bytes, which is not a multiple of "
              + RECORD_BYTES
              + " bytes, at least one. "
              + WAY_OUT);
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes / RECORD_BYTES);
  }

  private static void requireLabel(Path file, int record, String which, int label, int classes) {
    if (label >= classes) {
      throw new DataException(
          "%s is altered: record %d (from 0) has %s label %d, but %s labels go from 0 to %d. %s"
              .formatted(file, record, which, label, which, classes - 1, WAY_OUT));
    }
  }
}
