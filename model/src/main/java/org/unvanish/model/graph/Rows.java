package org.unvanish.model.graph;

/**
 * The way through a tensor and two others that spread over it, in rows that are as long as possible
 * without a stride that changes.
 */
final class Rows {
  /** What is done with a row. */
  interface Visitor {
    /**
     * @param at where the row begins in the wide tensor; its stride is 1
     * @param left where in the first
     * @param leftStep 0 or more
     * @param right where in the second
     * @param rightStep 0 or more
     */
    void row(int at, int length, int left, int leftStep, int right, int rightStep);
  }

  private final int[] shape;
  private final int[] left;
  private final int[] right;

  /** Of a shape and two that can be broadcast to it. */
  Rows(int[] shape, int[] leftShape, int[] rightShape) {
    this.shape = shape;
    left = Shapes.broadcastStrides(leftShape, shape);
    right = Shapes.broadcastStrides(rightShape, shape);
  }

  void visit(Visitor visitor) {
    int size = Shapes.size(shape, 0, shape.length);
    if (size == 0) {
      return;
    }
    if (shape.length == 0) {
      visitor.row(0, 1, 0, 0, 0, 0);
      return;
    }
    int inner = shape.length - 1;
    int length = shape[inner];
    int leftStep = left[inner];
    int rightStep = right[inner];
    while (inner > 0 && (length == 1 || joins(inner - 1, length, leftStep, rightStep))) {
      inner--;
      if (length == 1) {
        leftStep = left[inner];
        rightStep = right[inner];
      }
      length *= shape[inner];
    }
    int[] at = new int[inner];
    int l = 0;
    int r = 0;
    for (int row = 0; row < size; row += length) {
      visitor.row(row, length, l, leftStep, r, rightStep);
      for (int axis = inner - 1; axis >= 0; axis--) {
        l += left[axis];
        r += right[axis];
        if (++at[axis] < shape[axis]) {
          break;
        }
        l -= at[axis] * left[axis];
        r -= at[axis] * right[axis];
        at[axis] = 0;
      }
    }
  }

  private boolean joins(int axis, int length, int leftStep, int rightStep) {
    return shape[axis] == 1
        || (left[axis] == length * leftStep && right[axis] == length * rightStep);
  }
}
