package org.unvanish.data.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.unvanish.data.Columns;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Pixels;
import org.unvanish.data.Randomness;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TargetColumn;
import org.unvanish.data.Targets;

/** Generated tables: small problems to try networks on. */
public enum DrawnTable implements DrawnData {
  /**
   * Two classes: points near a circle of radius 1, and near one of radius ½ inside it. The noise is
   * the standard deviation of what is added to each coordinate.
   */
  CIRCLES("two circles, one inside the other", 2, 0.1, 2, false) {
    @Override
    Sampler sampler(Randomness random, double noise, int classes) {
      return (sample, inputs, targets) -> {
        int label = sample % 2;
        double radius = label == 0 ? 1 : 0.5;
        double angle = random.between(0, 2 * Math.PI);
        inputs[0] = (float) (radius * StrictMath.cos(angle) + noise * random.bell());
        inputs[1] = (float) (radius * StrictMath.sin(angle) + noise * random.bell());
        return label;
      };
    }
  },
  /**
   * Some classes, each a round cloud of points. The centres lie evenly on a circle, neighbours five
   * units apart. The noise is the standard deviation of each coordinate.
   */
  BLOBS("a cloud of points for each class", 2, 1, 3, true) {
    @Override
    Sampler sampler(Randomness random, double noise, int classes) {
      double step = 2 * Math.PI / classes;
      double radius = DISTANCE / 2 / StrictMath.sin(step / 2);
      return (sample, inputs, targets) -> {
        int label = sample % classes;
        inputs[0] = (float) (radius * StrictMath.cos(step * label) + noise * random.bell());
        inputs[1] = (float) (radius * StrictMath.sin(step * label) + noise * random.bell());
        return label;
      };
    }
  },
  /**
   * Two classes: whether just one of two inputs is 1, each being 0 or 1. The noise is the standard
   * deviation of what is added to each input.
   */
  XOR("whether just one of two inputs is 1", 2, 0, 2, false) {
    @Override
    Sampler sampler(Randomness random, double noise, int classes) {
      return (sample, inputs, targets) -> {
        int a = sample & 1;
        int b = sample >> 1 & 1;
        inputs[0] = (float) (a + noise * random.bell());
        inputs[1] = (float) (b + noise * random.bell());
        return a ^ b;
      };
    }
  },
  /**
   * Some labels that each sample has or has not, as targets of 1 and 0: on which side of a plane
   * through the origin the sample lies. Inputs have mean 0 and standard deviation 1. The noise is
   * the standard deviation of what is added to the distance from the plane.
   */
  MULTI_LABEL("several labels for each sample", 10, 0.1, 3, true) {
    @Override
    Sampler sampler(Randomness random, double noise, int classes) {
      double[][] normals = new double[classes][];
      Arrays.setAll(normals, i -> direction(random, 10));
      return (sample, inputs, targets) -> {
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = (float) random.bell();
        }
        for (int label = 0; label < classes; label++) {
          double distance = noise * random.bell();
          for (int i = 0; i < inputs.length; i++) {
            distance += normals[label][i] * inputs[i];
          }
          targets[label] = distance > 0 ? 1 : 0;
        }
        return 0;
      };
    }

