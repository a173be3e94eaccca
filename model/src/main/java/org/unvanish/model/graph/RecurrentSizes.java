package org.unvanish.model.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How large a recurrent node is, and where its tensors have what.
 *
 * @param gates how many sums each unit has
 * @param inputs how many numbers each step reads
 * @param batchFirst whether the batch is the first axis of sequences and states
 * @param lengths of each sequence
 */
record RecurrentSizes(
    int gates,
    int directions,
    int steps,
    int batch,
    int inputs,
    int units,
    boolean reverse,
    boolean batchFirst,
    int[] lengths) {
  static RecurrentSizes of(Call call, int gates) {
    Tensor x = call.input(0);
    Tensor w = call.input(1);
    Tensor r = call.input(2);
    if (x.rank() != 3 || w.rank() != 3 || r.rank() != 3) {
      throw call.refused("its input or weights are not of rank 3");
    }
    String direction = call.attributes().text("direction", "forward");
    int directions =
        switch (direction) {
          case "forward", "reverse" -> 1;
          case "bidirectional" -> 2;
          default -> throw call.refused("its direction is " + direction);
        };
    boolean batchFirst = call.attributes().flag("layout", false);
    int units = r.extent(2);
    int steps = x.extent(batchFirst ? 1 : 0);
    int batch = x.extent(batchFirst ? 0 : 1);
    long rows = (long) gates * units;
    requireShape(call, w, "weights", directions, rows, x.extent(2));
    requireShape(call, r, "recurrent weights", directions, rows, units);
    requireShape(call, call.optional(3), "biases", directions, 2 * rows);
    requireShape(call, call.optional(4), "lengths", batch);
    for (int state = 5; state < 7; state++) {
      requireShape(
          call,
          call.optional(state),
          "initial state",
          batchFirst ? batch : directions,
          batchFirst ? directions : batch,
          units);
    }
    requireShape(call, call.optional(7), "peepholes", directions, 3L * units);
    if (call.attributes().integer("hidden_size", units) != units) {
      throw call.refused("its hidden_size does not match its weights");
    }
    if (call.attributes().flag("input_forget", false)) {
      throw call.refused("its input and forget gates are coupled, which is not computed");
    }
    return new RecurrentSizes(
        gates,
        directions,
        steps,
        batch,
        x.extent(2),
        units,
        direction.equals("reverse"),
        batchFirst,
        lengths(call, steps, batch));
  }

  private static void requireShape(Call call, @Nullable Tensor tensor, String what, long... shape) {
    if (tensor != null
        && !Arrays.equals(Arrays.stream(tensor.shape()).asLongStream().toArray(), shape)) {
      throw call.refused(
          "its "
              + what
              + " have the shape "
              + Arrays.toString(tensor.shape())
              + ", and not "
              + Arrays.toString(shape));
    }
  }

  private static int[] lengths(Call call, int steps, int batch) {
    int[] lengths = new int[batch];
    Tensor given = call.optional(4);
    for (int i = 0; i < batch; i++) {
      double length = given == null ? steps : given.value(i);
      if (!(length >= 0 && length <= steps)) {
        throw call.refused("it has a sequence of " + length + " steps, of " + steps);
      }
      lengths[i] = (int) length;
    }
    return lengths;
  }

  /** How many sums a sample has at a step. */
  int rows() {
    return gates * units;
  }

  int[] outputShape() {
    return batchFirst
        ? Shapes.checked(batch, steps, directions, units)
        : Shapes.checked(steps, directions, batch, units);
  }

  int[] stateShape() {
    return batchFirst
        ? Shapes.checked(batch, directions, units)
        : Shapes.checked(directions, batch, units);
  }

  /** Whether a sample has a step. */
  boolean has(int step, int sample) {
    return step < lengths[sample];
  }

  /** Where the input has what a direction reads as its step; only if the sample has it. */
  int input(int direction, int step, int sample) {
    int time = time(direction, step, sample);
    return (batchFirst ? sample * steps + time : time * batch + sample) * inputs;
  }

  int output(int direction, int step, int sample) {
    int time = time(direction, step, sample);
    return (batchFirst
            ? (sample * steps + time) * directions + direction
            : (time * directions + direction) * batch + sample)
        * units;
  }

  int state(int direction, int sample) {
    return (batchFirst ? sample * directions + direction : direction * batch + sample) * units;
  }

  private int time(int direction, int step, int sample) {
    return direction == 1 || reverse ? lengths[sample] - 1 - step : step;
  }
}
