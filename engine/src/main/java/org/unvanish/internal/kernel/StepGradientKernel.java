package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The gradient of weights by which a recurrent layer multiplies at each step.
 *
 * <p>Some sums at a time stay in registers from the first step to the last, for each sample its
 * own; only then are samples added up. So nothing need be transposed and nothing broadcast, and
 * sums are read and written once, not at each step: {@link DenseGradientKernel#add}, step by step,
 * takes 1.3 to 1.4 times as long.
 */
public final class StepGradientKernel {

  /** Units whose sums are in registers together. */
  private static final int UNITS = 4;

  /**
   * Inputs likewise. There are 32 registers of 512 bits, and elsewhere perhaps 16. (With six
   * inputs, HotSpot's compiler keeps all in registers in some processes and not in others.)
   */
  private static final int INPUTS = LENGTH == COUNT ? 5 : 2;

  private final int inputs;
  private final int units;

  /** How many units and inputs are done together; few ones are done one by one. */
  private final int height;

  private final int width;

  /** What was read at each step, and the gradient. */
  private final float[][] in;

  private final float[][] gradients;

  /** Sums of the samples. */
  private final float[] lanes;

  /**
   * @param inputs values of one sample that are read at each step
   * @param units values of one sample that are written
   * @param steps at most
   */
  public StepGradientKernel(int inputs, int units, int steps) {
    this.inputs = inputs;
    this.units = units;
    boolean few = units < UNITS || inputs < 2;
    this.height = few ? 1 : UNITS;
    this.width = few ? 1 : inputs < INPUTS ? 2 : INPUTS;
    this.in = new float[steps][];
    this.gradients = new float[steps][];
    this.lanes = new float[height * width * COUNT];
  }

  /** Floats that {@link #add} needs for its sums. */
  public int sumsLength() {
    return units * inputs;
  }

  /**
   * Adds a block's gradient.
   *
   * @param read of each step, a tensor without a halo that begins with what was read
   * @param outGradients of each step, likewise with the gradient with respect to the product
   * @param steps how many
   * @param sums [unit, input]
   */
  public void add(LaneTensor[] read, LaneTensor[] outGradients, int steps, float[] sums) {
    for (int step = 0; step < steps; step++) {
      in[step] = read[step].values;
      gradients[step] = outGradients[step].values;
    }
    add(steps, sums);
  }

  /** Where units or inputs are left in the end, sums that are there already are done again. */
  private void add(int steps, float[] sums) {
    for (int unit = 0; unit < units; unit += height) {
      int firstUnit = Math.min(unit, units - height);
      for (int input = 0; input < inputs; input += width) {
        int firstInput = Math.min(input, inputs - width);
        int x = ORIGIN + firstInput * COUNT;
        int y = ORIGIN + firstUnit * COUNT;
        for (int lane = 0; lane < COUNT; lane += LENGTH) {
          switch (width) {
            case 5 -> wide(in, x + lane, gradients, y + lane, steps, lanes, lane);
            case 2 -> narrow(in, x + lane, gradients, y + lane, steps, lanes, lane);
            default -> single(in, x + lane, gradients, y + lane, steps, lanes, lane);
          }
        }
        for (int i = unit - firstUnit; i < height; i++) {
          for (int j = input - firstInput; j < width; j++) {
            sums[(firstUnit + i) * inputs + firstInput + j] +=
                Lanes.sum(lanes, (i * width + j) * COUNT);
          }
        }
      }
    }
  }

  /** Four units, five inputs. */
  private static void wide(
      float[][] in, int x, float[][] gradients, int y, int steps, float[] lanes, int lane) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector b4 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    FloatVector c4 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector d2 = a0;
    FloatVector d3 = a0;
    FloatVector d4 = a0;
    for (int step = 0; step < steps; step++) {
      float[] values = in[step];
      float[] gradient = gradients[step];
      FloatVector y0 = FloatVector.fromArray(SPECIES, gradient, y);
      FloatVector y1 = FloatVector.fromArray(SPECIES, gradient, y + COUNT);
      FloatVector y2 = FloatVector.fromArray(SPECIES, gradient, y + 2 * COUNT);
      FloatVector y3 = FloatVector.fromArray(SPECIES, gradient, y + 3 * COUNT);
      FloatVector x0 = FloatVector.fromArray(SPECIES, values, x);
      a0 = x0.fma(y0, a0);
      b0 = x0.fma(y1, b0);
      c0 = x0.fma(y2, c0);
      d0 = x0.fma(y3, d0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, values, x + COUNT);
      a1 = x1.fma(y0, a1);
      b1 = x1.fma(y1, b1);
      c1 = x1.fma(y2, c1);
      d1 = x1.fma(y3, d1);
      FloatVector x2 = FloatVector.fromArray(SPECIES, values, x + 2 * COUNT);
      a2 = x2.fma(y0, a2);
      b2 = x2.fma(y1, b2);
      c2 = x2.fma(y2, c2);
      d2 = x2.fma(y3, d2);
      FloatVector x3 = FloatVector.fromArray(SPECIES, values, x + 3 * COUNT);
      a3 = x3.fma(y0, a3);
      b3 = x3.fma(y1, b3);
      c3 = x3.fma(y2, c3);
      d3 = x3.fma(y3, d3);
      FloatVector x4 = FloatVector.fromArray(SPECIES, values, x + 4 * COUNT);
      a4 = x4.fma(y0, a4);
      b4 = x4.fma(y1, b4);
      c4 = x4.fma(y2, c4);
      d4 = x4.fma(y3, d4);
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + COUNT);
    a2.intoArray(lanes, lane + 2 * COUNT);
    a3.intoArray(lanes, lane + 3 * COUNT);
    a4.intoArray(lanes, lane + 4 * COUNT);
    b0.intoArray(lanes, lane + 5 * COUNT);
    b1.intoArray(lanes, lane + 6 * COUNT);
    b2.intoArray(lanes, lane + 7 * COUNT);
    b3.intoArray(lanes, lane + 8 * COUNT);
    b4.intoArray(lanes, lane + 9 * COUNT);
    c0.intoArray(lanes, lane + 10 * COUNT);
    c1.intoArray(lanes, lane + 11 * COUNT);
    c2.intoArray(lanes, lane + 12 * COUNT);
    c3.intoArray(lanes, lane + 13 * COUNT);
    c4.intoArray(lanes, lane + 14 * COUNT);
    d0.intoArray(lanes, lane + 15 * COUNT);
    d1.intoArray(lanes, lane + 16 * COUNT);
    d2.intoArray(lanes, lane + 17 * COUNT);
    d3.intoArray(lanes, lane + 18 * COUNT);
    d4.intoArray(lanes, lane + 19 * COUNT);
  }

  /** Four units, two inputs. */
  private static void narrow(
      float[][] in, int x, float[][] gradients, int y, int steps, float[] lanes, int lane) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    for (int step = 0; step < steps; step++) {
      float[] values = in[step];
      float[] gradient = gradients[step];
      FloatVector y0 = FloatVector.fromArray(SPECIES, gradient, y);
      FloatVector y1 = FloatVector.fromArray(SPECIES, gradient, y + COUNT);
      FloatVector y2 = FloatVector.fromArray(SPECIES, gradient, y + 2 * COUNT);
      FloatVector y3 = FloatVector.fromArray(SPECIES, gradient, y + 3 * COUNT);
      FloatVector x0 = FloatVector.fromArray(SPECIES, values, x);
      a0 = x0.fma(y0, a0);
      b0 = x0.fma(y1, b0);
      c0 = x0.fma(y2, c0);
      d0 = x0.fma(y3, d0);
      FloatVector x1 = FloatVector.fromArray(SPECIES, values, x + COUNT);
      a1 = x1.fma(y0, a1);
      b1 = x1.fma(y1, b1);
      c1 = x1.fma(y2, c1);
      d1 = x1.fma(y3, d1);
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + COUNT);
    b0.intoArray(lanes, lane + 2 * COUNT);
    b1.intoArray(lanes, lane + 3 * COUNT);
    c0.intoArray(lanes, lane + 4 * COUNT);
    c1.intoArray(lanes, lane + 5 * COUNT);
    d0.intoArray(lanes, lane + 6 * COUNT);
    d1.intoArray(lanes, lane + 7 * COUNT);
  }

  private static void single(
      float[][] in, int x, float[][] gradients, int y, int steps, float[] lanes, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int step = 0; step < steps; step++) {
      sum =
          FloatVector.fromArray(SPECIES, in[step], x)
              .fma(FloatVector.fromArray(SPECIES, gradients[step], y), sum);
    }
    sum.intoArray(lanes, lane);
  }
}
