package org.unvanish.internal.kernel;

/**
 * A kernel that moves over a tensor in steps.
 *
 * @param rows of the kernel
 * @param columns of the kernel
 * @param rowStride rows from one output to the next
 * @param columnStride columns from one output to the next
 * @param rowPadding zeros above the first row
 * @param columnPadding zeros before the first column
 */
public record Window(
    int rows, int columns, int rowStride, int columnStride, int rowPadding, int columnPadding) {

  /** Weights for each channel. */
  public int area() {
    return rows * columns;
  }
}
