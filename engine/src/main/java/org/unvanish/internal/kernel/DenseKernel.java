package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

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
  private static final int COUNT = Lanes.COUNT;

  /** Sixteen inputs of sixteen samples. */
  private static final int BLOCK = COUNT * COUNT;

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
    // Group by group, so that what is written lies together: rows of weights are often a power
    // of two apart, and a cache holds few of them at a time.
    for (int unit = 0; unit < units; unit++) {
      int from = offset + unit * inputs;
      int to = unit / GROUP * inputs * GROUP + unit % GROUP;
      for (int input = 0; input < inputs; input++) {
        forward[to + input * GROUP] = weights[from + input];
      }
    }
    for (int first = 0; first < inputs; first += GROUP) {
      int end = Math.min(inputs, first + GROUP);
      for (int unit = 0; unit < units; unit++) {
        int from = offset + unit * inputs;
        int to = first * units + unit * GROUP - first;
        for (int input = first; input < end; input++) {
          backward[to + input] = weights[from + input];
        }
      }
    }
  }

  /** Computes the output. Neither tensor may have a halo. */
  public void forward(LaneTensor in, LaneTensor out) {
    multiply(in.values, inputs, forward, out.values, units);
  }

  /** Adds the output to what is there. Neither tensor may have a halo. */
  public void addForward(LaneTensor in, LaneTensor out) {
    for (int first = 0; first < units; first += GROUP) {
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        int to = ORIGIN + first * COUNT + lane;
        if (first + GROUP <= units) {
          addGroup(in.values, lane, inputs, forward, first * inputs, out.values, to);
        } else {
          for (int i = 0; i < units - first; i++) {
            addSingle(
                in.values, lane, inputs, forward, first * inputs + i, out.values, to + i * COUNT);
          }
        }
      }
    }
  }

  private static void addGroup(
      float[] in, int lane, int n, float[] weights, int weight, float[] out, int to) {
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

  private static void addSingle(
      float[] in, int lane, int n, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.fromArray(SPECIES, out, to);
    for (int i = 0; i < n; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, ORIGIN + i * COUNT + lane)
              .fma(FloatVector.broadcast(SPECIES, weights[weight + i * GROUP]), sum);
    }
    sum.intoArray(out, to);
  }

  /** Computes the gradient with respect to the input from that with respect to the output. */
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
      for (int input = 0; input < paddedInputs; input += LENGTH) {
        int from = input / COUNT * BLOCK + input % COUNT;
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
