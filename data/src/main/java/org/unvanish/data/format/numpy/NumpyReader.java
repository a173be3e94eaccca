package org.unvanish.data.format.numpy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Memory;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Split;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.Targets;
import org.unvanish.data.TrainAndTest;

/**
 * Reads a {@code .npz} file as a data set: arrays x and y, to be split by the seed, or x_train,
 * y_train, x_test and y_test. What an axis is follows from their number: samples×features,
 * samples×steps×features, or images, which have their channels in front of rows and columns or
 * behind. Arrays of bytes are pixels.
 */
public final class NumpyReader {

  /** An axis with no more is that of an image's channels, if the other is longer. */
  private static final int MOST_CHANNELS = 4;

  private NumpyReader() {}

  /**
   * Reads the file.
   *
   * @throws DataException if an array is missing, or not as it should be
   */
  public static TrainAndTest read(Path file, DataSource source) {
    Map<String, NumpyArray> arrays = NumpyFile.read(file);
    NumpySamples train = NumpySamples.train(file, arrays, Optional.empty());
    Optional<NumpySamples> test = NumpySamples.test(file, arrays);
    int classes = learnt(file, train, source).map(NumpyTargets::classes).orElse(0);
    if (classes > TrainAndTest.MOST_CLASSES) {
      throw new DataException(
          "%s has classes up to %d, but there may be at most %d. Save numeric targets as floats."
              .formatted(file, classes - 1, TrainAndTest.MOST_CLASSES));
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    ImageSet samples = samples(file, train, source);
    if (test.isPresent()) {
      requireLike(file, learnt(file, train, source), learnt(file, test.get(), source));
      ImageSet others = samples(file, test.get(), source);
      if (!others.shape().equals(samples.shape())) {
        throw new DataException(
            "%s has training samples of %s, but test samples of %s. Save both in one shape."
                .formatted(file, samples.shape().title(), others.shape().title()));
      }
      return new TrainAndTest(names, samples, others, false);
    }
    String what = file.toString();
    return names.isEmpty()
        ? Split.of(what, samples, source.testShare(), source.seed())
        : Split.of(what, names, samples, source.testShare(), source.seed());
  }

  private static Optional<NumpyTargets> learnt(Path file, NumpySamples samples, DataSource source) {
    if (source.targets() == TargetChoice.INPUTS) {
      return Optional.empty();
    }
    if (samples.targets().isEmpty()) {
      throw new DataException(
          file
              + " has no array named y for all its samples. Save it with numpy.savez(file, "
              + "x=…, y=…). For an autoencoder, write \"targets: inputs\".");
    }
    return samples.targets();
  }

  private static void requireLike(
      Path file, Optional<NumpyTargets> train, Optional<NumpyTargets> test) {
    if (train.isEmpty()) {
      return;
    }
    NumpyTargets learnt = train.get();
    NumpyTargets tested = test.orElseThrow();
    boolean classes = learnt.classes() > 0;
    if (classes != tested.classes() > 0
        || learnt.width() != tested.width()
        || tested.classes() > learnt.classes()) {
      throw new DataException(
          "%s has %s to train on, but %s to test with. Save both alike."
              .formatted(file, title(learnt), title(tested)));
    }
  }

  private static String title(NumpyTargets targets) {
    return targets.classes() > 0
        ? "classes 0 to " + (targets.classes() - 1)
        : targets.width() + (targets.width() == 1 ? " number" : " numbers") + " for each sample";
  }

  private static ImageSet samples(Path file, NumpySamples read, DataSource source) {
    Arrangement arranged = Arrangement.of(file, read.inputs());
    Pixels pixels = arranged.pixels(read.inputs());
    if (source.steps().isPresent() && pixels instanceof Pixels.Floats) {
      throw new DataException(
          "\"steps: %s\" is for images of bytes, but %s holds other numbers. Save sequences as samples×steps×features, and leave it out."
              .formatted(source.steps().get().label(), file));
    }
    Targets targets =
        learnt(file, read, source)
            .map(NumpyReader::targets)
            .orElseGet(() -> new Targets.Inputs(arranged.shape(), pixels));
    return new ImageSet(arranged.shape(), pixels, targets);
  }

  private static Targets targets(NumpyTargets learnt) {
    double[] values = learnt.values();
    if (learnt.classes() > 0) {
      byte[] labels = new byte[values.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (byte) (int) values[i];
      }
      return new Targets.Labels(labels);
    }
    float[] numbers = Memory.floats(values.length);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) values[i];
    }
    return new Targets.Numbers(numbers, learnt.width());
  }

  /**
   * How the values of an array become those of samples.
   *
   * @param shape of a sample
   * @param channelStep from a value to that of the next channel
   * @param placeStep from a value to that of the next pixel or step
   */
  private record Arrangement(Shape shape, int channelStep, int placeStep) {

    static Arrangement of(Path file, NumpyArray inputs) {
      List<Integer> extents = inputs.shape();
      List<Integer> sample = extents.subList(1, extents.size());
      return switch (sample.size()) {
        case 0 -> first(1, 1, 1);
        case 1 -> first(sample.get(0), 1, 1);
        case 2 ->
            inputs.kind() == NumpyArray.Kind.BYTE
                ? first(1, sample.get(0), sample.get(1))
                : last(sample.get(1), sample.get(0), 1);
        case 3 -> {
          boolean isFirst = sample.get(0) <= MOST_CHANNELS;
          boolean isLast = sample.get(2) <= MOST_CHANNELS;
          if (isFirst == isLast) {
            throw problem(file, inputs, "does not say which axis holds the channels");
          }
          yield isFirst
              ? first(sample.get(0), sample.get(1), sample.get(2))
              : last(sample.get(2), sample.get(0), sample.get(1));
        }
        default -> throw problem(file, inputs, "has too many axes");
      };
    }

    private static DataException problem(Path file, NumpyArray inputs, String problem) {
      return new DataException(
          "%s, array of shape %s, %s. Save samples×features, samples×steps×features, or images as samples×channels×rows×columns or samples×rows×columns×channels, with 1 to %d channels."
              .formatted(file, inputs.title(), problem, MOST_CHANNELS));
    }

    private static Arrangement first(int channels, int rows, int columns) {
      return new Arrangement(new Shape(channels, rows, columns), rows * columns, 1);
    }

    private static Arrangement last(int channels, int rows, int columns) {
      return new Arrangement(new Shape(channels, rows, columns), 1, channels);
    }

    /** Bytes of images stay bytes; all else are numbers. */
    Pixels pixels(NumpyArray inputs) {
      boolean images = inputs.kind() == NumpyArray.Kind.BYTE && inputs.shape().size() > 2;
      int size = inputs.values().length;
      if (images) {
        byte[] bytes = Memory.bytes(size);
        for (int i = 0; i < size; i++) {
          bytes[i] = (byte) (int) inputs.values()[place(i)];
        }
        return new Pixels.Bytes(bytes);
      }
      float[] floats = Memory.floats(size);
      for (int i = 0; i < size; i++) {
        floats[i] = (float) inputs.values()[place(i)];
      }
      return new Pixels.Floats(floats);
    }

    private int place(int index) {
      int ofChannel = shape.rows() * shape.columns();
      int inSample = index % shape.size();
      return index
          - inSample
          + inSample / ofChannel * channelStep
          + inSample % ofChannel * placeStep;
    }
  }
}
