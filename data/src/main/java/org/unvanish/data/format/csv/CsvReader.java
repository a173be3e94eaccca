package org.unvanish.data.format.csv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.Columns;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputFiles;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.TargetColumn;
import org.unvanish.data.Targets;
import org.unvanish.data.TrainAndTest;

/**
 * Reads comma-separated values (RFC 4180, UTF-8) with a header line: either one file, to be split
 * by the seed, or a folder with {@code train.csv} and {@code test.csv} of the same columns.
 *
 * <p>Each row is a sample or, where a column tells which sequence it belongs to, a time step of
 * one.
 *
 * <p>A column holds labels, or some hold numbers to be learnt. All others are inputs: numbers, or
 * categories. Labels and categories may be any text; both are sorted, by number if all are
 * integers, else by text.
 */
public final class CsvReader {
  public static final String TRAIN = "train.csv";
  public static final String TEST = "test.csv";

  private CsvReader() {}

  /**
   * Reads a table, or the tables of training and test in a folder.
   *
   * @throws DataException if a file is missing, or anything in it is not as it should be
   */
  public static TrainAndTest read(Path path, DataSource source, LoadProgress progress) {
    TrainAndTest read =
        Files.isDirectory(path) ? both(path, source, progress) : split(path, source, progress);
    requireChange(path, read.train());
    return read;
  }

  private static TrainAndTest split(Path file, DataSource source, LoadProgress progress) {
    CsvTable table = CsvTable.read(file, source, progress);
    requireClasses(file, table, source);
    requireSteps(table, source);
    List<String> classes = TextOrder.sorted(table.labels());
    CsvInputs inputs = new CsvInputs(table, source.columns().coded());
    ImageSet samples = samples(table, inputs, table.longest(), source, classes);
    return classes.isEmpty()
        ? Split.of(file.toString(), samples, source.testShare(), source.seed())
        : Split.of(file.toString(), classes, samples, source.testShare(), source.seed());
  }

  private static TrainAndTest both(Path folder, DataSource source, LoadProgress progress) {
    Path testFile = existing(folder.resolve(TEST));
    CsvTable train = CsvTable.read(existing(folder.resolve(TRAIN)), source, progress);
    requireClasses(folder.resolve(TRAIN), train, source);
    requireSteps(train, source);
    CsvTable test = CsvTable.read(testFile, source, progress);
    requireSame(folder, train.features(), test.features());
    List<String> classes = TextOrder.sorted(train.labels());
    for (String label : test.labels()) {
      if (!classes.contains(label)) {
        throw new DataException(
            "%s has samples with the label \"%s\", but %s has none to train on. Add some, or remove these."
                .formatted(testFile, InputFiles.abbreviated(label), TRAIN));
      }
    }
    CsvInputs inputs = new CsvInputs(train, source.columns().coded());
    int longest = Math.max(train.longest(), test.longest());
    return new TrainAndTest(
        classes,
        samples(train, inputs, longest, source, classes),
        samples(test, inputs, longest, source, classes),
        false);
  }

  private static void requireClasses(Path file, CsvTable table, DataSource source) {
    if (source.columns().labelsAreClasses() || source.targets() == TargetChoice.INPUTS) {
      return;
    }
    String column = source.columns().label().orElse(ColumnRoles.DEFAULT_LABEL);
    MeasuredColumns.problem(
            "the label column \"%s\" of %s".formatted(column, file),
            table.labels(),
            table.samples())
        .ifPresent(
            problem -> {
              throw new DataException(problem);
            });
  }

  /** Sequences of one step each are a slip: they have no order to learn from. */
  private static void requireSteps(CsvTable table, DataSource source) {
    Optional<String> column = source.columns().sequence();
    if (column.isPresent() && table.longest() == 1) {
      throw new DataException(
          ("every sequence of %s has one step: no value of the column \"%s\" is in two rows. "
                  + "Name the column that the rows of a sequence share, or leave out sequence-column to "
                  + "learn from single rows.")
              .formatted(table.file(), column.get()));
    }
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new DataException(
          file
              + " is missing. Add it, or name the other file alone, which is then split into "
              + "training and test samples.");
    }
    return file;
  }

  private static void requireSame(Path folder, List<String> train, List<String> test) {
    int common = Math.min(train.size(), test.size());
    for (int i = 0; i < common; i++) {
      if (!train.get(i).equals(test.get(i))) {
        throw new DataException(
            "input column %d is \"%s\" in %s, but \"%s\" in %s of %s. Both must have the same columns in the same order."
                .formatted(i + 1, train.get(i), TRAIN, test.get(i), TEST, folder));
      }
    }
    if (train.size() != test.size()) {
      throw new DataException(
          "%s has %d input columns, but %s of %s has %d. Both must have the same columns."
              .formatted(TRAIN, train.size(), TEST, folder, test.size()));
    }
  }

  /** A target that is always the same is a slip: it takes no network to tell it. */
  private static void requireChange(Path path, ImageSet train) {
    List<TargetColumn> targets = train.columns().targets();
    for (int i = 0; i < targets.size(); i++) {
      Targets.Numeric numbers = (Targets.Numeric) train.targets();
      int sample = 1;
      while (sample < numbers.count() && numbers.number(sample, i) == numbers.number(0, i)) {
        sample++;
      }
      if (sample == numbers.count()) {
        throw new DataException(
            "the target column \"%s\" of %s is %s in all training rows, so there is nothing to learn. Name another column."
                .formatted(targets.get(i).name(), path, numbers.number(0, i)));
      }
    }
  }

  /**
   * The samples of a table.
   *
   * @param longest how many steps all have, with padding
   * @param classes sorted; none where there are no labels
   */
  private static ImageSet samples(
      CsvTable table, CsvInputs inputs, int longest, DataSource source, List<String> classes) {
    List<TargetColumn> targets =
        source.columns().targets().stream().map(TargetColumn::raw).toList();
    Columns columns = new Columns(inputs.columns(), targets);
    Pixels values = new Pixels.Floats(inputs.values(table, longest));
    Shape shape = new Shape(columns.inputs().size(), longest, 1);
    return new ImageSet(
        shape, values, targets(table, classes, shape, values, targets), columns, table.lengths());
  }

  private static Targets targets(
      CsvTable table,
      List<String> classes,
      Shape shape,
      Pixels values,
      List<TargetColumn> columns) {
    if (!columns.isEmpty()) {
      return new Targets.Numbers(table.targets(), columns.size());
    }
    return classes.isEmpty() ? new Targets.Inputs(shape, values) : labels(table, classes);
  }

  /** The numbers of the sorted classes in place of those of the table. */
  private static Targets.Labels labels(CsvTable table, List<String> classes) {
    List<Integer> numbers = new ArrayList<>();
    table.labels().forEach(label -> numbers.add(classes.indexOf(label)));
    byte[] labels = new byte[table.samples()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = numbers.get(Byte.toUnsignedInt(table.sampleLabels()[i])).byteValue();
    }
    return new Targets.Labels(labels);
  }
}
