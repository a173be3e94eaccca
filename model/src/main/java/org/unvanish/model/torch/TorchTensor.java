package org.unvanish.model.torch;

import java.util.List;

/**
 * A view of a storage. Two that are equal are the same numbers, as tied weights are.
 *
 * @param storage what has the numbers
 * @param offset the place of the first one
 * @param shape its extents
 * @param strides how far apart neighbours along each axis are
 */
record TorchTensor(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {

  /**
   * Whether all of it lies in its storage, with a number for each of its places.
   *
   * @throws ArithmeticException if the last place is no {@code long}
   */
  boolean fits() {
    if (offset < 0 || shape.size() != strides.size()) {
      return false;
    }
    long last = offset;
    long size = 1;
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i) < 0 || strides.get(i) < 0) {
        return false;
      }
      if (shape.get(i) == 0) {
        return offset <= storage.count();
      }
      size = Math.multiplyExact(size, (long) shape.get(i));
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, (long) strides.get(i)));
    }
    return last < storage.count() && size <= storage.count();
  }
}
