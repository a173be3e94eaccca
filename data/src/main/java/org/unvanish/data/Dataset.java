package org.unvanish.data;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unvanish.loss.TargetKind;

/**
 * A data set: training and test samples with their targets.
 *
 * <p>Two of them are equal only if they share the arrays of their samples. To know whether they
 * hold the same, compare {@link #sha256()}.
 *
 * @param name as users write it and as every output names it: {@code cifar10}, {@code synthetic}
 * @param title as a figure's caption names it: {@code CIFAR-10}, {@code synthetic images (seed 1)}
 * @param classes their names, in the order of the class numbers; none where numbers are to be
 *     learnt
 * @param train the training samples
 * @param test the test samples, of the same shape
 * @param sha256 of its bytes, in lower-case hexadecimal: what a run's provenance says it was
 *     trained on. It is the SHA-256 of a list: the SHA-256 of each part, one a line. The parts of
 *     the whole CIFAR-10 are its files; those of any other data set, and of a training subset, are
 *     the training and the test samples in their order, each sample a label byte, or the four bytes
 *     of each number that is its target (nothing where the values themselves are learnt), and then
 *     its values (a byte each, or the four bytes of a float, the lowest first). So another split,
 *     subset or order has another checksum, and another packing of the same samples has not. Of a
 *     table with columns of categories a further part tells which inputs they are; of padded
 *     sequences one tells their lengths, four bytes each. Of images that are read as sequences, the
 *     parts are the checksum of the images and that of the word that says what a step is. By hand:
 *     {@code sha256sum data_batch_?.bin test_batch.bin | cut -c1-64 | sha256sum}
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
          "training samples are " + train.shape() + ", test samples " + test.shape());
    }
    requireTargets("training", train, classes.size());
    requireTargets("test", test, classes.size());
    if (width(classes, train.targets()) != width(classes, test.targets())) {
      throw new IllegalArgumentException("training and test samples have other targets");
    }
  }

  /**
   * A data set with the checksum of its samples.
   *
   * @param name as users write it
   * @param title as a figure's caption names it
   */
  public Dataset(String name, String title, TrainAndTest samples) {
    this(
        name,
        title,
        samples.classes(),
        samples.train(),
        samples.test(),
        SampleChecksums.of(samples.train(), samples.test()));
  }

  /**
   * What a source holds, with a title that tells how the test samples were drawn.
   *
   * @param title of the files, or of what is drawn
   */
  public static Dataset of(DataSource source, String title, TrainAndTest samples) {
    if (!samples.drawn()) {
      return new Dataset(source.source(), title, samples);
    }
    DecimalFormat percent =
        new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
    String split =
        "%s, %s %% of %s for testing (seed %d)"
            .formatted(
                title,
                percent.format(100 * source.testShare()),
                samples.classes().isEmpty() ? "the samples" : "each class",
                source.seed());
    return new Dataset(source.source(), split, samples);
  }

  /**
   * The same samples with other targets, which are numbers.
   *
   * @param what of the targets, for the title
   */
  Dataset with(ImageSet otherTrain, ImageSet otherTest, String what) {
    return new Dataset(
        name, title + ", " + what, new TrainAndTest(List.of(), otherTrain, otherTest, false));
  }

  /** How many classes there are or, where numbers are to be learnt, how many a sample has. */
  public int targetWidth() {
    return width(classes, train.targets());
  }

  private static int width(List<String> classes, Targets targets) {
    return targets instanceof Targets.Numeric numbers ? numbers.width() : classes.size();
  }

  /**
   * What is to be learnt, in words: {@code in 10 classes}, {@code with 2 numeric targets: price,
   * rent}.
   */
  public String learnt() {
    Targets targets = train.targets();
    if (targets.kind() == TargetKind.CLASSES) {
      return "in " + classes.size() + " classes";
    }
    if (targets instanceof Targets.Inputs) {
      return "with the inputs as targets";
    }
    int width = targetWidth();
    List<TargetColumn> columns = train.columns().targets();
    return "with %d numeric %s".formatted(width, width == 1 ? "target" : "targets")
        + (columns.isEmpty()
            ? ""
            : ": " + columns.stream().map(TargetColumn::name).collect(Collectors.joining(", ")));
  }

  /**
   * What a sample is, in words: {@code samples of 3×32×32}, {@code samples of 4 inputs}, {@code
   * sequences of 3 to 17 steps (2 inputs a step)}.
   */
  public String sampleText() {
    Shape shape = shape();
    if (!shape.isSequence()) {
      boolean numbers = train.pixels() instanceof Pixels.Floats;
      return "samples of " + shape.title() + (numbers ? " inputs" : "");
    }
    int shortest = Math.min(train.shortest(), test.shortest());
    return "sequences of %s%d steps (%d %s a step)"
        .formatted(
            shortest < shape.rows() ? shortest + " to " : "",
            shape.rows(),
            shape.channels(),
            shape.channels() == 1 ? "input" : "inputs");
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
   * @param labels class numbers from 0 to 255, one for each row; each class has at least two rows
   * @throws IllegalArgumentException if rows and labels do not fit each other, or a label is not
   *     from 0 to 255: no data set has more than {@value TrainAndTest#MOST_CLASSES} classes
   * @throws DataException if a class has less than two rows, or the rows take more memory than
   *     there is
   */
  public static Dataset of(String name, float[][] rows, int[] labels) {
    requireAsMany("rows", rows.length, "labels", labels.length);
    return split(name, samples(rows, classes("row", labels)), labels);
  }

  /**
   * Sequences of the caller's own with the numbers of their classes, kept for testing as rows are.
   * Shorter ones are padded at their ends.
   *
   * @param name as every output names it
   * @param sequences [sample][step][feature], finite; at least one step each, all with as many
   *     features
   * @param labels class numbers from 0 to 255, one for each sequence
   * @throws IllegalArgumentException if sequences and labels do not fit each other, or a label is
   *     not from 0 to 255: no data set has more than {@value TrainAndTest#MOST_CLASSES} classes
   * @throws DataException if a class has less than two sequences, or all of them, as long as the
   *     longest, take more memory than there is
   */
  public static Dataset of(String name, float[][][] sequences, int[] labels) {
    requireAsMany("sequences", sequences.length, "labels", labels.length);
    return split(name, sequences(name, sequences, classes("sequence", labels)), labels);
  }

  private static void requireAsMany(String what, int samples, String targets, int given) {
    if (samples != given || samples == 0) {
      throw new IllegalArgumentException(
          "there are %d %s, but %d %s".formatted(samples, what, given, targets));
    }
  }

  private static Targets classes(String what, int[] labels) {
    byte[] classes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= TrainAndTest.MOST_CLASSES) {
        throw new IllegalArgumentException(
            "%s %d has label %d, but classes are numbered from 0 to %d"
                .formatted(what, i, labels[i], TrainAndTest.MOST_CLASSES - 1));
      }
      classes[i] = (byte) labels[i];
    }
    return new Targets.Labels(classes);
  }

  private static Dataset split(String name, ImageSet all, int[] labels) {
    int count = Arrays.stream(labels).max().orElse(0) + 1;
    List<String> names = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    return new Dataset(
        name,
        name,
        Split.of(name, names, all, DataSource.DEFAULT_TEST_SHARE, DataSource.DEFAULT_SEED));
  }

  /**
   * Rows of numbers with the numbers that are to be learnt of them. A fifth is kept for testing
   * ({@link DataSource#DEFAULT_TEST_SHARE}): the same rows each time.
   *
   * @param name as every output names it
   * @param rows [sample][feature], finite and all of one length; at least two
   * @param targets [sample][number], finite and all of one length; one for each row
   * @throws IllegalArgumentException if rows and targets do not fit each other
   * @throws DataException if there is only one row, or the rows take more memory than there is
   */
  public static Dataset of(String name, float[][] rows, float[][] targets) {
    requireAsMany("rows", rows.length, "targets", targets.length);
    return split(name, samples(rows, numbers(targets)));
  }

  /**
   * Sequences of the caller's own with the numbers that are to be learnt of them, kept for testing
   * as rows are. Shorter ones are padded at their ends.
   *
   * @param name as every output names it
   * @param sequences [sample][step][feature], finite; at least one step each, all with as many
   *     features; at least two
   * @param targets [sample][number], finite and all of one length; one for each sequence
   * @throws IllegalArgumentException if sequences and targets do not fit each other
   * @throws DataException if there is only one sequence, or all of them, as long as the longest,
   *     take more memory than there is
   */
  public static Dataset of(String name, float[][][] sequences, float[][] targets) {
    requireAsMany("sequences", sequences.length, "targets", targets.length);
    return split(name, sequences(name, sequences, numbers(targets)));
  }

  private static Targets numbers(float[][] targets) {
    return new Targets.Numbers(joined("target", targets), targets[0].length);
  }

  private static Dataset split(String name, ImageSet all) {
    return new Dataset(
        name, name, Split.of(name, all, DataSource.DEFAULT_TEST_SHARE, DataSource.DEFAULT_SEED));
  }

  private static ImageSet samples(float[][] rows, Targets targets) {
    return new ImageSet(
        Shape.flat(rows[0].length), new Pixels.Floats(joined("row", rows)), targets);
  }

  /** A channel for each feature, a row for each step. */
  private static ImageSet sequences(String name, float[][][] sequences, Targets targets) {
    int[] lengths = Arrays.stream(sequences).mapToInt(sequence -> sequence.length).toArray();
    Lengths steps = Lengths.of(lengths);
    int longest = Arrays.stream(lengths).max().orElseThrow();
    int features = sequences[0][0].length;
    Shape shape = new Shape(features, longest, 1);
    float[] values = Memory.sequences(name, sequences.length, features, longest);
    for (int sample = 0; sample < sequences.length; sample++) {
      float[] joined = joined("sequence %d: step".formatted(sample), sequences[sample]);
      int own = joined.length / lengths[sample];
      if (own != features) {
        throw new IllegalArgumentException(
            "sequence %d has %d features a step, but sequence 0 has %d"
                .formatted(sample, own, features));
      }
      for (int i = 0; i < joined.length; i++) {
        int step = i / features;
        values[(sample * features + i % features) * longest + step] = joined[i];
      }
    }
    return new ImageSet(shape, new Pixels.Floats(values), targets, Columns.NONE, steps);
  }

  /** All numbers one after the other. */
  private static float[] joined(String what, float[][] rows) {
    int width = rows[0].length;
    float[] values = Memory.floats((long) rows.length * width);
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

  private static void requireTargets(String what, ImageSet samples, int classes) {
    if (samples.count() == 0) {
      throw new IllegalArgumentException("there are no " + what + " samples");
    }
    if (samples.targets().kind() == TargetKind.NUMBERS) {
      return;
    }
    for (int i = 0; i < samples.count(); i++) {
      if (samples.label(i) >= classes) {
        throw new IllegalArgumentException(
            what
                + " sample "
                + i
                + " has label "
                + samples.label(i)
                + ", but there are "
                + classes
                + " classes");
      }
    }
  }
}
