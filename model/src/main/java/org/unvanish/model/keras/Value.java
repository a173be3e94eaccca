package org.unvanish.model.keras;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tensor on its way through the graph, with the order in which its axes lie there. Keras has
 * channels (and units) last and time second; ONNX has channels second and, in recurrent layers,
 * time first. Values are turned only where a layer needs another order, and layers that work on
 * each number alone keep whatever order there is.
 *
 * @param name in the graph
 * @param shape as Keras counts its axes; −1 for an extent that is free
 * @param order which of Keras's axes lies at each axis of the graph's tensor
 */
record Value(String name, long[] shape, int... order) {
  /** In Keras's own order. */
  static Value plain(String name, long... shape) {
    return new Value(name, shape, plainOrder(shape.length));
  }

  /** The same shape and order under another name. */
  Value renamed(String name) {
    return new Value(name, shape, order);
  }

  int rank() {
    return shape.length;
  }

  /** An extent by Keras's axis, from the end if negative. */
  long extent(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  /** Whether axes lie as Keras has them. */
  boolean isPlain() {
    return Arrays.equals(order, plainOrder(shape.length));
  }

  /** Whether Keras's last axis lies last. */
  boolean endsPlain() {
    return order[order.length - 1] == order.length - 1;
  }

  /** Where one of Keras's axes lies. */
  int axis(int axis) {
    int wanted = axis < 0 ? axis + shape.length : axis;
    return IntStream.range(0, order.length).filter(i -> order[i] == wanted).findFirst().orElse(-1);
  }

  static int[] plainOrder(int rank) {
    return IntStream.range(0, rank).toArray();
  }

  /** Samples, channels, and then what is between: 0, r−1, 1, … */
  static int[] channelsFirst(int rank) {
    return IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
  }

  /** Time, samples, features. */
  static int[] timeFirst() {
    return new int[] {1, 0, 2};
  }
}
