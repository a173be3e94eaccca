package org.unvanish.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/**
 * How a model wants its samples.
 *
 * @param input the name of the model's input
 * @param shape of one sample; −1 for an extent that may be any
 * @param batchAxis where the samples' axis lies
 * @param channelsLast whether images have their channels behind rows and columns
 * @param categories where a table of numbers for categories reads the input, how many it has; 0
 *     elsewhere
 * @param kind of the values that the model takes: those of Keras take categories as numbers like
 *     all others, and convert them
 */
// Identity is enough: nobody compares layouts.
@SuppressWarnings("ArrayRecordComponent")
record InputLayout(
    String input,
    long[] shape,
    int batchAxis,
    boolean channelsLast,
    int categories,
    Tensor.Kind kind) {

  /** Steps, rows and columns that are taken where a model leaves them open. */
  private static final int OPEN = 16;

  static InputLayout of(GraphStack stack) {
    long[] all = stack.graph().inputs().get(0).shape();
    int batchAxis = Math.min(stack.batchAxis(), Math.max(0, all.length - 1));
    long[] sample = new long[Math.max(0, all.length - 1)];
    for (int i = 0, k = 0; i < all.length; i++) {
      if (i != batchAxis) {
        sample[k++] = all[i];
      }
    }
    List<Node> entry = stack.entry();
    Optional<Node> first = entry.stream().reduce((one, other) -> other);
    boolean last =
        first
            .filter(node -> node.operator().equals("Transpose"))
            .map(node -> node.attributes().integers("perm"))
            .filter(order -> order.length > 2 && order[1] == order.length - 1)
            .isPresent();
    int categories =
        first
            .filter(node -> node.operator().equals("Gather"))
            .map(node -> stack.graph().constants().get(node.inputs().get(0)))
            .map(table -> table.extent(0))
            .orElse(0);
    boolean whole =
        categories > 0 && entry.stream().noneMatch(node -> node.operator().equals("Cast"));
    Tensor.Kind kind = whole ? Tensor.Kind.INTEGER : Tensor.Kind.FLOAT;
    return new InputLayout(stack.input(), sample, batchAxis, last, categories, kind);
  }

  /** {@code 3×32×32}, with a question mark for what may be any. */
  String title() {
    return title(shape);
  }

  /** The same of any shape. */
  static String title(long... shape) {
    return shape.length == 0
        ? "one number"
        : Arrays.stream(shape)
            .mapToObj(extent -> extent < 0 ? "?" : String.valueOf(extent))
            .collect(Collectors.joining("×"));
  }

  /** A shape as users write one: with 32 for what may be any. */
  String example() {
    return title(Arrays.stream(shape).map(extent -> extent < 0 ? 32 : extent).toArray())
        .replace('×', 'x');
  }

  /** Whether some extents may be any, as far as the model says. */
  boolean isOpen() {
    return Arrays.stream(shape).anyMatch(extent -> extent < 0);
  }

  /**
   * A shape where the model leaves none open.
   *
   * @throws ModelRefusedException if a sample has more values than a tensor can have
   */
  int[] closed() {
    long[] closed = Arrays.stream(shape).map(extent -> extent < 0 ? OPEN : extent).toArray();
    Limits.DEFAULT.elements("input \"" + input + "\"", closed);
    return Arrays.stream(closed).mapToInt(Math::toIntExact).toArray();
  }

  /** Whether a sample of this shape fits. */
  boolean fits(int... sample) {
    return fits(Arrays.stream(sample).asLongStream().toArray());
  }

  /** The same of extents that no sample in memory may have. */
  boolean fits(long... sample) {
    if (sample.length != shape.length) {
      return false;
    }
    for (int i = 0; i < sample.length; i++) {
      if (shape[i] >= 0 && shape[i] != sample[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shape that samples of the data room take, and where each of its values comes from.
   *
   * @param title what they are called in messages
   * @throws ModelRefusedException if they do not fit
   */
  Arranged arranged(String title, Shape data) {
    int channels = data.channels();
    int rows = data.rows();
    int columns = data.columns();
    int[] plain = new int[data.size()];
    Arrays.setAll(plain, i -> i);
    int[] last = new int[data.size()];
    Arrays.setAll(last, i -> i % channels * rows * columns + i / channels);
    int[][] shapes = {
      {data.size()},
      {channels, rows, columns},
      {rows, columns, channels},
      {rows, channels},
      {channels, rows},
      {rows, columns},
      {channels, columns},
      {columns, channels}
    };
    boolean[] usable = {
      true, true, true, columns == 1, columns == 1, channels == 1, rows == 1, rows == 1
    };
    boolean[] swapped = {false, false, true, true, false, false, false, true};
    for (boolean preferred : new boolean[] {channelsLast, !channelsLast}) {
      for (int i = 0; i < shapes.length; i++) {
        boolean both = !usesChannels(i) || swapped[i] == preferred || shapes[i].length == 2;
        if (usable[i] && both && fits(shapes[i])) {
          return new Arranged(shapes[i], swapped[i] ? last : plain);
        }
      }
    }
    throw refused(
        title, "its samples are of " + data.title(), "Give data of that shape, or --data none.");
  }

  /**
   * Of data that do not fit the model.
   *
   * @param given what their shape is, the beginning of a sentence
   */
  ModelRefusedException refused(String place, String given, String wayOut) {
    return new ModelRefusedException(
        place,
        "%s, but the model's input \"%s\" reads %s for each sample"
            .formatted(given, input, title()),
        wayOut);
  }

  private static boolean usesChannels(int shape) {
    return shape == 1 || shape == 2;
  }

  /**
   * @param shape of a sample
   * @param order for each of its values, the place of it among the given ones
   */
  record Arranged(int[] shape, int[] order) {}

  /** Samples side by side. */
  Tensor joined(double[][] samples, int[] sampleShape) {
    int before = 1;
    for (int i = 0; i < batchAxis; i++) {
      before *= sampleShape[i];
    }
    int count = samples.length;
    int size = count == 0 ? 0 : samples[0].length;
    int each = size / Math.max(1, before);
    double[] values = new double[count * size];
    for (int outer = 0; outer < before; outer++) {
      for (int sample = 0; sample < count; sample++) {
        System.arraycopy(
            samples[sample], outer * each, values, (outer * count + sample) * each, each);
      }
    }
    int[] shape = new int[sampleShape.length + 1];
    for (int i = 0, k = 0; i < shape.length; i++) {
      shape[i] = i == batchAxis ? count : sampleShape[k++];
    }
    return Tensor.of(kind, values, shape);
  }
}
