package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient with respect to a dense layer's weights.
 *
 * <p>Eight sums or more stay in registers. Inputs are transposed, so that lanes hold inputs rather
 * than samples and no sum over lanes is needed: sample after sample, one order. Several blocks may
 * come together: sums are then read and written once for all of them, with the same bits.
 */
public final class DenseGradientKernel {

  private static final int GROUP = 8;
  private static final int HALF = GROUP / 2;
  private static final int COUNT = Lanes.COUNT;

  /** Whether there are 32 registers, and a vector is a whole block; elsewhere 16 perhaps. */
  private static final boolean WIDE = LENGTH == COUNT;

  /** Inputs that are transposed at a time: a tile of them stays in the cache for all units. */
  private static final int TILE = 4 * COUNT;

  private final int inputs;
  private final int units;
  private final int paddedInputs;

  /** Of a tile: [sixteen inputs, sample, input]. */
  private float[] transposed = {};

  /** Of several blocks: [unit, sample]. */
  private float[] gradients = {};

  /**
   * @param inputs values of one sample that are read
   * @param units values of one sample that are written
   */
  public DenseGradientKernel(int inputs, int units) {
    this.inputs = inputs;
    this.units = units;
    this.paddedInputs = Lanes.blocks(inputs) * COUNT;
  }

  /** Floats that {@link #add} needs for its sums: [unit, input], with inputs in whole vectors. */
  public int sumsLength() {
    return units * paddedInputs;
  }

  /** Writes sums without what fills up the vectors, at a place in a gradient: [unit, input]. */
  public void collect(float[] sums, float[] gradient, int offset) {
    for (int unit = 0; unit < units; unit++) {
      System.arraycopy(sums, unit * paddedInputs, gradient, offset + unit * inputs, inputs);
    }
  }

  /**
   * Adds the gradient of blocks that tensors keep to sums.
   *
   * @param in what the layer read
   * @param outGradient the gradient with respect to the output
   * @param block the first one's place in the tensors
   * @param blocks how many, at least 1
   * @param sums has {@link #sumsLength()} of them
   * @param offset of the first sum
   * @param fresh whether sums begin with these blocks, whatever is there
   */
  public void add(
      LaneTensor in,
      LaneTensor outGradient,
      int block,
      int blocks,
      float[] sums,
      int offset,
      boolean fresh) {
    int samples = blocks * COUNT;
    transposed = transposed.length < TILE * samples ? new float[TILE * samples] : transposed;
    float[] gradient = blocks == 1 ? outGradient.kept(block) : gather(outGradient, block, blocks);
    int start = blocks == 1 ? ORIGIN : 0;
    for (int input = 0; input < paddedInputs; input += TILE) {
      int width = Math.min(TILE, paddedInputs - input);
      for (int i = 0; i < blocks; i++) {
        transpose(in.kept(block + i), input, width, i * COUNT * COUNT, samples);
      }
      for (int unit = 0; unit < units; unit += GROUP) {
        int count = Math.min(GROUP, units - unit);
        int at = offset + unit * paddedInputs + input;
        for (int i = 0; fresh && i < count; i++) {
          Arrays.fill(sums, at + i * paddedInputs, at + i * paddedInputs + width, 0);
        }
        int y = start + unit * samples;
        if (count == GROUP) {
          addGroup(width, gradient, y, samples, sums, at);
        } else {
          for (int i = 0; i < count; i++) {
            addSingle(width, gradient, y + i * samples, samples, sums, at + i * paddedInputs);
          }
        }
      }
    }
  }

  /** Has the gradients of a unit side by side. */
  private float[] gather(LaneTensor outGradient, int block, int blocks) {
    int samples = blocks * COUNT;
    gradients = gradients.length < units * samples ? new float[units * samples] : gradients;
    for (int i = 0; i < blocks; i++) {
      float[] from = outGradient.kept(block + i);
      for (int unit = 0; unit < units; unit++) {
        System.arraycopy(from, ORIGIN + unit * COUNT, gradients, unit * samples + i * COUNT, COUNT);
      }
    }
    return gradients;
  }

