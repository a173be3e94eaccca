package org.unvanish.model.network;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Tensor;

/**
 * Where the values of the engine's output of a layer stand in a value of a graph.
 *
 * @param numbers in the shape of the graph's value with a batch of one: for each, the number of the
 *     engine's, counted channel by channel and row by row
 * @param shape of the engine's output
 */
record Places(Tensor numbers, Shape shape) {

  /** The engine's own order. */
  static Tensor inOrder(int... extents) {
    int size = Arrays.stream(extents).reduce(1, Math::multiplyExact);
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> i);
    return Tensor.of(numbers, extents);
  }

  /** Whether each of the engine's values is there once. */
  boolean areWhole() {
    BitSet seen = new BitSet();
    for (double number : numbers.values()) {
      seen.set((int) number);
    }
    return numbers.size() == shape.size() && seen.cardinality() == shape.size();
  }

  int at(int i) {
    return (int) numbers.value(i);
  }

  /** How many values a channel has. */
  int area() {
    return shape.rows() * shape.columns();
  }

  /** Whether all values lie along the last axis, so that a product reads them all. */
  boolean areFlat() {
    return numbers.rank() > 0 && numbers.extent(-1) == shape.size() && areWhole();
  }

  /**
   * Along the second axis, where graphs have them: the channel of the engine in which all values
   * stand; empty where some slice has those of several, or only a part.
   */
  Optional<int[]> channels() {
    if (numbers.rank() < 2 || numbers.extent(1) != shape.channels() || !areWhole()) {
      return Optional.empty();
    }
    int each = numbers.size() / shape.channels();
    int[] channels = new int[shape.channels()];
    for (int i = 0; i < numbers.size(); i++) {
      int channel = at(i) / area();
      if (i % each == 0) {
        channels[i / each] = channel;
      } else if (channels[i / each] != channel) {
        return Optional.empty();
      }
    }
    return Optional.of(channels);
  }

  /** As {@link #channels}, where rows and columns also stand as the engine has them. */
  Optional<int[]> planes() {
    return channels()
        .filter(
            channels -> {
              for (int i = 0; i < numbers.size(); i++) {
                if (at(i) % area() != i % area()) {
                  return false;
                }
              }
              return true;
            });
  }
}
