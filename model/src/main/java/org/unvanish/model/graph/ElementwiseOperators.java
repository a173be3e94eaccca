package org.unvanish.model.graph;

import static org.unvanish.activation.ActivationFunction.ERF;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operators that make each number of one number, of two, or of one of each input; inputs spread
 * over each other as in ONNX and NumPy.
 */
final class ElementwiseOperators {

  private ElementwiseOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    addCurves(table);
    addPairs(table);
    table.put("Sum", new Operators.Entry(new Many(Many.Way.SUM), 1, Integer.MAX_VALUE));
    table.put("Mean", new Operators.Entry(new Many(Many.Way.MEAN), 1, Integer.MAX_VALUE));
    table.put("Max", new Operators.Entry(new Many(Many.Way.MAX), 1, Integer.MAX_VALUE));
    table.put("Min", new Operators.Entry(new Many(Many.Way.MIN), 1, Integer.MAX_VALUE));
    table.put("Where", new Operators.Entry(new Where(), 3, 3));
  }

  private static void addCurves(Map<String, Operators.Entry> table) {
    curve(table, "Neg", x -> -x, (x, y) -> -1);
    curve(table, "Abs", Math::abs, (x, y) -> Math.signum(x));
    curve(table, "Sqrt", Math::sqrt, (x, y) -> 0.5 / y);
    curve(table, "Exp", StrictMath::exp, (x, y) -> y);
    curve(table, "Log", StrictMath::log, (x, y) -> 1 / x);
    curve(table, "Reciprocal", x -> 1 / x, (x, y) -> -y * y);
    curve(table, "Sin", StrictMath::sin, (x, y) -> StrictMath.cos(x));
    curve(table, "Cos", StrictMath::cos, (x, y) -> -StrictMath.sin(x));
    curve(table, "Erf", ERF::value, (x, y) -> ERF.derivative(x));
    curve(table, "Sign", Math::signum, (x, y) -> 0);
    curve(table, "Floor", Math::floor, (x, y) -> 0);
    curve(table, "Ceil", Math::ceil, (x, y) -> 0);
    curve(table, "Round", Math::rint, (x, y) -> 0);
    curve(table, "Not", x -> x == 0 ? 1 : 0, (x, y) -> 0);
    for (String name :
        List.of(
            "Relu",
            "Tanh",
            "Sigmoid",
            "HardSigmoid",
            "LeakyRelu",
            "ThresholdedRelu",
            "Elu",
            "Celu",
            "Selu",
            "Softplus",
            "Softsign",
            "Swish",
            "HardSwish",
            "Mish",
            "Gelu")) {
      curve(table, name, call -> Curve.activation(name, call.attributes()));
    }
    table.put("Clip", new Operators.Entry(new Unary(ElementwiseOperators::clip), 1, 3));
  }

  private static void curve(
      Map<String, Operators.Entry> table,
      String name,
      DoubleUnaryOperator value,
      DoubleBinaryOperator slope) {
    Curve curve = new Curve(value, slope);
    curve(table, name, call -> curve);
  }

  private static void curve(
      Map<String, Operators.Entry> table, String name, Function<Call, Curve> curve) {
    table.put(name, new Operators.Entry(new Unary(curve), 1, 1));
  }

  private static Curve clip(Call call) {
    double low = bound(call, 1, "min", Double.NEGATIVE_INFINITY);
    double high = bound(call, 2, "max", Double.POSITIVE_INFINITY);
    // As ONNX and PyTorch have it: the upper bound wins where they cross.
    return new Curve(
        x -> Math.min(Math.max(x, low), high), (x, y) -> x >= low && x <= high ? 1 : 0);
  }

  private static double bound(Call call, int index, String attribute, double absent) {
    Tensor bound = call.optional(index);
    if (bound == null) {
      return call.attributes().number(attribute, absent);
    }
    if (bound.size() != 1) {
      throw call.refused("its input " + attribute + " is not one number");
    }
    return bound.value(0);
  }

  private static void addPairs(Map<String, Operators.Entry> table) {
    pair(table, "Add", new Pair((x, y) -> x + y, (x, y, z) -> 1, (x, y, z) -> 1), 0, 1);
    pair(table, "Sub", new Pair((x, y) -> x - y, (x, y, z) -> 1, (x, y, z) -> -1));
    pair(table, "Mul", new Pair((x, y) -> x * y, (x, y, z) -> y, (x, y, z) -> x), 0, 1);
    pair(table, "Div", new Pair((x, y) -> x / y, (x, y, z) -> 1 / y, (x, y, z) -> -z / y));
    pair(
        table,
        "Pow",
        new Pair(
            StrictMath::pow,
            (x, y, z) -> y == 0 ? 0 : y * StrictMath.pow(x, y - 1),
            (x, y, z) -> x > 0 ? z * StrictMath.log(x) : 0));
    pair(
        table,
        "PRelu",
        new Pair(
            (x, y) -> x < 0 ? x * y : x, (x, y, z) -> x < 0 ? y : 1, (x, y, z) -> x < 0 ? x : 0),
        1);
    test(table, "Equal", (x, y) -> x == y ? 1 : 0);
    test(table, "Less", (x, y) -> x < y ? 1 : 0);
    test(table, "LessOrEqual", (x, y) -> x <= y ? 1 : 0);
    test(table, "Greater", (x, y) -> x > y ? 1 : 0);
    test(table, "GreaterOrEqual", (x, y) -> x >= y ? 1 : 0);
    test(table, "And", (x, y) -> x != 0 && y != 0 ? 1 : 0);
    test(table, "Xor", (x, y) -> (x != 0) != (y != 0) ? 1 : 0);
    test(table, "Or", (x, y) -> x != 0 || y != 0 ? 1 : 0);
  }

  private static void pair(
      Map<String, Operators.Entry> table, String name, Pair pair, int... parameters) {
    table.put(
        name,
        new Operators.Entry(
            new Binary(pair, name.equals("Pow") ? Kinds.FIRST : Kinds.COMMON), 2, 2, parameters));
  }

  private static void test(
      Map<String, Operators.Entry> table, String name, DoubleBinaryOperator test) {
    Pair pair = new Pair(test, (x, y, z) -> 0, (x, y, z) -> 0);
    table.put(name, new Operators.Entry(new Binary(pair, Kinds.TRUTH), 2, 2));
  }

  /** Of one number. */
  record Unary(Function<Call, Curve> curve) implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      DoubleUnaryOperator value = curve.apply(call).value();
      Tensor x = call.input(0);
      Tensor y = call.zeros(x.kind(), x.shape());
      for (int i = 0; i < x.size(); i++) {
        y.values()[i] = value.applyAsDouble(x.value(i));
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      DoubleBinaryOperator slope = curve.apply(call).slope();
      Tensor x = call.input(0);
      Tensor y = outputs.get(0);
      double[] gradient = gradients.get(0).values();
      Tensor result = call.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        result.values()[i] = gradient[i] * slope.applyAsDouble(x.value(i), y.value(i));
      }
      @Nullable Tensor[] results = new @Nullable Tensor[call.inputs()];
      results[0] = result;
      return Arrays.asList(results);
    }
  }

  /** A function of two numbers. */
  private interface Slope {
    double at(double x, double y, double z);
  }

  /** A function z of x and y with its derivatives. */
  private record Pair(DoubleBinaryOperator value, Slope left, Slope right) {}

  /** What a function of two numbers makes. */
  private enum Kinds {
    COMMON,
    /** As powers, whose exponents exporters give in any kind. */
    FIRST,
    TRUTH;

    Tensor.Kind of(Tensor.Kind left, Tensor.Kind right) {
      return switch (this) {
        case COMMON -> left == right ? left : Tensor.Kind.FLOAT;
        case FIRST -> left;
        case TRUTH -> Tensor.Kind.BOOLEAN;
      };
    }
  }

  /** Of two numbers. */
  private record Binary(Pair pair, Kinds kinds) implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      Tensor left = call.input(0);
      Tensor right = call.input(1);
      Tensor.Kind kind = kinds.of(left.kind(), right.kind());
      Tensor result = call.zeros(kind, Shapes.broadcast(left.shape(), right.shape()));
      double[] x = left.values();
      double[] y = right.values();
      double[] z = result.values();
      DoubleBinaryOperator value = pair.value();
      new Rows(result.shape(), left.shape(), right.shape())
          .visit(
              (at, length, l, leftStep, r, rightStep) -> {
                for (int i = 0; i < length; i++) {
                  z[at + i] = value.applyAsDouble(x[l + i * leftStep], y[r + i * rightStep]);
                }
              });
      if (kind == Tensor.Kind.INTEGER) {
        for (int i = 0; i < z.length; i++) {
          // Whole numbers divide without a rest.
          z[i] = z[i] < 0 ? Math.ceil(z[i]) : Math.floor(z[i]);
        }
      }
      return List.of(result);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor left = call.input(0);
      Tensor right = call.input(1);
      Tensor leftGradient = call.zeros(left.shape());
      Tensor rightGradient = call.zeros(right.shape());
      double[] x = left.values();
      double[] y = right.values();
      double[] z = outputs.get(0).values();
      double[] gradient = gradients.get(0).values();
      double[] dx = leftGradient.values();
      double[] dy = rightGradient.values();
      new Rows(outputs.get(0).shape(), left.shape(), right.shape())
          .visit(
              (at, length, l, leftStep, r, rightStep) -> {
                for (int i = 0; i < length; i++) {
                  int xi = l + i * leftStep;
                  int yi = r + i * rightStep;
                  double g = gradient[at + i];
                  dx[xi] += g * pair.left().at(x[xi], y[yi], z[at + i]);
                  dy[yi] += g * pair.right().at(x[xi], y[yi], z[at + i]);
                }
              });
      return Arrays.asList(leftGradient, rightGradient);
    }
  }

  /** Of one number of each of any count of inputs. */
  private record Many(Way way) implements Operator {
    /** What is made of them. */
    enum Way {
      SUM,
      MEAN,
      MAX,
      MIN
    }

    @Override
    public List<Tensor> forward(Call call) {
      int[] shape = call.input(0).shape();
      for (int k = 1; k < call.inputs(); k++) {
        shape = Shapes.broadcast(shape, call.input(k).shape());
      }
      Tensor result = call.zeros(call.input(0).kind(), shape);
      double[] y = result.values();
      for (int k = 0; k < call.inputs(); k++) {
        boolean first = k == 0;
        Tensor input = call.input(k);
        int[] places = places(input, shape);
        for (int i = 0; i < y.length; i++) {
          double x = input.value(places[i]);
          y[i] =
              switch (way) {
                case SUM, MEAN -> y[i] + x;
                case MAX -> first ? x : Math.max(y[i], x);
                case MIN -> first ? x : Math.min(y[i], x);
              };
        }
      }
      for (int i = 0; way == Way.MEAN && i < y.length; i++) {
        y[i] /= call.inputs();
      }
      return List.of(result);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor y = outputs.get(0);
      double[] gradient = gradients.get(0).values();
      Tensor[] results = new Tensor[call.inputs()];
      // A largest number that is there twice has its gradient at the first.
      boolean[] given = new boolean[y.size()];
      for (int k = 0; k < results.length; k++) {
        Tensor x = call.input(k);
        results[k] = call.zeros(x.shape());
        int[] places = places(x, y.shape());
        for (int i = 0; i < gradient.length; i++) {
          boolean chosen = x.value(places[i]) == y.value(i) && !given[i];
          given[i] |= chosen;
          double share =
              switch (way) {
                case SUM -> 1;
                case MEAN -> 1.0 / call.inputs();
                case MAX, MIN -> chosen ? 1 : 0;
              };
          results[k].values()[places[i]] += share * gradient[i];
        }
      }
      return Arrays.asList(results);
    }
  }

  /** One of two numbers. */
  private static final class Where implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      Tensor condition = call.input(0);
      Tensor yes = call.input(1);
      Tensor no = call.input(2);
      int[] shape = Shapes.broadcast(Shapes.broadcast(condition.shape(), yes.shape()), no.shape());
      Tensor result = call.zeros(yes.kind(), shape);
      int[] conditions = places(condition, shape);
      int[] yesPlaces = places(yes, shape);
      int[] noPlaces = places(no, shape);
      for (int i = 0; i < result.size(); i++) {
        result.values()[i] =
            condition.value(conditions[i]) != 0 ? yes.value(yesPlaces[i]) : no.value(noPlaces[i]);
      }
      return List.of(result);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      int[] shape = outputs.get(0).shape();
      Tensor condition = call.input(0);
      int[] conditions = places(condition, shape);
      int[] yesPlaces = places(call.input(1), shape);
      int[] noPlaces = places(call.input(2), shape);
      Tensor yes = call.zeros(call.input(1).shape());
      Tensor no = call.zeros(call.input(2).shape());
      double[] gradient = gradients.get(0).values();
      for (int i = 0; i < gradient.length; i++) {
        if (condition.value(conditions[i]) != 0) {
          yes.values()[yesPlaces[i]] += gradient[i];
        } else {
          no.values()[noPlaces[i]] += gradient[i];
        }
      }
      return Arrays.asList(null, yes, no);
    }
  }

  private static int[] places(Tensor input, int[] shape) {
    return Shapes.places(shape, 0, Shapes.broadcastStrides(input.shape(), shape));
  }
}
