package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** Layers that move numbers and do not change them. */
final class ShapeLayers {
  private static final Attributes NONE = Attributes.NONE;

  private ShapeLayers() {}

  /**
   * One row a sample, in Keras's order of axes: channels change fastest, also where it has them
   * first.
   */
  static Value flatten(LayerCall call) {
    Value x = call.plain(call.input());
    if (ConvolutionLayers.channelsFirst(call) && x.rank() > 2) {
      int[] order = Value.plainOrder(x.rank());
      System.arraycopy(order, 2, order, 1, order.length - 2);
      order[order.length - 1] = 1;
      x = call.graph().turn(x, order);
    }
    String z = call.main("Flatten", NONE.with("axis", 1L), x.name());
    return Value.plain(z, x.extent(0), product(x.shape(), 1));
  }

  /** Each sample in another shape. */
  static Value reshape(LayerCall call) {
    Value x = call.plain(call.input());
    long[] target = call.settings().shape("target_shape");
    long[] shape = new long[target.length + 1];
    shape[0] = x.extent(0);
    System.arraycopy(target, 0, shape, 1, target.length);
    long[] wanted = shape.clone();
    wanted[0] = 0; // ONNX: as many samples as there are
    long known = 1;
    int free = -1;
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] < 0 && free >= 0) {
        throw call.settings().refused("target_shape", "two extents are free");
      }
      free = shape[i] < 0 ? i : free;
      known *= Math.max(1, shape[i]);
    }
    long given = product(x.shape(), 1);
    if (free >= 0 && given >= 0) {
      shape[free] = given / known;
      known *= shape[free];
    }
    if (given >= 0 && known != given) {
      throw call.settings().refused("target_shape", "it does not hold " + given + " numbers");
    }
    String z =
        call.main("Reshape", NONE, x.name(), call.constant("shape", Tensor.integers(wanted)));
    return Value.plain(z, shape);
  }

  /** Axes of each sample in another order. */
  static Value permute(LayerCall call) {
    Value x = call.plain(call.input());
    JsonNode dims = call.settings().get("dims");
    int[] order = new int[x.rank()];
    long[] shape = new long[x.rank()];
    shape[0] = x.extent(0);
    boolean[] seen = new boolean[x.rank()];
    for (int i = 1; i < order.length; i++) {
      int axis = dims.path(i - 1).asInt(0);
      if (dims.size() != order.length - 1 || axis < 1 || axis >= order.length || seen[axis]) {
        throw call.settings().refused("dims", "it is not an order of the axes");
      }
      seen[axis] = true;
      order[i] = axis;
      shape[i] = x.extent(axis);
    }
    List<Long> permutation = Arrays.stream(order).mapToObj(axis -> (long) axis).toList();
    return Value.plain(call.main("Transpose", NONE.with("perm", permutation), x.name()), shape);
  }

  /** The same row at every time step. */
  static Value repeat(LayerCall call) {
    Value x = call.input(2);
    long times = call.settings().sizes("n", 1, 1)[0];
    String axes = call.constant("axes", Tensor.integers(1));
    String steps = call.node("Unsqueeze", "time", NONE, x.name(), axes);
    String shape = call.constant("times", Tensor.integers(1, times, 1));
    return Value.plain(call.main("Expand", NONE, steps, shape), x.extent(0), times, x.extent(1));
  }

  /** A layer that does nothing outside training. */
  static Value nothing(LayerCall call) {
    return call.input();
  }

  /** Dropout is kept as a node, so that it can be told that there is one. */
  static Value dropout(LayerCall call) {
    double rate = call.settings().number("rate", 0);
    if (rate == 0) {
      return call.input();
    }
    String ratio = call.constant("rate", Tensor.scalar(rate));
    return call.input().renamed(call.main("Dropout", NONE, call.input().name(), ratio));
  }

  /** Noise of another kind, which is left out. */
  static Value noise(LayerCall call) {
    call.graph().warn(call.layer().place() + ": it acts in training only, and is left out.");
    return call.input();
  }

  /** A mask, which is left out. */
  static Value masking(LayerCall call) {
    call.graph()
        .warn(
            call.layer().place()
                + ": its mask is left out, so time steps of padding count as others.");
    return call.input();
  }

  /** Another layer at each time step. */
  static Value timeDistributed(LayerCall call) {
    LayerConfig inner = call.layer().inner().get(0);
    Value given = call.input();
    if (LayerTable.worksOnLastAxis(inner.className())) {
      return LayerTable.single(call.inner(inner, given));
    }
    Value x = call.plain(given);
    if (x.rank() < 3 || Arrays.stream(x.shape()).skip(1).anyMatch(extent -> extent < 0)) {
      throw call.unknown("TimeDistributed over time steps or features without a fixed number");
    }
    long[] step = Arrays.copyOfRange(x.shape(), 1, x.rank());
    long steps = step[0];
    step[0] = -1;
    String rows = call.constant("rows", Tensor.integers(step));
    String each = call.node("Reshape", "each", NONE, x.name(), rows);
    Value result = call.plain(LayerTable.single(call.inner(inner, Value.plain(each, step))));
    List<Long> shape = new ArrayList<>(List.of(-1L, steps));
    Arrays.stream(result.shape()).skip(1).forEach(shape::add);
    long[] together = shape.stream().mapToLong(Long::longValue).toArray();
    if (Arrays.stream(together).skip(1).anyMatch(extent -> extent < 0)) {
      throw call.unknown("TimeDistributed over a layer whose output has no fixed shape");
    }
    String back = call.constant("steps", Tensor.integers(together));
    String z = call.node("Reshape", "together", NONE, result.name(), back);
    together[0] = x.extent(0);
    return Value.plain(z, together);
  }

  private static long product(long[] shape, int from) {
    long result = 1;
    for (int i = from; i < shape.length; i++) {
      if (shape[i] < 0) {
        return -1;
      }
      result = Math.min(Integer.MAX_VALUE, result * shape[i]);
    }
    return result;
  }
}