  /** Fills a block's part of a tile; inputs that only fill up vectors stay what they are. */
  private void transpose(float[] in, int first, int width, int at, int samples) {
    int count = Math.min(width, inputs - first);
    for (int input = 0; input < count; input++) {
      int to = at + transposed(input, samples);
      int from = ORIGIN + (first + input) * COUNT;
      for (int lane = 0; lane < COUNT; lane++) {
        transposed[to + lane * COUNT] = in[from + lane];
      }
    }
  }

  private void addGroup(int width, float[] gradient, int unit, int samples, float[] sums, int at) {
    int half = HALF * paddedInputs;
    int halfUnits = HALF * samples;
    int input = 0;
    if (WIDE && width == TILE) {
      fours(transposed, gradient, unit, samples, sums, at, paddedInputs);
      fours(transposed, gradient, unit + halfUnits, samples, sums, at + half, paddedInputs);
      return;
    }
    for (; input + 2 * LENGTH <= width; input += 2 * LENGTH) {
      int x0 = transposed(input, samples);
      int x1 = transposed(input + LENGTH, samples);
      int to = at + input;
      pairs(transposed, x0, x1, gradient, unit, samples, sums, to, paddedInputs);
      pairs(transposed, x0, x1, gradient, unit + halfUnits, samples, sums, to + half, paddedInputs);
    }
    for (; input < width; input += LENGTH) {
      int x = transposed(input, samples);
      group(transposed, x, gradient, unit, samples, sums, at + input, paddedInputs);
    }
  }

  private void addSingle(int width, float[] gradient, int unit, int samples, float[] sums, int at) {
    for (int input = 0; input < width; input += LENGTH) {
      vector(transposed, transposed(input, samples), gradient, unit, samples, sums, at + input);
    }
  }

  /** Where an input of the first sample is in the transposed tile. */
  private static int transposed(int input, int samples) {
    return input / COUNT * COUNT * samples + input % COUNT;
  }

