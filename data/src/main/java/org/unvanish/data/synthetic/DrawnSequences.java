package org.unvanish.data.synthetic;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.data.Columns;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Memory;
import org.unvanish.data.Pixels;
import org.unvanish.data.Randomness;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TargetColumn;
import org.unvanish.data.Targets;

/**
 * Generated sequences: problems that a network solves only if it remembers inputs of many steps
 * ago. All sequences of a draw have one length.
 */
public enum DrawnSequences implements DrawnData {
  /**
   * The sum of two numbers (Hochreiter &amp; Schmidhuber, Long short-term memory, 1997; in the form
   * of Arjovsky, Shah &amp; Bengio, Unitary evolution recurrent neural networks, 2016). Each step
   * has a value, uniform on [0, 1], and a marker. The marker is 1 at one place in the first half
   * and at one in the second, else 0; the target is the sum of the two values there. To answer
   * always 1 has a mean squared error of 1/6, the variance of the sum. The noise is the standard
   * deviation of what is added to the target.
   */
  ADDING("the sum of two marked values of a sequence", "steps", 2, OptionalDouble.of(0)) {
    @Override
    Columns columns() {
      return new Columns(
          List.of(new InputColumn.Numeric("value"), new InputColumn.Numeric("marker")),
          List.of(TargetColumn.raw("sum")));
    }

    @Override
    int targets() {
      return 1;
    }

    @Override
    int length(int steps) {
      return steps;
    }

    @Override
    void draw(Randomness random, double noise, Sequence sequence) {
      int length = sequence.length;
      for (int step = 0; step < length; step++) {
        sequence.put(0, step, (float) random.between(0, 1));
      }
      int first = (int) random.between(0, length / 2);
      int second = (int) random.between(length / 2, length);
      sequence.put(1, first, 1);
      sequence.put(1, second, 1);
      double sum = (double) sequence.get(0, first) + sequence.get(0, second);
      sequence.learn(0, (float) (sum + noise * random.bell()));
    }
  },
  /**
   * Ten symbols to remember (Arjovsky, Shah &amp; Bengio 2016, after Hochreiter &amp; Schmidhuber
   * 1997), in a form with one target for each sequence. A sequence is ten symbols out of eight,
   * some blanks and a cue; each of the ten kinds of steps is one input that is 1. The targets are
   * 80 labels: for each place of the list and each symbol, whether it stood there. They are learnt
   * from the last state by binary cross-entropy, which is 0.377 where each label is given the
   * probability 1/8.
   */
  COPYING("a list of ten symbols, told before many blanks", "blanks", 1, OptionalDouble.empty()) {
    @Override
    Columns columns() {
      Stream<String> symbols = IntStream.rangeClosed(1, KINDS).mapToObj(Integer::toString);
      return new Columns(
          Stream.concat(symbols, Stream.of("blank", "cue"))
              .<InputColumn>map(kind -> new InputColumn.OneHot("symbol", kind))
              .toList(),
          List.of());
    }

    @Override
    int targets() {
      return COPIED * KINDS;
    }

    @Override
    int length(int steps) {
      return COPIED + steps + 1;
    }

    @Override
    void draw(Randomness random, double noise, Sequence sequence) {
      int cue = sequence.length - 1;
      for (int place = 0; place < COPIED; place++) {
        int symbol = (int) random.between(0, KINDS);
        sequence.put(symbol, place, 1);
        sequence.learn(place * KINDS + symbol, 1);
      }
      for (int step = COPIED; step < cue; step++) {
        sequence.put(KINDS, step, 1);
      }
      sequence.put(KINDS + 1, cue, 1);
    }
  };

  /** How many sequences are drawn in all. */
  public static final int DEFAULT_SAMPLES = 10_000;

  /** How many steps, or blanks, a sequence has. */
  public static final int DEFAULT_STEPS = 100;

  /** Symbols of a list to be copied. */
  private static final int COPIED = 10;

  /** Different symbols, beside blank and cue. */
  private static final int KINDS = 8;

  private final String title;
  private final String counted;
  private final int leastSteps;
  private final OptionalDouble noise;

  /**
   * @param title in words
   * @param counted what the steps that a source asks for are
   * @param leastSteps of these
   * @param noise by default; empty where there can be none
   */
  DrawnSequences(String title, String counted, int leastSteps, OptionalDouble noise) {
    this.title = title;
    this.counted = counted;
    this.leastSteps = leastSteps;
    this.noise = noise;
  }

  /** One sequence among all, with its targets: all 0 before it is drawn. */
  static final class Sequence {
    private final float[] values;
    private final float[] targets;
    private final int features;
    private final int length;
    private final int width;
    private int number;

    private Sequence(String what, int count, Shape shape, int width) {
      this.features = shape.channels();
      this.length = shape.rows();
      this.width = width;
      this.values = Memory.sequences(what, count, features, length);
      this.targets = Memory.floats((long) count * width);
    }

    private int at(int feature, int step) {
      return (number * features + feature) * length + step;
    }

    float get(int feature, int step) {
      return values[at(feature, step)];
    }

    void put(int feature, int step, float value) {
      values[at(feature, step)] = value;
    }

    void learn(int index, float target) {
      targets[number * width + index] = target;
    }
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return title;
  }

  /** What the features are, and the target where it has a name. */
  abstract Columns columns();

  /** How many numbers are to be learnt. */
  abstract int targets();

  /** How long a sequence is. */
  abstract int length(int steps);

  /** Draws the next sequence. */
  abstract void draw(Randomness random, double noise, Sequence sequence);

  @Override
  public Dataset draw(DataSource source) {
    Drawing drawing = source.drawing();
    if (drawing.classes().isPresent()) {
      throw new DataException(
          label() + " takes no \"classes\"; only blobs and multi-label do. Leave it out.");
    }
    if (drawing.noise().isPresent() && noise.isEmpty()) {
      throw new DataException(
          label() + " takes no \"noise\", because its steps are symbols. Leave it out.");
    }
    int steps = drawing.steps().orElse(DEFAULT_STEPS);
    if (steps < leastSteps) {
      throw new DataException(
          "%s needs at least %d %s, but \"steps\" is %d."
              .formatted(label(), leastSteps, counted, steps));
    }
    int count = drawing.samples().orElse(DEFAULT_SAMPLES);
    double deviation = drawing.noise().orElse(noise.orElse(0));
    String what =
        String.format(Locale.ROOT, "%s (%,d samples, %,d %s", label(), count, steps, counted)
            + (deviation > 0 ? ", noise " + deviation + ")" : ")");
    ImageSet samples = draw(count, length(steps), deviation, source.seed());
    return Dataset.of(source, what, Split.of(label(), samples, source.testShare(), source.seed()));
  }

  private ImageSet draw(int count, int length, double deviation, long seed) {
    Columns columns = columns();
    Shape shape = new Shape(columns.inputs().size(), length, 1);
    Sequence sequence = new Sequence(label(), count, shape, targets());
    Randomness random = new Randomness(seed, label());
    for (sequence.number = 0; sequence.number < count; sequence.number++) {
      draw(random, deviation, sequence);
    }
    return new ImageSet(
        shape,
        new Pixels.Floats(sequence.values),
        new Targets.Numbers(sequence.targets, targets()),
        columns);
  }
}
