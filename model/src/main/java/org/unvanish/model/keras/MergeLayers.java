package org.unvanish.model.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/** Layers of several inputs, and functions such as {@code x + y}. */
final class MergeLayers {
  private static final Attributes NONE = Attributes.NONE;

  /** What Keras and TensorFlow call the functions that are written as operators. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "Add", "Add",
          "Subtract", "Sub",
          "Multiply", "Mul",
          "Divide", "Div",
          "TrueDivide", "Div",
          "__operators__.add", "Add",
          "math.add", "Add",
          "math.subtract", "Sub",
          "math.multiply", "Mul",
          "math.truediv", "Div");

  private MergeLayers() {}

  /** One operator from operand to operand. */
  static Value fold(LayerCall call, String operator) {
    List<Value> operands = several(call);
    return folded(call, operator, operands);
  }

  private static Value folded(LayerCall call, String operator, List<Value> operands) {
    Value sum = operands.get(0);
    for (int i = 1; i < operands.size(); i++) {
      Value next = operands.get(i);
      String z =
          i == operands.size() - 1
              ? call.main(operator, NONE, sum.name(), next.name())
              : call.node(operator, "part", NONE, sum.name(), next.name());
      sum = new Value(z, broadcast(call, sum, next), sum.order());
    }
    return sum;
  }

  /** The mean of the operands. */
  static Value average(LayerCall call) {
    List<Value> operands = several(call);
    Value sum = folded(call, "Add", operands);
    String share = call.constant("share", Tensor.scalar(1.0 / operands.size()));
    return sum.renamed(call.node("Mul", "mean", NONE, sum.name(), share));
  }

  /** The larger or smaller one: a + relu(b − a), or a − relu(a − b). */
  static Value extreme(LayerCall call, boolean largest) {
    List<Value> operands = several(call);
    Value best = operands.get(0);
    for (int i = 1; i < operands.size(); i++) {
      Value next = operands.get(i);
      String first = largest ? next.name() : best.name();
      String second = largest ? best.name() : next.name();
      String difference = call.node("Sub", "difference", NONE, first, second);
      String positive = call.node("Relu", "positive", NONE, difference);
      String z = call.node(largest ? "Add" : "Sub", "extreme", NONE, best.name(), positive);
      best = new Value(z, broadcast(call, best, next), best.order());
    }
    return best;
  }

  /** Side by side along one axis. */
  static Value concatenate(LayerCall call) {
    List<Value> operands = several(call);
    Value first = operands.get(0);
    int axis = call.settings().integer("axis", -1);
    if (axis < -first.rank() || axis >= first.rank()) {
      throw call.settings().refused("axis", "there is no such axis");
    }
    int place = axis < 0 ? axis + first.rank() : axis;
    long[] shape = first.shape().clone();
    for (Value next : operands.subList(1, operands.size())) {
      boolean fixed = shape[place] >= 0 && next.extent(place) >= 0;
      shape[place] = fixed ? shape[place] + next.extent(place) : -1;
    }
    String z =
        call.main(
            "Concat",
            NONE.with("axis", (long) first.axis(place)),
            operands.stream().map(Value::name).toArray(String[]::new));
    return new Value(z, shape, first.order());
  }

  /** A function of tensors and numbers: x + y, 2 * x. */
  static Value function(LayerCall call) {
    String called = call.settings().text("function", call.layer().className());
    String operator = FUNCTIONS.get(called);
    List<Value> tensors = new ArrayList<>(call.operands());
    call.named().getOrDefault("y", List.of()).forEach(tensors::add);
    if (operator == null || tensors.size() + call.numbers().size() != 2 || tensors.isEmpty()) {
      throw call.refused(
          "Unvanish does not know the function \"" + called + "\" between layers",
          "Use a layer of Keras instead, or: " + ModelParser.EXPORT);
    }
    LayerCall all =
        new LayerCall(
            call.layer(),
            call.name(),
            tensors,
            Map.of(),
            Map.of(),
            call.weights(),
            call.keras(),
            call.graph());
    if (tensors.size() == 2) {
      return fold(all, operator);
    }
    Value tensor = tensors.get(0);
    Map.Entry<Integer, Double> number = call.numbers().entrySet().iterator().next();
    String constant = call.constant("number", Tensor.scalar(number.getValue()));
    return tensor.renamed(
        number.getKey() == 0
            ? call.main(operator, NONE, constant, tensor.name())
            : call.main(operator, NONE, tensor.name(), constant));
  }

  private static List<Value> several(LayerCall call) {
    if (call.operands().isEmpty()) {
      throw call.refused("it is called with no tensors", "");
    }
    int rank = call.operands().get(0).rank();
    if (call.operands().stream().anyMatch(operand -> operand.rank() != rank)) {
      throw call.unknown("how to join tensors of different ranks");
    }
    return call.alike();
  }

  private static long[] broadcast(LayerCall call, Value a, Value b) {
    long[] shape = a.shape().clone();
    for (int i = 0; i < shape.length; i++) {
      long other = b.shape()[i];
      if (shape[i] > 1 && other > 1 && shape[i] != other) {
        throw call.refused("its inputs have different shapes", Hdf5.SAVE_AGAIN);
      }
      shape[i] = shape[i] == 1 ? other : shape[i];
    }
    return shape;
  }
}
