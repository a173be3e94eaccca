package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A dense layer: output, input gradient and weight gradient.
 *
 * <p>All three keep eight sums in registers. For the weight gradient a block's inputs are
 * transposed, sixteen of them at a time, so that lanes hold inputs rather than samples and no sum
 * over lanes is needed: sample after sample, one order.
 */
public final class DenseKernel {

  private static final int GROUP = 8;
  private static final int HALF = GROUP / 2;
  private static final int COUNT = Lanes.COUNT;

  /** Sixteen inputs of sixteen samples. */
  private static final int BLOCK = COUNT * COUNT;

  private final int inputs;
  private final int units;
  private final int paddedInputs;
  private final float[] transposed;
  private float[] weights = {};
  private int first;

  /**
   * @param inputs values of one sample that are read
   * @param units values of one sample that are written
   */
  public DenseKernel(int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
    this.paddedInputs = Lanes.blocks(inputs) * COUNT;
    this.transposed = new float[paddedInputs * COUNT];
  }

  /** Floats that {@link #addWeightGradient} needs for its sums. */
  public int sumsLength() {
    return units * paddedInputs;
  }

  /**
   * Takes over weights. They are not copied, and must stay as they are until the next ones.
   *
   * @param weights [unit, input]
   * @param offset of the first one
   */
  public void setWeights(float[] weights, int offset) {
    this.weights = weights;
    this.first = offset;
  }

  /** Computes the output. Neither tensor may have a halo. */
  public void forward(LaneTensor in, LaneTensor out) {
    multiply(in.values, inputs, 1, out.values, units, inputs);
  }

