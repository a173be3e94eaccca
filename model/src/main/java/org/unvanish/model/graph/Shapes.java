package org.unvanish.model.graph;

import java.util.Arrays;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** What several operators want to know of shapes. */
final class Shapes {
  private Shapes() {}

  /** An axis as a number from 0. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new ModelRefusedException(
          "", "there is no axis " + axis + " in a tensor of rank " + rank, "");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** How many elements some of the extents hold; they are known to fit. */
  static int size(int[] shape, int from, int to) {
    int size = 1;
    for (int i = from; i < to; i++) {
      size *= shape[i];
    }
    return size;
  }

  /** How far apart neighbours are along each axis. */
  static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(1, shape[i]);
    }
    return strides;
  }

  /** Extents that come from a file or from other values, checked. */
  static int[] checked(long... shape) {
    Limits.DEFAULT.elements("", shape);
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  /** The shape of two that are aligned at their ends, an extent of 1 giving way. */
  static int[] broadcast(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    long[] shape = new long[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.length ? a[a.length - i] : 1;
      int y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new ModelRefusedException(
            "", "shapes " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not fit", "");
      }
      shape[rank - i] = x == 1 ? y : x;
    }
    return checked(shape);
  }

  /** Strides of a shape within one that it is broadcast to: 0 where it repeats. */
  static int[] broadcastStrides(int[] shape, int[] wide) {
    int[] own = strides(shape);
    int[] result = new int[wide.length];
    for (int i = 1; i <= shape.length; i++) {
      int extent = shape[shape.length - i];
      if (extent != 1) {
        if (i > wide.length || wide[wide.length - i] != extent) {
          throw new ModelRefusedException(
              "", Arrays.toString(shape) + " does not spread to " + Arrays.toString(wide), "");
        }
        result[wide.length - i] = own[shape.length - i];
      }
    }
    return result;
  }

  /** For each element of a shape, in order, its place: an offset plus its strides. */
  static int[] places(int[] shape, int offset, int[] strides) {
    int size = size(shape, 0, shape.length);
    int[] places = new int[size];
    int[] at = new int[shape.length];
    int place = offset;
    for (int i = 0; i < size; i++) {
      places[i] = place;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place += strides[axis];
        if (++at[axis] < shape[axis]) {
          break;
        }
        place -= at[axis] * strides[axis];
        at[axis] = 0;
      }
    }
    return places;
  }
}
