package org.unvanish.model.graph;

import java.util.Arrays;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * Numbers in a row-major array of any rank. All kinds are kept as doubles: whole numbers are exact
 * below 2⁵³, and a truth value is 1 or 0.
 *
 * <p>A tensor does not copy the array that it is made of. Nobody changes it afterwards.
 *
 * @since 0.1
 */
public final class Tensor {
  /** What the numbers are. Gradients are of floating-point numbers only. */
  public enum Kind {
    FLOAT,
    INTEGER,
    BOOLEAN
  }

  private final Kind kind;
  private final double[] values;
  private final int[] shape;

  private Tensor(Kind kind, double[] values, int[] shape) {
    int size = Limits.DEFAULT.elements("a tensor", longs(shape));
    if (size != values.length) {
      throw new ModelRefusedException(
          "a tensor", values.length + " values do not fill " + Arrays.toString(shape), "");
    }
    this.kind = kind;
    this.values = values;
    this.shape = shape;
  }

  /**
   * Floating-point numbers.
   *
   * @param values row-major; not copied
   * @param shape no extents for a scalar
   * @throws ModelRefusedException if the shape does not hold as many
   */
  public static Tensor of(double[] values, int... shape) {
    return new Tensor(Kind.FLOAT, values, shape.clone());
  }

  /** Numbers of any kind; otherwise as {@link #of(double[], int...)}. */
  public static Tensor of(Kind kind, double[] values, int... shape) {
    return new Tensor(kind, values, shape.clone());
  }

  /** A floating-point number of rank 0. */
  public static Tensor scalar(double value) {
    return new Tensor(Kind.FLOAT, new double[] {value}, new int[0]);
  }

  /** Whole numbers of rank 1, as shapes and axes are. */
  public static Tensor integers(long... values) {
    return new Tensor(
        Kind.INTEGER, Arrays.stream(values).asDoubleStream().toArray(), new int[] {values.length});
  }

  /** Floating-point zeros. */
  public static Tensor zeros(int... shape) {
    return new Tensor(
        Kind.FLOAT, new double[Limits.DEFAULT.elements("a tensor", longs(shape))], shape.clone());
  }

  /** What the numbers are. */
  public Kind kind() {
    return kind;
  }

  /** The extents, as a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** How many extents. */
  public int rank() {
    return shape.length;
  }

  /**
   * One extent.
   *
   * @param axis from the end if negative
   * @throws ModelRefusedException if there is no such axis
   */
  public int extent(int axis) {
    return shape[axis(axis)];
  }

  /**
   * An axis as a number from 0.
   *
   * @param axis from the end if negative
   * @throws ModelRefusedException if there is no such axis
   */
  public int axis(long axis) {
    if (axis < -shape.length || axis >= shape.length) {
      throw new ModelRefusedException(
          "axis " + axis, "there is no such axis in the shape " + Arrays.toString(shape), "");
    }
    return (int) (axis < 0 ? axis + shape.length : axis);
  }

  /** How many numbers. */
  public int size() {
    return values.length;
  }

  /** One number, by its row-major place. */
  public double value(int index) {
    return values[index];
  }

  /** All numbers, row-major: the tensor's own array, not to be changed. */
  public double[] values() {
    return values;
  }

  /** All numbers as whole ones, as shapes and axes are. */
  public long[] longs() {
    long[] result = new long[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (long) values[i];
    }
    return result;
  }

  /**
   * The same numbers in another shape.
   *
   * @throws ModelRefusedException if it does not hold as many
   */
  public Tensor reshape(int... shape) {
    return new Tensor(kind, values, shape.clone());
  }

  /** Whether shapes are equal. */
  public boolean hasShape(int... shape) {
    return Arrays.equals(this.shape, shape);
  }

  /** The kind, the shape and at most eight numbers. */
  @Override
  public String toString() {
    String numbers = Arrays.toString(Arrays.copyOf(values, Math.min(values.length, 8)));
    return kind + Arrays.toString(shape) + (values.length > 8 ? numbers + "…" : numbers);
  }

  private static long[] longs(int[] shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