  /** Adds the output to what is there. Neither tensor may have a halo. */
  public void addForward(LaneTensor in, LaneTensor out) {
    for (int unit = 0; unit < units; unit += GROUP) {
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        int to = ORIGIN + unit * COUNT + lane;
        if (unit + GROUP <= units) {
          addGroup(in.values, lane, inputs, weights, first + unit * inputs, inputs, out.values, to);
        } else {
          for (int i = 0; i < units - unit; i++) {
            addSingle(
                in.values,
                lane,
                inputs,
                weights,
                first + (unit + i) * inputs,
                out.values,
                to + i * COUNT);
          }
        }
      }
    }
  }

  private static void addGroup(
      float[] in, int lane, int n, float[] weights, int weight, int row, float[] out, int to) {
    FloatVector a = FloatVector.fromArray(SPECIES, out, to);
    FloatVector b = FloatVector.fromArray(SPECIES, out, to + COUNT);
    FloatVector c = FloatVector.fromArray(SPECIES, out, to + 2 * COUNT);
    FloatVector d = FloatVector.fromArray(SPECIES, out, to + 3 * COUNT);
    FloatVector e = FloatVector.fromArray(SPECIES, out, to + 4 * COUNT);
    FloatVector f = FloatVector.fromArray(SPECIES, out, to + 5 * COUNT);
    FloatVector g = FloatVector.fromArray(SPECIES, out, to + 6 * COUNT);
    FloatVector h = FloatVector.fromArray(SPECIES, out, to + 7 * COUNT);
    for (int i = 0; i < n; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane);
      int w = weight + i;
      a = x.fma(FloatVector.broadcast(SPECIES, weights[w]), a);
      b = x.fma(FloatVector.broadcast(SPECIES, weights[w + row]), b);
      c = x.fma(FloatVector.broadcast(SPECIES, weights[w + 2 * row]), c);
      d = x.fma(FloatVector.broadcast(SPECIES, weights[w + 3 * row]), d);
      e = x.fma(FloatVector.broadcast(SPECIES, weights[w + 4 * row]), e);
      f = x.fma(FloatVector.broadcast(SPECIES, weights[w + 5 * row]), f);
      g = x.fma(FloatVector.broadcast(SPECIES, weights[w + 6 * row]), g);
      h = x.fma(FloatVector.broadcast(SPECIES, weights[w + 7 * row]), h);
    }
    a.intoArray(out, to);
    b.intoArray(out, to + COUNT);
    c.intoArray(out, to + 2 * COUNT);
    d.intoArray(out, to + 3 * COUNT);
    e.intoArray(out, to + 4 * COUNT);
    f.intoArray(out, to + 5 * COUNT);
    g.intoArray(out, to + 6 * COUNT);
    h.intoArray(out, to + 7 * COUNT);
  }

  private static void addSingle(
      float[] in, int lane, int n, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.fromArray(SPECIES, out, to);
    for (int i = 0; i < n; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane)
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i]), sum);
    }
    sum.intoArray(out, to);
  }

  /** Computes the gradient with respect to the input from that with respect to the output. */
  public void inputGradient(LaneTensor outGradient, LaneTensor inGradient) {
    multiply(outGradient.values, units, inputs, inGradient.values, inputs, 1);
  }

  /**
   * Multiplies by the weights, or by their transpose.
   *
   * @param n numbers of a sample that are read
   * @param step from the weight of one of them to that of the next
   * @param outputs numbers of a sample that are written
   * @param row from the weight of one of them to that of the next
   */
  private void multiply(float[] in, int n, int step, float[] out, int outputs, int row) {
    for (int output = 0; output < outputs; output += GROUP) {
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        int to = ORIGIN + output * COUNT + lane;
        if (output + GROUP <= outputs) {
          group(in, lane, n, weights, first + output * row, step, row, out, to);
        } else {
          for (int i = output; i < outputs; i++) {
            single(in, lane, n, weights, first + i * row, step, out, ORIGIN + i * COUNT + lane);
          }
        }
      }
    }
  }

  private static void group(
      float[] in,
      int lane,
      int n,
      float[] weights,
      int weight,
      int step,
      int row,
      float[] out,
      int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    for (int i = 0; i < n; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane);
      int w = weight + i * step;
      a = x.fma(FloatVector.broadcast(SPECIES, weights[w]), a);
      b = x.fma(FloatVector.broadcast(SPECIES, weights[w + row]), b);
      c = x.fma(FloatVector.broadcast(SPECIES, weights[w + 2 * row]), c);
      d = x.fma(FloatVector.broadcast(SPECIES, weights[w + 3 * row]), d);
      e = x.fma(FloatVector.broadcast(SPECIES, weights[w + 4 * row]), e);
      f = x.fma(FloatVector.broadcast(SPECIES, weights[w + 5 * row]), f);
      g = x.fma(FloatVector.broadcast(SPECIES, weights[w + 6 * row]), g);
      h = x.fma(FloatVector.broadcast(SPECIES, weights[w + 7 * row]), h);
    }
    a.intoArray(out, to);
    b.intoArray(out, to + COUNT);
    c.intoArray(out, to + 2 * COUNT);
    d.intoArray(out, to + 3 * COUNT);
    e.intoArray(out, to + 4 * COUNT);
    f.intoArray(out, to + 5 * COUNT);
    g.intoArray(out, to + 6 * COUNT);
    h.intoArray(out, to + 7 * COUNT);
  }

  private static void single(
      float[] in, int lane, int n, float[] weights, int weight, int step, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane)
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i * step]), sum);
    }
    sum.intoArray(out, to);
  }

  /**
   * Adds a block's weight gradient.
   *
   * @param in what the layer read
   * @param outGradient the gradient with respect to the output
   * @param sums of {@link #sumsLength()}
   */
  public void addWeightGradient(LaneTensor in, LaneTensor outGradient, float[] sums) {
    for (int input = 0; input < inputs; input++) {
      int to = input / COUNT * BLOCK + input % COUNT;
      for (int lane = 0; lane < COUNT; lane++) {
        transposed[to + lane * COUNT] = in.values[ORIGIN + input * COUNT + lane];
      }
    }
    for (int first = 0; first < units; first += GROUP) {
      int input = 0;
      if (first + GROUP <= units) {
        for (; input + 2 * LENGTH <= paddedInputs; input += 2 * LENGTH) {
          for (int unit = first; unit < first + GROUP; unit += HALF) {
            weightPairs(
                transposed,
                transposed(input),
                transposed(input + LENGTH),
                outGradient.values,
                ORIGIN + unit * COUNT,
                sums,
                unit * paddedInputs + input,
                paddedInputs);
          }
        }
      }
      for (; input < paddedInputs; input += LENGTH) {
        int from = transposed(input);
        if (first + GROUP <= units) {
          weightGroup(
              transposed,
              from,
              outGradient.values,
              ORIGIN + first * COUNT,
              sums,
              first * paddedInputs + input,
              paddedInputs);
        } else {
          for (int unit = first; unit < units; unit++) {
            weightVector(
                transposed,
                from,
                outGradient.values,
                ORIGIN + unit * COUNT,
                sums,
                unit * paddedInputs + input);
          }
        }
      }
    }
  }

  /** Where an input of the first sample is in the transposed block. */
  private static int transposed(int input) {
    return input / COUNT * BLOCK + input % COUNT;
  }

  /** Two vectors of inputs by four units: of each gradient that is read, two products are made. */
  private static void weightPairs(
      float[] in,
      int from0,
      int from1,
      float[] gradient,
      int unit,
      float[] sums,
      int at,
      int stride) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, at + LENGTH);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, at + stride);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, at + stride + LENGTH);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride + LENGTH);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride);
    FloatVector d1 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride + LENGTH);
    for (int sample = 0; sample < COUNT; sample++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, from0 + sample * COUNT);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, from1 + sample * COUNT);
      int y = unit + sample;
      FloatVector y0 = FloatVector.broadcast(SPECIES, gradient[y]);
      a0 = x0.fma(y0, a0);
      a1 = x1.fma(y0, a1);
      FloatVector y1 = FloatVector.broadcast(SPECIES, gradient[y + COUNT]);
      b0 = x0.fma(y1, b0);
      b1 = x1.fma(y1, b1);
      FloatVector y2 = FloatVector.broadcast(SPECIES, gradient[y + 2 * COUNT]);
      c0 = x0.fma(y2, c0);
      c1 = x1.fma(y2, c1);
      FloatVector y3 = FloatVector.broadcast(SPECIES, gradient[y + 3 * COUNT]);
      d0 = x0.fma(y3, d0);
      d1 = x1.fma(y3, d1);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LENGTH);
    b0.intoArray(sums, at + stride);
    b1.intoArray(sums, at + stride + LENGTH);
    c0.intoArray(sums, at + 2 * stride);
    c1.intoArray(sums, at + 2 * stride + LENGTH);
    d0.intoArray(sums, at + 3 * stride);
    d1.intoArray(sums, at + 3 * stride + LENGTH);
  }

  private static void weightGroup(
      float[] in, int from, float[] gradient, int unit, float[] sums, int at, int stride) {
    FloatVector a = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector b = FloatVector.fromArray(SPECIES, sums, at + stride);
    FloatVector c = FloatVector.fromArray(SPECIES, sums, at + 2 * stride);
    FloatVector d = FloatVector.fromArray(SPECIES, sums, at + 3 * stride);
    FloatVector e = FloatVector.fromArray(SPECIES, sums, at + 4 * stride);
    FloatVector f = FloatVector.fromArray(SPECIES, sums, at + 5 * stride);
    FloatVector g = FloatVector.fromArray(SPECIES, sums, at + 6 * stride);
    FloatVector h = FloatVector.fromArray(SPECIES, sums, at + 7 * stride);
    for (int sample = 0; sample < COUNT; sample++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + sample * COUNT);
      int y = unit + sample;
      a = x.fma(FloatVector.broadcast(SPECIES, gradient[y]), a);
      b = x.fma(FloatVector.broadcast(SPECIES, gradient[y + COUNT]), b);
      c = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 2 * COUNT]), c);
      d = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 3 * COUNT]), d);
      e = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 4 * COUNT]), e);
      f = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 5 * COUNT]), f);
      g = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 6 * COUNT]), g);
      h = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 7 * COUNT]), h);
    }
    a.intoArray(sums, at);
    b.intoArray(sums, at + stride);
    c.intoArray(sums, at + 2 * stride);
    d.intoArray(sums, at + 3 * stride);
    e.intoArray(sums, at + 4 * stride);
    f.intoArray(sums, at + 5 * stride);
    g.intoArray(sums, at + 6 * stride);
    h.intoArray(sums, at + 7 * stride);
  }

  private static void weightVector(
      float[] in, int from, float[] gradient, int unit, float[] sums, int at) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
    for (int sample = 0; sample < COUNT; sample++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + sample * COUNT)
              .fma(FloatVector.broadcast(SPECIES, gradient[unit + sample]), sum);
    }
    sum.intoArray(sums, at);
  }

  /**
   * Hands over the sums of {@link #addWeightGradient}.
   *
   * @param sums of {@link #sumsLength()}; set to zeros, ready for the next step
   * @param gradient receives [unit, input]
   * @param offset of the first one
   */
  public void collectWeightGradient(float[] sums, float[] gradient, int offset) {
    for (int unit = 0; unit < units; unit++) {
      int from = unit * paddedInputs;
      System.arraycopy(sums, from, gradient, offset + unit * inputs, inputs);
      // While it is in the cache.
      Arrays.fill(sums, from, from + paddedInputs, 0);
    }
  }
}
