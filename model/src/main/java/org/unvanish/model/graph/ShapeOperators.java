package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.graph.Tensor.Kind;

/** Operators that keep the numbers of a tensor in their order, and those that make constants. */
final class ShapeOperators {
  private ShapeOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    kept(table, "Identity", 1, call -> call.input(0));
    kept(table, "Reshape", 2, ShapeOperators::reshape);
    kept(table, "Flatten", 1, ShapeOperators::flatten);
    kept(table, "Squeeze", 2, ShapeOperators::squeeze);
    kept(table, "Unsqueeze", 2, ShapeOperators::unsqueeze);
    kept(table, "Cast", 1, ShapeOperators::cast);
    made(table, "Constant", 0, ShapeOperators::constant);
    made(table, "ConstantOfShape", 1, ShapeOperators::constantOfShape);
    made(table, "Shape", 1, ShapeOperators::shape);
    made(table, "Size", 1, call -> Tensor.of(Kind.INTEGER, one(call.input(0).size())));
    table.put("Dropout", new Operators.Entry(new Dropout(), 1, 3));
  }

  /** What is computed of a call. */
  private interface Result {
    Tensor of(Call call);
  }

  private static void kept(
      Map<String, Operators.Entry> table, String name, int most, Result result) {
    table.put(name, new Operators.Entry(new Kept(result), 1, most));
  }

  private static void made(
      Map<String, Operators.Entry> table, String name, int inputs, Result result) {
    table.put(name, new Operators.Entry(new Made(result), inputs, inputs));
  }

  private static double[] one(double value) {
    return new double[] {value};
  }

  /** The same numbers: so is the gradient. */
  private record Kept(Result result) implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      return List.of(result.of(call));
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor dx = gradients.get(0).reshape(call.input(0).shape());
      return call.inputs() < 2 ? List.of(dx) : Arrays.asList(dx, null);
    }
  }

  /** Numbers that depend on no other number. */
  private record Made(Result result) implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      return List.of(result.of(call));
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      return Collections.nCopies(call.inputs(), null);
    }
  }

  private static Tensor reshape(Call call) {
    Tensor x = call.input(0);
    long[] shape = call.integers(1, "shape");
    if (shape == null) {
      throw call.refused("its new shape is missing");
    }
    shape = shape.clone();
    boolean zeros = call.attributes().flag("allowzero", false);
    long known = 1;
    int free = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == 0 && !zeros) {
        if (i >= x.rank()) {
          throw call.refused("its new shape keeps an axis that is not there");
        }
        shape[i] = x.extent(i);
      }
      if (shape[i] == -1 && free < 0) {
        free = i;
      } else if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
        throw call.refused("its new shape is " + Arrays.toString(shape));
      } else {
        // Beyond what a tensor can have, it is only known to be too large.
        known = Math.min(known * shape[i], 1L << 31);
      }
    }
    if (free >= 0) {
      if (known == 0 || x.size() % known != 0) {
        throw call.refused(x.size() + " numbers do not fill " + Arrays.toString(shape));
      }
      shape[free] = x.size() / known;
    }
    return x.reshape(Shapes.checked(shape));
  }

  private static Tensor flatten(Call call) {
    Tensor x = call.input(0);
    long axis = call.attributes().integer("axis", 1);
    int at = axis == x.rank() ? x.rank() : Shapes.axis(axis, Math.max(1, x.rank()));
    int rows = Shapes.size(x.shape(), 0, Math.min(at, x.rank()));
    return x.reshape(rows, rows == 0 ? Shapes.size(x.shape(), at, x.rank()) : x.size() / rows);
  }

  private static Tensor squeeze(Call call) {
    Tensor x = call.input(0);
    int[] axes = call.axes(1, x.rank());
    int[] shape = x.shape();
    if (axes == null) {
      return x.reshape(Arrays.stream(shape).filter(extent -> extent != 1).toArray());
    }
    for (int axis : axes) {
      if (shape[axis] != 1) {
        throw call.refused("axis " + axis + " has the extent " + shape[axis] + ", and not 1");
      }
      shape[axis] = -1;
    }
    return x.reshape(Arrays.stream(shape).filter(extent -> extent >= 0).toArray());
  }

  private static Tensor unsqueeze(Call call) {
    Tensor x = call.input(0);
    long[] count = call.integers(1, "axes");
    if (count == null) {
      throw call.refused("its axes are missing");
    }
    int[] shape = new int[x.rank() + count.length];
    Arrays.fill(shape, -1);
    for (int axis : call.axes(1, shape.length)) {
      shape[axis] = 1;
    }
    int next = 0;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] < 0 ? x.extent(next++) : 1;
    }
    return x.reshape(shape);
  }

  private static Tensor cast(Call call) {
    Tensor x = call.input(0);
    Kind kind = kind(call, call.attributes().integer("to", 0));
    if (kind == x.kind() || kind == Kind.FLOAT) {
      return Tensor.of(kind, x.values(), x.shape());
    }
    Tensor y = call.zeros(kind, x.shape());
    for (int i = 0; i < x.size(); i++) {
      double value = x.value(i);
      y.values()[i] = kind == Kind.BOOLEAN ? (value != 0 ? 1 : 0) : (long) value;
    }
    return y;
  }

  /** By the numbers that ONNX gives the types of tensors. */
  private static Kind kind(Call call, long type) {
    return switch ((int) type) {
      case 1, 10, 11, 16 -> Kind.FLOAT;
      case 2, 3, 4, 5, 6, 7, 12, 13 -> Kind.INTEGER;
      case 9 -> Kind.BOOLEAN;
      default -> throw call.refused("it makes numbers of the type " + type);
    };
  }

  private static Tensor constant(Call call) {
    Attributes attributes = call.attributes();
    if (attributes.has("value_float")) {
      return Tensor.scalar(attributes.number("value_float", 0));
    }
    if (attributes.has("value_floats")) {
      double[] values = attributes.numbers("value_floats");
      return Tensor.of(values, values.length);
    }
    if (attributes.has("value_int")) {
      return Tensor.of(Kind.INTEGER, one(attributes.integer("value_int", 0)));
    }
    if (attributes.has("value_ints")) {
      return Tensor.integers(attributes.integers("value_ints"));
    }
    return attributes
        .tensor("value")
        .orElseThrow(() -> call.refused("its value is no tensor of numbers"));
  }

  private static Tensor constantOfShape(Call call) {
    Tensor value = call.attributes().tensor("value").orElse(Tensor.of(new double[1], 1));
    if (value.size() != 1) {
      throw call.refused("its value is not one number");
    }
    Tensor result = call.zeros(value.kind(), Shapes.checked(call.input(0).longs()));
    Arrays.fill(result.values(), value.value(0));
    return result;
  }

  private static Tensor shape(Call call) {
    int[] shape = call.input(0).shape();
    int start = end(call.attributes().integer("start", 0), shape.length);
    int end = end(call.attributes().integer("end", shape.length), shape.length);
    return Tensor.integers(
        IntStream.range(start, Math.max(start, end)).mapToLong(i -> shape[i]).toArray());
  }

  private static int end(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  /**
   * Does nothing but in training, where it drops the share that the node names. Which numbers that
   * are, its seed decides: it is the same in each pass.
   */
  private static final class Dropout implements Operator {
    private static double ratio(Call call) {
      Tensor training = call.optional(2);
      if (training == null || training.size() != 1 || training.value(0) == 0) {
        return 0;
      }
      Tensor ratio = call.optional(1);
      double result =
          ratio != null && ratio.size() == 1
              ? ratio.value(0)
              : call.attributes().number("ratio", 0.5);
      if (!(result >= 0 && result < 1)) {
        throw call.refused("it drops a share of " + result);
      }
      return result;
    }

    @Override
    public List<Tensor> forward(Call call) {
      Tensor x = call.input(0);
      double ratio = ratio(call);
      Tensor mask = call.zeros(Kind.BOOLEAN, x.shape());
      if (ratio == 0) {
        Arrays.fill(mask.values(), 1);
        return List.of(x, mask);
      }
      SplittableRandom random = new SplittableRandom(call.attributes().integer("seed", 0));
      Tensor y = call.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        boolean stays = random.nextDouble() >= ratio;
        mask.values()[i] = stays ? 1 : 0;
        y.values()[i] = stays ? x.value(i) / (1 - ratio) : 0;
      }
      return List.of(y, mask);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.get(0);
      @Nullable Tensor[] results = new @Nullable Tensor[call.inputs()];
      if (gradient != null) {
        double kept = 1 - ratio(call);
        Tensor dx = call.zeros(gradient.shape());
        for (int i = 0; i < gradient.size(); i++) {
          dx.values()[i] = gradient.value(i) * outputs.get(1).value(i) / kept;
        }
        results[0] = dx;
      }
      return Arrays.asList(results);
    }
  }
}