    @Override
    List<String> targets(int classes) {
      return IntStream.rangeClosed(1, classes).mapToObj(i -> "label" + i).toList();
    }
  },
  /**
   * One number of ten inputs in [0, 1], five of them without effect: y = 10·sin(π·x₁·x₂) + 20·(x₃ −
   * ½)² + 10·x₄ + 5·x₅ (Friedman, Multivariate adaptive regression splines, 1991). The noise is the
   * standard deviation of what is added to y.
   */
  REGRESSION("a number that ten inputs decide (Friedman 1991)", 10, 1, 0, false) {
    @Override
    Sampler sampler(Randomness random, double noise, int classes) {
      return (sample, inputs, targets) -> {
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = (float) random.between(0, 1);
        }
        double off = inputs[2] - 0.5;
        double y =
            10 * StrictMath.sin(Math.PI * inputs[0] * inputs[1])
                + 20 * off * off
                + 10 * inputs[3]
                + 5 * inputs[4];
        targets[0] = (float) (y + noise * random.bell());
        return 0;
      };
    }

    @Override
    List<String> targets(int classes) {
      return List.of("y");
    }
  };

  /** How many samples are drawn in all. */
  public static final int DEFAULT_SAMPLES = 1_000;

  /** Between the centres of neighbouring blobs. */
  private static final double DISTANCE = 5;

  /** Draws one sample after another. */
  interface Sampler {
    /**
     * Draws a sample.
     *
     * @param sample its number
     * @param inputs receives its inputs
     * @param targets receives the numbers to be learnt
     * @return its class, where one is to be learnt
     */
    int draw(int sample, float[] inputs, float[] targets);
  }

  private final String title;
  private final int inputs;
  private final double noise;
  private final int classes;
  private final boolean anyClasses;

  /**
   * @param title in words
   * @param inputs of a sample
   * @param noise by default
   * @param classes by default, or labels; 0 where a number is to be learnt
   * @param anyClasses whether there may be more or fewer
   */
  DrawnTable(String title, int inputs, double noise, int classes, boolean anyClasses) {
    this.title = title;
    this.inputs = inputs;
    this.noise = noise;
    this.classes = classes;
    this.anyClasses = anyClasses;
  }

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String title() {
    return title;
  }

  /** What draws the samples, of all that is random here the first. */
  abstract Sampler sampler(Randomness random, double noise, int classes);

  /** The names of the numbers to be learnt; none where classes are. */
  List<String> targets(int classes) {
    return List.of();
  }

  private static double[] direction(Randomness random, int inputs) {
    double[] direction = new double[inputs];
    Arrays.setAll(direction, i -> random.bell());
    // One after the other: how a stream adds depends on the version of Java.
    double squares = 0;
    for (double x : direction) {
      squares += x * x;
    }
    double length = Math.sqrt(squares);
    Arrays.setAll(direction, i -> direction[i] / length);
    return direction;
  }

  @Override
  public Dataset draw(DataSource source) {
    if (source.drawing().classes().isPresent() && !anyClasses) {
      throw new DataException(
          label() + " takes no \"classes\"; only blobs and multi-label do. Leave it out.");
    }
    if (source.drawing().steps().isPresent()) {
      throw new DataException(
          label() + " takes no \"steps\"; only adding and copying do. Leave it out.");
    }
    int count = source.drawing().samples().orElse(DEFAULT_SAMPLES);
    double deviation = source.drawing().noise().orElse(noise);
    int labels = source.drawing().classes().orElse(classes);
    ImageSet samples =
        draw(
            count,
            sampler(new Randomness(source.seed(), label()), deviation, labels),
            targets(labels));
    String what =
        String.format(Locale.ROOT, "%s (%,d samples, noise %s)", label(), count, deviation);
    if (!targets(labels).isEmpty()) {
      return Dataset.of(
          source, what, Split.of(label(), samples, source.testShare(), source.seed()));
    }
    List<String> names = IntStream.range(0, labels).mapToObj(Integer::toString).toList();
    return Dataset.of(
        source, what, Split.of(label(), names, samples, source.testShare(), source.seed()));
  }

  private ImageSet draw(int count, Sampler sampler, List<String> names) {
    float[] values = new float[count * inputs];
    float[] numbers = new float[count * names.size()];
    byte[] labels = new byte[count];
    float[] sample = new float[inputs];
    float[] target = new float[names.size()];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) sampler.draw(i, sample, target);
      System.arraycopy(sample, 0, values, i * sample.length, sample.length);
      System.arraycopy(target, 0, numbers, i * target.length, target.length);
    }
    Targets targets =
        names.isEmpty() ? new Targets.Labels(labels) : new Targets.Numbers(numbers, names.size());
    List<InputColumn> columns =
        IntStream.rangeClosed(1, inputs)
            .<InputColumn>mapToObj(i -> new InputColumn.Numeric("x" + i))
            .toList();
    return new ImageSet(
        Shape.flat(inputs),
        new Pixels.Floats(values),
        targets,
        new Columns(columns, names.stream().map(TargetColumn::raw).toList()));
  }
}