  /** A whole tile of inputs in four vectors by four units. */
  private static void fours(
      float[] in, float[] gradient, int unit, int samples, float[] sums, int at, int stride) {
    int column = COUNT * samples;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, at + LENGTH);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, at + 2 * LENGTH);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, at + 3 * LENGTH);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, at + stride);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, at + stride + LENGTH);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, at + stride + 2 * LENGTH);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, at + stride + 3 * LENGTH);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride + LENGTH);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride + 2 * LENGTH);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, at + 2 * stride + 3 * LENGTH);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride);
    FloatVector d1 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride + LENGTH);
    FloatVector d2 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride + 2 * LENGTH);
    FloatVector d3 = FloatVector.fromArray(SPECIES, sums, at + 3 * stride + 3 * LENGTH);
    for (int sample = 0; sample < samples; sample++) {
      int x = sample * COUNT;
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, x + column);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, x + 2 * column);
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, x + 3 * column);
      int y = unit + sample;
      FloatVector y0 = FloatVector.broadcast(SPECIES, gradient[y]);
      a0 = x0.fma(y0, a0);
      a1 = x1.fma(y0, a1);
      a2 = x2.fma(y0, a2);
      a3 = x3.fma(y0, a3);
      FloatVector y1 = FloatVector.broadcast(SPECIES, gradient[y + samples]);
      b0 = x0.fma(y1, b0);
      b1 = x1.fma(y1, b1);
      b2 = x2.fma(y1, b2);
      b3 = x3.fma(y1, b3);
      FloatVector y2 = FloatVector.broadcast(SPECIES, gradient[y + 2 * samples]);
      c0 = x0.fma(y2, c0);
      c1 = x1.fma(y2, c1);
      c2 = x2.fma(y2, c2);
      c3 = x3.fma(y2, c3);
      FloatVector y3 = FloatVector.broadcast(SPECIES, gradient[y + 3 * samples]);
      d0 = x0.fma(y3, d0);
      d1 = x1.fma(y3, d1);
      d2 = x2.fma(y3, d2);
      d3 = x3.fma(y3, d3);
    }
    a0.intoArray(sums, at);
    a1.intoArray(sums, at + LENGTH);
    a2.intoArray(sums, at + 2 * LENGTH);
    a3.intoArray(sums, at + 3 * LENGTH);
    b0.intoArray(sums, at + stride);
    b1.intoArray(sums, at + stride + LENGTH);
    b2.intoArray(sums, at + stride + 2 * LENGTH);
    b3.intoArray(sums, at + stride + 3 * LENGTH);
    c0.intoArray(sums, at + 2 * stride);
    c1.intoArray(sums, at + 2 * stride + LENGTH);
    c2.intoArray(sums, at + 2 * stride + 2 * LENGTH);
    c3.intoArray(sums, at + 2 * stride + 3 * LENGTH);
    d0.intoArray(sums, at + 3 * stride);
    d1.intoArray(sums, at + 3 * stride + LENGTH);
    d2.intoArray(sums, at + 3 * stride + 2 * LENGTH);
    d3.intoArray(sums, at + 3 * stride + 3 * LENGTH);
  }

  /** Two vectors of inputs by four units: of each gradient that is read, two products are made. */
  private static void pairs(
      float[] in,
      int from0,
      int from1,
      float[] gradient,
      int unit,
      int samples,
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
    for (int sample = 0; sample < samples; sample++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, from0 + sample * COUNT);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, from1 + sample * COUNT);
      int y = unit + sample;
      FloatVector y0 = FloatVector.broadcast(SPECIES, gradient[y]);
      a0 = x0.fma(y0, a0);
      a1 = x1.fma(y0, a1);
      FloatVector y1 = FloatVector.broadcast(SPECIES, gradient[y + samples]);
      b0 = x0.fma(y1, b0);
      b1 = x1.fma(y1, b1);
      FloatVector y2 = FloatVector.broadcast(SPECIES, gradient[y + 2 * samples]);
      c0 = x0.fma(y2, c0);
      c1 = x1.fma(y2, c1);
      FloatVector y3 = FloatVector.broadcast(SPECIES, gradient[y + 3 * samples]);
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

  private static void group(
      float[] in,
      int from,
      float[] gradient,
      int unit,
      int samples,
      float[] sums,
      int at,
      int stride) {
    FloatVector a = FloatVector.fromArray(SPECIES, sums, at);
    FloatVector b = FloatVector.fromArray(SPECIES, sums, at + stride);
    FloatVector c = FloatVector.fromArray(SPECIES, sums, at + 2 * stride);
    FloatVector d = FloatVector.fromArray(SPECIES, sums, at + 3 * stride);
    FloatVector e = FloatVector.fromArray(SPECIES, sums, at + 4 * stride);
    FloatVector f = FloatVector.fromArray(SPECIES, sums, at + 5 * stride);
    FloatVector g = FloatVector.fromArray(SPECIES, sums, at + 6 * stride);
    FloatVector h = FloatVector.fromArray(SPECIES, sums, at + 7 * stride);
    for (int sample = 0; sample < samples; sample++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + sample * COUNT);
      int y = unit + sample;
      a = x.fma(FloatVector.broadcast(SPECIES, gradient[y]), a);
      b = x.fma(FloatVector.broadcast(SPECIES, gradient[y + samples]), b);
      c = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 2 * samples]), c);
      d = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 3 * samples]), d);
      e = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 4 * samples]), e);
      f = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 5 * samples]), f);
      g = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 6 * samples]), g);
      h = x.fma(FloatVector.broadcast(SPECIES, gradient[y + 7 * samples]), h);
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

  private static void vector(
      float[] in, int from, float[] gradient, int unit, int samples, float[] sums, int at) {
    FloatVector sum = FloatVector.fromArray(SPECIES, sums, at);
    for (int sample = 0; sample < samples; sample++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + sample * COUNT)
              .fma(FloatVector.broadcast(SPECIES, gradient[unit + sample]), sum);
    }
    sum.intoArray(sums, at);
  }
}
