package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Operators that make one number of all those along some axes. */
final class ReductionOperators {
  private ReductionOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    table.put("ReduceMean", new Operators.Entry(new Reduction(Way.MEAN, false), 1, 2));
    table.put("ReduceSum", new Operators.Entry(new Reduction(Way.SUM, false), 1, 2));
    table.put("ReduceSumSquare", new Operators.Entry(new Reduction(Way.SQUARES, false), 1, 2));
    table.put("ReduceL2", new Operators.Entry(new Reduction(Way.NORM, false), 1, 2));
    table.put("ReduceMax", new Operators.Entry(new Reduction(Way.MAX, false), 1, 2));
    table.put("ReduceMin", new Operators.Entry(new Reduction(Way.MIN, false), 1, 2));
    table.put("ReduceProd", new Operators.Entry(new Reduction(Way.PRODUCT, false), 1, 2));
    table.put("GlobalAveragePool", new Operators.Entry(new Reduction(Way.MEAN, true), 1, 1));
    table.put("GlobalMaxPool", new Operators.Entry(new Reduction(Way.MAX, true), 1, 1));
  }

  /** What is made of the numbers. */
  private enum Way {
    MEAN(0),
    SUM(0),
    SQUARES(0),
    NORM(0),
    MAX(Double.NEGATIVE_INFINITY),
    MIN(Double.POSITIVE_INFINITY),
    PRODUCT(1);

    /** Of no numbers. */
    private final double start;

    Way(double start) {
      this.start = start;
    }

    double with(double sum, double x) {
      return switch (this) {
        case MEAN, SUM -> sum + x;
        case SQUARES, NORM -> sum + x * x;
        case MAX -> Math.max(sum, x);
        case MIN -> Math.min(sum, x);
        case PRODUCT -> sum * x;
      };
    }

    double end(double sum, double count) {
      return switch (this) {
        case MEAN -> sum / count;
        case NORM -> Math.sqrt(sum);
        case SUM, SQUARES, MAX, MIN, PRODUCT -> sum;
      };
    }

    /**
     * dy/dx.
     *
     * @param count how many numbers y is made of
     * @param equal how many of them are y
     */
    double slope(double x, double y, double count, double equal) {
      return switch (this) {
        case MEAN -> 1 / count;
        case SUM -> 1;
        case SQUARES -> 2 * x;
        case NORM -> y == 0 ? 0 : x / y;
        // Shared by all that are the largest, as in PyTorch.
        case MAX, MIN -> x == y ? 1 / equal : 0;
        case PRODUCT -> y / x;
      };
    }
  }

  private record Reduction(Way way, boolean global) implements Operator {
    /** The shape with 1 for each axis that is reduced. */
    private int[] kept(Call call) {
      Tensor x = call.input(0);
      int[] shape = x.shape();
      int[] axes = axes(call, x.rank());
      for (int axis : axes) {
        shape[axis] = 1;
      }
      return shape;
    }

    private int[] axes(Call call, int rank) {
      if (global) {
        return IntStream.range(Math.min(2, rank), rank).toArray();
      }
      int[] axes = call.axes(1, rank);
      if (axes != null && axes.length > 0) {
        return axes;
      }
      boolean none = call.attributes().flag("noop_with_empty_axes", false);
      return none ? new int[0] : IntStream.range(0, rank).toArray();
    }

    private int[] shape(Call call, int[] kept) {
      if (global || call.attributes().flag("keepdims", true)) {
        return kept;
      }
      int[] axes = axes(call, kept.length);
      return IntStream.range(0, kept.length)
          .filter(axis -> Arrays.stream(axes).noneMatch(reduced -> reduced == axis))
          .map(axis -> kept[axis])
          .toArray();
    }

    @Override
    public List<Tensor> forward(Call call) {
      Tensor x = call.input(0);
      int[] kept = kept(call);
      Tensor y = call.zeros(x.kind(), kept);
      double[] sums = y.values();
      Arrays.fill(sums, way.start);
      new Rows(x.shape(), kept, kept)
          .visit(
              (at, length, to, step, same, sameStep) -> {
                for (int i = 0; i < length; i++) {
                  int place = to + i * step;
                  sums[place] = way.with(sums[place], x.value(at + i));
                }
              });
      double count = sums.length == 0 ? 0 : (double) x.size() / sums.length;
      for (int i = 0; i < sums.length; i++) {
        sums[i] = way.end(sums[i], count);
      }
      return List.of(y.reshape(shape(call, kept)));
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor x = call.input(0);
      double[] y = outputs.get(0).values();
      if (way == Way.PRODUCT && Arrays.stream(y).anyMatch(product -> product == 0)) {
        throw call.refused("no gradient passes back from a product that is 0");
      }
      double[] dy = gradients.get(0).values();
      Tensor dx = call.zeros(x.shape());
      int[] kept = kept(call);
      double count = y.length == 0 ? 0 : (double) x.size() / y.length;
      double[] equal = new double[y.length];
      Rows rows = new Rows(x.shape(), kept, kept);
      rows.visit(
          (at, length, to, step, same, sameStep) -> {
            for (int i = 0; i < length; i++) {
              equal[to + i * step] += x.value(at + i) == y[to + i * step] ? 1 : 0;
            }
          });
      rows.visit(
          (at, length, to, step, same, sameStep) -> {
            for (int i = 0; i < length; i++) {
              int place = to + i * step;
              dx.values()[at + i] =
                  dy[place] * way.slope(x.value(at + i), y[place], count, equal[place]);
            }
          });
      return call.inputs() < 2 ? List.of(dx) : Arrays.asList(dx, null);
    }
  }
}
