package org.unvanish.model.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operators whose numbers are those of their input at other places. */
final class PickOperators {
  private PickOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    picking(table, "Transpose", 1, PickOperators::transpose);
    picking(table, "Expand", 2, PickOperators::expand);
    picking(table, "Tile", 2, PickOperators::tile);
    picking(table, "Slice", 5, PickOperators::slice);
    picking(table, "Pad", 4, PickOperators::pad);
    table.put("Gather", new Operators.Entry(new Picking(PickOperators::gather), 2, 2, 0));
    table.put("Split", new Operators.Entry(new Split(), 1, 2));
    table.put("Concat", new Operators.Entry(new Concat(), 1, Integer.MAX_VALUE));
  }

  private static void picking(
      Map<String, Operators.Entry> table, String name, int most, Picks picks) {
    table.put(name, new Operators.Entry(new Picking(picks), 1, most));
  }

  /**
   * Where each number of a result comes from.
   *
   * @param shape of the result
   * @param places in the input, −1 for one that is not of it
   * @param fill what is there then
   */
  private record Pick(int[] shape, int[] places, double fill) {
    /** Places that are regular. */
    static Pick regular(Call call, int[] shape, int offset, int[] strides) {
      return new Pick(shape, Shapes.places(shape, offset, strides), 0);
    }

    Tensor from(Call call, Tensor x) {
      Tensor y = call.zeros(x.kind(), shape);
      for (int i = 0; i < places.length; i++) {
        y.values()[i] = places[i] < 0 ? fill : x.value(places[i]);
      }
      return y;
    }

    void back(Tensor gradient, double[] dx) {
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0) {
          dx[places[i]] += gradient.value(i);
        }
      }
    }
  }

  /** What a node picks. */
  private interface Picks {
    Pick of(Call call);
  }

  private record Picking(Picks picks) implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      return List.of(picks.of(call).from(call, call.input(0)));
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      @Nullable Tensor[] results = new @Nullable Tensor[call.inputs()];
      Tensor dx = call.zeros(call.input(0).shape());
      picks.of(call).back(gradients.get(0), dx.values());
      results[0] = dx;
      return Arrays.asList(results);
    }
  }

  private static Pick transpose(Call call) {
    Tensor x = call.input(0);
    int rank = x.rank();
    long[] last = IntStream.range(0, rank).mapToLong(axis -> rank - 1 - axis).toArray();
    long[] permutation = call.attributes().integers("perm", last);
    int[] own = Shapes.strides(x.shape());
    int[] shape = new int[rank];
    int[] strides = new int[rank];
    if (permutation.length != rank || Arrays.stream(permutation).distinct().count() != rank) {
      throw call.refused("its perm " + Arrays.toString(permutation) + " is no order of the axes");
    }
    for (int i = 0; i < rank; i++) {
      int axis = Shapes.axis(permutation[i], rank);
      shape[i] = x.extent(axis);
      strides[i] = own[axis];
    }
    return Pick.regular(call, shape, 0, strides);
  }

  private static Pick expand(Call call) {
    int[] own = call.input(0).shape();
    int[] shape = Shapes.broadcast(own, Shapes.checked(call.input(1).longs()));
    return Pick.regular(call, shape, 0, Shapes.broadcastStrides(own, shape));
  }

  private static Pick tile(Call call) {
    Tensor x = call.input(0);
    long[] repeats = call.input(1).longs();
    if (repeats.length != x.rank()) {
      throw call.refused("its repeats are not one for each axis");
    }
    long[] shape = new long[x.rank()];
    for (int i = 0; i < shape.length; i++) {
      if (repeats[i] < 0 || repeats[i] > Integer.MAX_VALUE) {
        throw call.refused("it repeats " + repeats[i] + " times");
      }
      shape[i] = repeats[i] * x.extent(i);
    }
    return mapped(x, Shapes.checked(shape), (axis, at) -> at % x.extent(axis), 0);
  }

  /** Where a place along an axis comes from; −1 for nowhere. */
  private interface Along {
    int from(int axis, int at);
  }

  private static Pick mapped(Tensor x, int[] shape, Along along, double fill) {
    int[] strides = Shapes.strides(x.shape());
    int[] own = Shapes.strides(shape);
    int[] places = new int[Shapes.size(shape, 0, shape.length)];
    int[][] from = new int[shape.length][];
    for (int axis = 0; axis < shape.length; axis++) {
      int[] line = new int[places.length == 0 ? 0 : shape[axis]];
      for (int at = 0; at < line.length; at++) {
        line[at] = along.from(axis, at);
      }
      from[axis] = line;
    }
    for (int i = 0; i < places.length; i++) {
      int place = 0;
      for (int axis = 0; axis < shape.length && place >= 0; axis++) {
        int at = from[axis][i / own[axis] % shape[axis]];
        place = at < 0 ? -1 : place + at * strides[axis];
      }
      places[i] = place;
    }
    return new Pick(shape, places, fill);
  }

  private static Pick slice(Call call) {
    Tensor x = call.input(0);
    long[] starts = call.integers(1, "starts");
    long[] ends = call.integers(2, "ends");
    if (starts == null || ends == null || starts.length != ends.length) {
      throw call.refused("its starts and ends do not fit");
    }
    int[] axes = call.axes(3, x.rank());
    if (axes == null) {
      axes = IntStream.range(0, starts.length).toArray();
    }
    long[] steps = call.integers(4, "steps");
    if (axes.length != starts.length
        || axes.length > x.rank()
        || (steps != null && steps.length != starts.length)) {
      throw call.refused("its axes and steps do not fit its starts");
    }
    int[] shape = x.shape();
    int[] strides = Shapes.strides(shape);
    int offset = 0;
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i];
      int extent = x.extent(axis);
      long step = steps == null ? 1 : steps[i];
      if (step == 0 || Math.abs(step) > Integer.MAX_VALUE) {
        throw call.refused("it has the step " + step);
      }
      long start = bounded(starts[i], extent, step > 0 ? 0 : -1);
      long end = bounded(ends[i], extent, step > 0 ? 0 : -1);
      long count = Math.max(0, (end - start + step - Long.signum(step)) / step);
      shape[axis] = (int) count;
      offset += count == 0 ? 0 : (int) start * strides[axis];
      // Over one element only no step is taken, however large it is.
      strides[axis] = count < 2 ? 0 : (int) (strides[axis] * step);
    }
    return Pick.regular(call, shape, offset, strides);
  }

  /** From the end if negative; between the ends, which step backwards lie one lower. */
  private static long bounded(long at, int extent, int shift) {
    long place = at < 0 ? Math.max(at, Long.MIN_VALUE / 2) + extent : at;
    return Math.max(shift, Math.min(extent + shift, place));
  }

  private static Pick pad(Call call) {
    Tensor x = call.input(0);
    int rank = x.rank();
    long[] pads = call.integers(1, "pads");
    int[] axes = call.axes(3, rank);
    if (axes == null) {
      axes = IntStream.range(0, rank).toArray();
    }
    if (pads == null || pads.length != 2 * axes.length) {
      throw call.refused("its pads are not two for each axis");
    }
    String mode = call.attributes().text("mode", "constant");
    long[] shape = Arrays.stream(x.shape()).asLongStream().toArray();
    int[] before = new int[rank];
    for (int i = 0; i < axes.length; i++) {
      long first = pads[i];
      long last = pads[axes.length + i];
      if (Math.abs(first) > Integer.MAX_VALUE / 2 || Math.abs(last) > Integer.MAX_VALUE / 2) {
        throw call.refused("its pads are too large");
      }
      int extent = x.extent(axes[i]);
      if (mode.equals("reflect") && (first >= extent || last >= extent)
          || mode.equals("edge") && extent == 0) {
        throw call.refused("its pads are larger than its input");
      }
      before[axes[i]] = (int) first;
      shape[axes[i]] += first + last;
    }
    Tensor value = call.optional(2);
    double fill =
        value != null && value.size() == 1 ? value.value(0) : call.attributes().number("value", 0);
    Along along = (axis, at) -> padded(call, mode, at - before[axis], x.extent(axis));
    return mapped(x, Shapes.checked(shape), along, fill);
  }

  private static int padded(Call call, String mode, int at, int extent) {
    if (at >= 0 && at < extent) {
      return at;
    }
    return switch (mode) {
      case "constant" -> -1;
      case "edge" -> at < 0 ? 0 : extent - 1;
      case "reflect" -> at < 0 ? -at : 2 * (extent - 1) - at;
      default -> throw call.refused("its mode is " + mode);
    };
  }

  private static Pick gather(Call call) {
    Tensor x = call.input(0);
    Tensor indices = call.input(1);
    int axis = Shapes.axis(call.attributes().integer("axis", 0), x.rank());
    int extent = x.extent(axis);
    int inner = Shapes.size(x.shape(), axis + 1, x.rank());
    int outer = Shapes.size(x.shape(), 0, axis);
    int[] shape =
        Shapes.checked(
            IntStream.concat(
                    IntStream.concat(
                        Arrays.stream(x.shape()).limit(axis), Arrays.stream(indices.shape())),
                    Arrays.stream(x.shape()).skip(axis + 1L))
                .asLongStream()
                .toArray());
    int[] places = new int[Shapes.size(shape, 0, shape.length)];
    int at = 0;
    for (int o = 0; o < outer && places.length > 0; o++) {
      for (int i = 0; i < indices.size(); i++) {
        double index = indices.value(i);
        if (!(index >= -extent && index < extent)) {
          throw call.refused("it picks element " + index + " of " + extent);
        }
        int from = (o * extent + (int) (index < 0 ? index + extent : index)) * inner;
        for (int j = 0; j < inner; j++) {
          places[at++] = from + j;
        }
      }
    }
    return new Pick(shape, places, 0);
  }

  /** One after the other along an axis. */
  private static final class Split implements Operator {
    private static List<Pick> picks(Call call) {
      Tensor x = call.input(0);
      int axis = Shapes.axis(call.attributes().integer("axis", 0), x.rank());
      int[] strides = Shapes.strides(x.shape());
      List<Pick> picks = new ArrayList<>();
      int start = 0;
      for (long length : lengths(call, x.extent(axis))) {
        if (length < 0 || length > x.extent(axis) - start) {
          throw call.refused("its parts are longer than its input");
        }
        int[] shape = x.shape();
        shape[axis] = (int) length;
        picks.add(Pick.regular(call, shape, start * strides[axis], strides));
        start += (int) length;
      }
      if (start != x.extent(axis)) {
        throw call.refused("its parts are shorter than its input");
      }
      return picks;
    }

    private static long[] lengths(Call call, int extent) {
      int outputs = call.node().outputs().size();
      long[] lengths = call.integers(1, "split");
      if (lengths != null) {
        if (lengths.length != outputs) {
          throw call.refused("it has " + lengths.length + " parts for " + outputs + " outputs");
        }
        return lengths;
      }
      // Equal ones, the last of which is shorter where they do not fill the input.
      long part = (extent + outputs - 1L) / outputs;
      return IntStream.range(0, outputs)
          .mapToLong(i -> Math.max(0, Math.min(part, extent - i * part)))
          .toArray();
    }

    @Override
    public List<Tensor> forward(Call call) {
      return picks(call).stream().map(pick -> pick.from(call, call.input(0))).toList();
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor dx = call.zeros(call.input(0).shape());
      List<Pick> picks = picks(call);
      for (int i = 0; i < picks.size(); i++) {
        Tensor gradient = gradients.get(i);
        if (gradient != null) {
          picks.get(i).back(gradient, dx.values());
        }
      }
      return call.inputs() < 2 ? List.of(dx) : Arrays.asList(dx, null);
    }
  }

  /** The other way round. */
  private static final class Concat implements Operator {
    private static int[] shape(Call call, int axis) {
      int[] first = call.input(0).shape();
      long[] shape = Arrays.stream(first).asLongStream().toArray();
      for (int k = 1; k < call.inputs(); k++) {
        int[] other = call.input(k).shape();
        for (int i = 0; i < first.length; i++) {
          if (other.length != first.length || (i != axis && other[i] != first[i])) {
            throw call.refused("the shapes of its inputs do not match");
          }
        }
        shape[axis] += other[axis];
      }
      return Shapes.checked(shape);
    }

    private static int axis(Call call) {
      return Shapes.axis(call.attributes().integer("axis", 0), call.input(0).rank());
    }

    @Override
    public List<Tensor> forward(Call call) {
      int axis = axis(call);
      Tensor y = call.zeros(call.input(0).kind(), shape(call, axis));
      int inner = Shapes.size(y.shape(), axis + 1, y.rank());
      int outer = Shapes.size(y.shape(), 0, axis);
      int to = 0;
      for (int o = 0; o < outer; o++) {
        for (int k = 0; k < call.inputs(); k++) {
          int length = call.input(k).extent(axis) * inner;
          System.arraycopy(call.input(k).values(), o * length, y.values(), to, length);
          to += length;
        }
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      int axis = axis(call);
      Tensor gradient = gradients.get(0);
      int inner = Shapes.size(gradient.shape(), axis + 1, gradient.rank());
      int outer = Shapes.size(gradient.shape(), 0, axis);
      Tensor[] results = new Tensor[call.inputs()];
      Arrays.setAll(results, k -> call.zeros(call.input(k).shape()));
      int from = 0;
      for (int o = 0; o < outer; o++) {
        for (Tensor result : results) {
          int length = result.extent(axis) * inner;
          System.arraycopy(gradient.values(), from, result.values(), o * length, length);
          from += length;
        }
      }
      return Arrays.asList(results);
    }
  }
}
