package org.unvanish.data.format.csv;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.ImageSet;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TrainAndTest;

/**
 * Reads comma-separated values (RFC 4180, UTF-8) with a header line, a column of labels and numbers
 * in all other columns: either one file, to be split by the seed, or a folder with {@code
 * train.csv} and {@code test.csv} of the same columns.
 *
 * <p>Labels may be any text. The classes are in their order: by number if all are integers, else by
 * text.
 */
public final class CsvReader {
  public static final String TRAIN = "train.csv";
  public static final String TEST = "test.csv";

  private static final String DEFAULT_LABEL_COLUMN = "label";
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

  private CsvReader() {}

  /**
   * Reads a table, or the tables of training and test in a folder.
   *
   * @throws DataException if a file is missing, or anything in it is not as it should be
   */
  public static TrainAndTest read(Path path, DataSource source, LoadProgress progress) {
    String labelColumn = source.labelColumn().orElse(DEFAULT_LABEL_COLUMN);
    if (!Files.isDirectory(path)) {
      CsvTable table = CsvTable.read(path, labelColumn, progress);
      requireClasses(path, table, source);
      List<String> classes = classes(table);
      return Split.of(
          path.toString(), classes, samples(table, classes), source.testShare(), source.seed());
    }
    Path testFile = existing(path.resolve(TEST));
    CsvTable train = CsvTable.read(existing(path.resolve(TRAIN)), labelColumn, progress);
    requireClasses(path.resolve(TRAIN), train, source);
    CsvTable test = CsvTable.read(testFile, labelColumn, progress);
    requireSame(path, train.features(), test.features());
    List<String> classes = classes(train);
    for (String label : test.labels()) {
      if (!classes.contains(label)) {
        throw new DataException(
            "%s has samples with the label \"%s\", but %s has none to train on. Add some, or remove these."
                .formatted(testFile, label, TRAIN));
      }
    }
    return new TrainAndTest(classes, samples(train, classes), samples(test, classes), false);
  }

  private static void requireClasses(Path file, CsvTable table, DataSource source) {
    if (source.labelsAreClasses()) {
      return;
    }
    String column = source.labelColumn().orElse(DEFAULT_LABEL_COLUMN);
    MeasuredColumns.problem(
            "the label column \"%s\" of %s".formatted(column, file),
            table.labels(),
            table.rowLabels().length)
        .ifPresent(
            problem -> {
              throw new DataException(problem);
            });
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(
          file
              + " is missing. Give the other file alone to have it split into training and test"
              + " samples.");
    }
    return file;
  }

  private static void requireSame(Path folder, List<String> train, List<String> test) {
    int common = Math.min(train.size(), test.size());
    for (int i = 0; i < common; i++) {
      if (!train.get(i).equals(test.get(i))) {
        throw new DataException(
            "number column %d is \"%s\" in %s, but \"%s\" in %s of %s. Both must have the same columns in the same order."
                .formatted(i + 1, train.get(i), TRAIN, test.get(i), TEST, folder));
      }
    }
    if (train.size() != test.size()) {
      throw new DataException(
          "%s has %d columns of numbers, but %s of %s has %d. Both must have the same columns."
              .formatted(TRAIN, train.size(), TEST, folder, test.size()));
    }
  }

  private static List<String> classes(CsvTable table) {
    boolean integers = table.labels().stream().allMatch(INTEGER.asMatchPredicate());
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> byNumber = Comparator.comparing(text -> new BigInteger(text));
    return table.labels().stream()
        .sorted(integers ? byNumber.thenComparing(byText) : byText)
        .toList();
  }

  /** The samples, with the numbers of the sorted classes in place of those of the table. */
  private static ImageSet samples(CsvTable table, List<String> classes) {
    List<Integer> numbers = new ArrayList<>();
    table.labels().forEach(label -> numbers.add(classes.indexOf(label)));
    byte[] labels = new byte[table.rowLabels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = numbers.get(Byte.toUnsignedInt(table.rowLabels()[i])).byteValue();
    }
    return new ImageSet(
        Shape.flat(table.features().size()), new Pixels.Floats(table.values()), labels);
  }
}
