package org.unvanish.kernel;

import static org.unvanish.kernel.Lanes.LENGTH;
import static org.unvanish.kernel.Lanes.ORIGIN;
import static org.unvanish.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A dense layer: output, input gradient and weight gradient.
 *
 * <p>Forward and input gradient keep eight sums in registers. For the weight gradient a block's
 * inputs are transposed, so that lanes hold inputs rather than samples and no sum over lanes is
 * needed: sample after sample, one order.
 */
public final class DenseKernel {

  private static final int GROUP = 8;
  private static final int COUNT = Lanes.COUNT;

  private final int inputs;
  private final int units;
  private final int paddedInputs;
  private final float[] forward;
  private final float[] backward;
  private final float[] transposed;

  /**
   * @param inputs values of one sample that are read
   * @param units values of one sample that are written
   */
  public DenseKernel(int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
    this.paddedInputs = Lanes.blocks(inputs) * COUNT;
    this.forward = new float[groups(units) * inputs * GROUP];
    this.backward = new float[groups(inputs) * units * GROUP];
    this.transposed = new float[paddedInputs * COUNT];
  }

  private static int groups(int count) {
    return (count + GROUP - 1) / GROUP;
  }

  /** Floats that {@link #addWeightGradient} needs for its sums. */
  public int sumsLength() {
    return units * paddedInputs;
  }

  /**
   * Takes over weights.
   *
   * @param weights [unit, input]
   * @param offset of the first one
   */
  public void setWeights(float[] weights, int offset) {
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < inputs; input++) {
        float weight = weights[offset + unit * inputs + input];
        forward[(unit / GROUP * inputs + input) * GROUP + unit % GROUP] = weight;
        backward[(input / GROUP * units + unit) * GROUP + input % GROUP] = weight;
      }
    }
  }

  /** Computes the output. Neither tensor may have a halo. */
  public void forward(LaneTensor in, LaneTensor out) {
    multiply(in.values, inputs, forward, out.values, units);
  }

  /** Computes the gradient by the input from that by the output. */
  public void inputGradient(LaneTensor outGradient, LaneTensor inGradient) {
    multiply(outGradient.values, units, backward, inGradient.values, inputs);
  }

  private static void multiply(float[] in, int n, float[] weights, float[] out, int outputs) {
    for (int first = 0; first < outputs; first += GROUP) {
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        if (first + GROUP <= outputs) {
          group(in, lane, n, weights, first * n, out, ORIGIN + first * COUNT + lane);
        } else {
          for (int i = first; i < outputs; i++) {
            single(in, lane, n, weights, first * n + i - first, out, ORIGIN + i * COUNT + lane);
          }
        }
      }
    }
  }

  private static void group(
      float[] in, int lane, int n, float[] weights, int weight, float[] out, int to) {
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
      int w = weight + i * GROUP;
      a = x.fma(FloatVector.broadcast(SPECIES, weights[w]), a);
      b = x.fma(FloatVector.broadcast(SPECIES, weights[w + 1]), b);
      c = x.fma(FloatVector.broadcast(SPECIES, weights[w + 2]), c);
      d = x.fma(FloatVector.broadcast(SPECIES, weights[w + 3]), d);
      e = x.fma(FloatVector.broadcast(SPECIES, weights[w + 4]), e);
      f = x.fma(FloatVector.broadcast(SPECIES, weights[w + 5]), f);
      g = x.fma(FloatVector.broadcast(SPECIES, weights[w + 6]), g);
      h = x.fma(FloatVector.broadcast(SPECIES, weights[w + 7]), h);
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
      float[] in, int lane, int n, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane)
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i * GROUP]), sum);
    }
    sum.intoArray(out, to);
  }

  /**
   * Adds a block's weight gradient.
   *
   * @param in what the layer read
   * @param outGradient the gradient by the output
   * @param sums of {@link #sumsLength()}
   */
  public void addWeightGradient(LaneTensor in, LaneTensor outGradient, float[] sums) {
    for (int input = 0; input < inputs; input++) {
      for (int lane = 0; lane < COUNT; lane++) {
        transposed[lane * paddedInputs + input] = in.values[ORIGIN + input * COUNT + lane];
      }
    }
    for (int unit = 0; unit < units; unit++) {
      for (int input = 0; input < paddedInputs; input += LENGTH) {
        weightVector(
            transposed,
            input,
            paddedInputs,
            outGradient.values,
            ORIGIN + unit * COUNT,
            sums,
            unit * paddedInputs + input);
      }
    }
  }

  private static void weightVector(
      float[] in, int from, int stride, float[] gradient, int g, float[] sums, int at) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
    for (int sample = 0; sample < COUNT; sample++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + sample * stride)
              .fma(FloatVector.broadcast(SPECIES, gradient[g + sample]), sum);
    }
    sum.intoArray(sums, at);
  }

  /**
   * Hands over the sums of {@link #addWeightGradient}.
   *
   * @param sums of {@link #sumsLength()}
   * @param gradient receives [unit, input]
   * @param offset of the first one
   */
  public void collectWeightGradient(float[] sums, float[] gradient, int offset) {
    for (int unit = 0; unit < units; unit++) {
      System.arraycopy(sums, unit * paddedInputs, gradient, offset + unit * inputs, inputs);
    }
  }
}
