package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** Layers that shift and scale. */
final class NormalizationLayers {
  private static final Attributes NONE = Attributes.NONE;

  /** Keras's number that keeps a division from being one by 0. */
  private static final double LEAST = 1e-7;

  private NormalizationLayers() {}

  static List<String> scaleAndShift(Settings settings) {
    List<String> names = new ArrayList<>();
    if (settings.flag("scale", true)) {
      names.add("gamma");
    }
    if (settings.flag("center", true)) {
      names.add("beta");
    }
    return names;
  }

  /** Each channel by the statistics of batches. */
  static Value batch(LayerCall call) {
    Value given = call.input();
    int[] axes = axes(call, given.rank());
    if (axes.length != 1 || axes[0] != given.rank() - 1 && axes[0] != 1) {
      throw call.unknown("batch normalization over other axes than the channels");
    }
    boolean last = axes[0] == given.rank() - 1;
    Value x =
        last ? call.graph().turn(given, Value.channelsFirst(given.rank())) : call.plain(given);
    int channels = call.weight("moving_mean", -1).size();
    call.fits(given, axes[0], channels);
    Attributes attributes =
        NONE.with("epsilon", call.settings().number("epsilon", 1e-3))
            .with("momentum", call.settings().number("momentum", 0.99));
    String z =
        call.main(
            "BatchNormalization",
            attributes,
            x.name(),
            gamma(call, channels),
            beta(call, channels),
            call.constant("moving_mean", call.weight("moving_mean", channels)),
            call.constant("moving_variance", call.weight("moving_variance", channels)));
    return x.renamed(z);
  }

  /** The last axes of each sample by their own statistics. */
  static Value layer(LayerCall call) {
    if (call.settings().flag("rms_scaling", false)) {
      throw call.unknown("layer normalization by the root mean square");
    }
    Value given = call.input();
    int[] axes = axes(call, given.rank());
    int first = given.rank() - axes.length;
    if (!Arrays.equals(axes, IntStream.range(first, given.rank()).toArray())) {
      throw call.unknown("layer normalization over other axes than the last ones");
    }
    Value x = axes.length == 1 ? call.endsPlain(given) : call.plain(given);
    int[] shape = new int[axes.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) given.extent(first + i);
    }
    Attributes attributes =
        NONE.with("axis", (long) -axes.length)
            .with("epsilon", call.settings().number("epsilon", 1e-3));
    return x.renamed(
        call.main(
            "LayerNormalization", attributes, x.name(), gamma(call, shape), beta(call, shape)));
  }

  private static String gamma(LayerCall call, int... shape) {
    return call.settings().flag("scale", true)
        ? call.constant("gamma", call.weight("gamma", shape))
        : call.constant("fixed_gamma", full(call, 1, shape));
  }

  private static String beta(LayerCall call, int... shape) {
    return call.settings().flag("center", true)
        ? call.constant("beta", call.weight("beta", shape))
        : call.constant("fixed_beta", full(call, 0, shape));
  }

  private static Tensor full(LayerCall call, double value, int... shape) {
    if (Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
      throw call.unknown("the normalization of an axis without a fixed length");
    }
    Tensor zeros = Tensor.zeros(shape);
    double[] values = zeros.values().clone();
    Arrays.fill(values, value);
    return Tensor.of(values, shape);
  }

  /** Axes as Keras counts them, in order: a number or a list of them. */
  private static int[] axes(LayerCall call, int rank) {
    JsonNode axis = call.settings().get("axis");
    List<JsonNode> all = new ArrayList<>();
    if (axis.isArray()) {
      axis.forEach(all::add);
    } else if (!axis.isMissingNode()) {
      all.add(axis);
    }
    int[] result = all.isEmpty() ? new int[] {rank - 1} : new int[all.size()];
    for (int i = 0; i < all.size(); i++) {
      int one = all.get(i).isInt() ? all.get(i).intValue() : rank;
      if (one >= rank || one < -rank) {
        throw call.settings().refused("axis", "there is no such axis");
      }
      result[i] = one < 0 ? one + rank : one;
    }
    Arrays.sort(result);
    return result;
  }

  /** x · scale + offset with the numbers of the settings. */
  static Value rescaling(LayerCall call) {
    Value x = call.endsPlain(call.input());
    String scale = call.constant("scale", numbers(call, "scale", 1));
    String scaled = call.node("Mul", "scaled", NONE, x.name(), scale);
    Tensor offset = numbers(call, "offset", 0);
    return x.renamed(call.main("Add", NONE, scaled, call.constant("offset", offset)));
  }

  /** The statistics are weights unless they are among the settings. */
  static List<String> statistics(Settings settings) {
    return settings.has("mean") ? List.of() : List.of("mean", "variance", "count");
  }

  /** (x − mean) / √variance with the statistics of the training data. */
  static Value ofData(LayerCall call) {
    Value x = call.plain(call.input());
    Settings settings = call.settings();
    if (settings.flag("invert", false)) {
      throw call.unknown("the inverse of a normalization");
    }
    boolean given = settings.has("mean");
    boolean single = settings.isNull("axis");
    int[] axes = single ? new int[0] : axes(call, x.rank());
    Tensor mean = spread(call, given ? numbers(call, "mean", 0) : weight(call, "mean"), x, axes);
    Tensor variance =
        spread(call, given ? numbers(call, "variance", 1) : weight(call, "variance"), x, axes);
    double[] deviation = new double[variance.size()];
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = Math.max(Math.sqrt(variance.value(i)), LEAST);
    }
    String centered = call.node("Sub", "centered", NONE, x.name(), call.constant("mean", mean));
    Tensor divisor = Tensor.of(deviation, variance.shape());
    return x.renamed(call.main("Div", NONE, centered, call.constant("deviation", divisor)));
  }

  private static Tensor weight(LayerCall call, String name) {
    Tensor tensor = call.weights().of(call.layer()).get(name);
    if (tensor == null) {
      throw call.refused("its " + name + " is missing in the file", Hdf5.SAVE_AGAIN);
    }
    return tensor;
  }

  /** With the extents at the axes that have statistics of their own, and 1 at the others. */
  private static Tensor spread(LayerCall call, Tensor statistics, Value x, int... axes) {
    int[] shape = new int[x.rank()];
    Arrays.fill(shape, 1);
    long size = 1;
    for (int axis : axes) {
      shape[axis] = (int) Math.max(1, x.extent(axis));
      size *= shape[axis];
    }
    if (statistics.size() == 1) {
      return statistics.reshape();
    }
    if (statistics.size() != size) {
      throw call.refused("its statistics do not match its input", Hdf5.SAVE_AGAIN);
    }
    return statistics.reshape(shape);
  }

  /** A number, or a list of numbers for the last axis. */
  private static Tensor numbers(LayerCall call, String name, double absent) {
    JsonNode value = call.settings().get(name);
    if (value.path("config").has("value")) {
      value = value.path("config").get("value");
    }
    if (value.isMissingNode() || value.isNumber()) {
      return Tensor.scalar(call.settings().number(name, absent));
    }
    List<Double> result = new ArrayList<>();
    collect(call, name, value, result, 0);
    return Tensor.of(result.stream().mapToDouble(Double::doubleValue).toArray(), result.size());
  }

  private static void collect(
      LayerCall call, String name, JsonNode value, List<Double> result, int depth) {
    if (value.isNumber()) {
      result.add(value.doubleValue());
    } else if (value.isArray() && depth < 16) {
      value.forEach(one -> collect(call, name, one, result, depth + 1));
    } else {
      throw call.settings().refused(name, "it is neither a number nor a list of them");
    }
  }
}
