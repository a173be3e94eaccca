package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A dense layer's products: the output, and the gradient with respect to the input.
 *
 * <p>Eight sums stay in registers. A weight is the same for all samples, and is spread over the
 * lanes for each vector of samples that it meets: with two vectors at a time half as often. A block
 * of samples is a single vector of 512 bits; so it takes two blocks there.
 */
public final class DenseKernel {

  private static final int GROUP = 8;
  private static final int HALF = GROUP / 2;
  private static final int COUNT = Lanes.COUNT;

  /** What products are added to that are not added to anything. */
  private static final float[] ZEROS = new float[GROUP * COUNT];

  /** Whether a vector is a whole block. */
  private static final boolean WHOLE = LENGTH == COUNT;

  private final int inputs;
  private final int units;
  private float[] weights = {};
  private int first;

  /**
   * @param inputs values of one sample that are read
   * @param units values of one sample that are written
   */
  public DenseKernel(int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
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
    multiply(in.values, inputs, 1, false, out.values, units, inputs);
  }

  /**
   * Computes the outputs of blocks that the tensors keep. Neither may have a halo.
   *
   * @param block the first one's place in the tensors
   * @param blocks how many
   */
  public void forward(LaneTensor in, LaneTensor out, int block, int blocks) {
    multiply(in, inputs, 1, out, units, inputs, block, blocks);
  }

  /** Adds the output to what is there. Neither tensor may have a halo. */
  public void addForward(LaneTensor in, LaneTensor out) {
    multiply(in.values, inputs, 1, true, out.values, units, inputs);
  }

  /** Computes the gradient with respect to the input from that with respect to the output. */
  public void inputGradient(LaneTensor outGradient, LaneTensor inGradient) {
    multiply(outGradient.values, units, inputs, false, inGradient.values, inputs, 1);
  }

  /** Likewise of blocks that the tensors keep. */
  public void inputGradient(LaneTensor outGradient, LaneTensor inGradient, int block, int blocks) {
    multiply(outGradient, units, inputs, inGradient, inputs, 1, block, blocks);
  }

  private void multiply(
      LaneTensor in, int n, int step, LaneTensor out, int outputs, int row, int block, int blocks) {
    int end = block + blocks;
    int next = block;
    for (; WHOLE && next + 2 <= end; next += 2) {
      float[] in1 = in.kept(next + 1);
      multiply(in.kept(next), in1, n, step, out.kept(next), out.kept(next + 1), outputs, row);
    }
    for (; next < end; next++) {
      multiply(in.kept(next), n, step, false, out.kept(next), outputs, row);
    }
  }

  private void multiply(
      float[] in0, float[] in1, int n, int step, float[] out0, float[] out1, int outputs, int row) {
    int output = 0;
    for (; output + HALF <= outputs; output += HALF) {
      int at = ORIGIN + output * COUNT;
      pairs(
          in0,
          in1,
          ORIGIN,
          ORIGIN,
          n,
          weights,
          first + output * row,
          step,
          row,
          out0,
          out1,
          at,
          at);
    }
    for (; output < outputs; output++) {
      int weight = first + output * row;
      int to = ORIGIN + output * COUNT;
      single(in0, ORIGIN, n, weights, weight, step, ZEROS, 0, out0, to);
      single(in1, ORIGIN, n, weights, weight, step, ZEROS, 0, out1, to);
    }
  }

  /**
   * Multiplies by the weights, or by their transpose.
   *
   * @param n numbers of a sample that are read
   * @param step from the weight of one of them to that of the next
   * @param adds whether the product is added to what is there
   * @param outputs numbers of a sample that are written
   * @param row from the weight of one of them to that of the next
   */
  private void multiply(
      float[] in, int n, int step, boolean adds, float[] out, int outputs, int row) {
    int output = 0;
    if (!WHOLE && !adds) {
      for (; output + HALF <= outputs; output += HALF) {
        for (int lane = 0; lane < COUNT; lane += 2 * LENGTH) {
          int from = ORIGIN + lane;
          int to = from + output * COUNT;
          pairs(
              in,
              in,
              from,
              from + LENGTH,
              n,
              weights,
              first + output * row,
              step,
              row,
              out,
              out,
              to,
              to + LENGTH);
        }
      }
    }
    float[] start = adds ? out : ZEROS;
    while (output < outputs) {
      boolean many = output + GROUP <= outputs;
      int weight = first + output * row;
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        int from = ORIGIN + lane;
        int to = from + output * COUNT;
        if (many) {
          group(in, from, n, weights, weight, step, row, start, adds ? to : 0, out, to);
        } else {
          single(in, from, n, weights, weight, step, start, adds ? to : 0, out, to);
        }
      }
      output += many ? GROUP : 1;
    }
  }

  /** Four outputs of two vectors of samples: each weight that is read meets both. */
  private static void pairs(
      float[] in0,
      float[] in1,
      int from0,
      int from1,
      int n,
      float[] weights,
      int weight,
      int step,
      int row,
      float[] out0,
      float[] out1,
      int to0,
      int to1) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    for (int i = 0; i < n; i++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, in0, from0 + i * COUNT);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in1, from1 + i * COUNT);
      int w = weight + i * step;
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(w0, a0);
      a1 = x1.fma(w0, a1);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + row]);
      b0 = x0.fma(w1, b0);
      b1 = x1.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2 * row]);
      c0 = x0.fma(w2, c0);
      c1 = x1.fma(w2, c1);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3 * row]);
      d0 = x0.fma(w3, d0);
      d1 = x1.fma(w3, d1);
    }
    a0.intoArray(out0, to0);
    a1.intoArray(out1, to1);
    b0.intoArray(out0, to0 + COUNT);
    b1.intoArray(out1, to1 + COUNT);
    c0.intoArray(out0, to0 + 2 * COUNT);
    c1.intoArray(out1, to1 + 2 * COUNT);
    d0.intoArray(out0, to0 + 3 * COUNT);
    d1.intoArray(out1, to1 + 3 * COUNT);
  }

  /**
   * Eight outputs of a vector of samples.
   *
   * @param start what the products are added to
   * @param s where that is of the first output
   */
  private static void group(
      float[] in,
      int from,
      int n,
      float[] weights,
      int weight,
      int step,
      int row,
      float[] start,
      int s,
      float[] out,
      int to) {
    FloatVector a = FloatVector.fromArray(SPECIES, start, s);
    FloatVector b = FloatVector.fromArray(SPECIES, start, s + COUNT);
    FloatVector c = FloatVector.fromArray(SPECIES, start, s + 2 * COUNT);
    FloatVector d = FloatVector.fromArray(SPECIES, start, s + 3 * COUNT);
    FloatVector e = FloatVector.fromArray(SPECIES, start, s + 4 * COUNT);
    FloatVector f = FloatVector.fromArray(SPECIES, start, s + 5 * COUNT);
    FloatVector g = FloatVector.fromArray(SPECIES, start, s + 6 * COUNT);
    FloatVector h = FloatVector.fromArray(SPECIES, start, s + 7 * COUNT);
    for (int i = 0; i < n; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + i * COUNT);
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
      float[] in,
      int from,
      int n,
      float[] weights,
      int weight,
      int step,
      float[] start,
      int s,
      float[] out,
      int to) {
    FloatVector sum = FloatVector.fromArray(SPECIES, start, s);
    for (int i = 0; i < n; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + i * COUNT)
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i * step]), sum);
    }
    sum.intoArray(out, to);
  }
}
