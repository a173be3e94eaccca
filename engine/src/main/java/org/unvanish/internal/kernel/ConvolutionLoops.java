package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loops of {@link ConvolutionKernel}.
 *
 * <p>Each is one flat loop in a method of its own: JDK 17 boxes vectors that live across nested
 * loops, and a method of many more vector operations is no longer inlined. What a loop reads for
 * each multiplication decides its speed, and so do sums that must leave the registers; hence the
 * choice of tiles.
 */
final class ConvolutionLoops {

  private static final int COUNT = Lanes.COUNT;
  private static final int THREE = ConvolutionKernel.THREE;
  private static final int FOUR = ConvolutionKernel.FOUR;

  private ConvolutionLoops() {}

  /**
   * Four pixels of three filters: twelve sums.
   *
   * <p>Three neighbouring taps at once would read six inputs instead of twelve and gain a
   * twentieth; but the method is then so long that JDK 17 boxed some of its vectors in two of ten
   * starts, 256 KB a step.
   */
  static void fourPixels(
      float[] in,
      int from,
      int[] taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    for (int i = 0; i < taps.length; i++) {
      int p = from + taps[i];
      int w = weight + THREE * i;
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, p);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, p + COUNT);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, p + 2 * COUNT);
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, p + 3 * COUNT);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(w0, a0);
      a1 = x1.fma(w0, a1);
      a2 = x2.fma(w0, a2);
      a3 = x3.fma(w0, a3);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = x0.fma(w1, b0);
      b1 = x1.fma(w1, b1);
      b2 = x2.fma(w1, b2);
      b3 = x3.fma(w1, b3);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = x0.fma(w2, c0);
      c1 = x1.fma(w2, c1);
      c2 = x2.fma(w2, c2);
      c3 = x3.fma(w2, c3);
    }
    a0.intoArray(out, to0);
    a1.intoArray(out, to0 + COUNT);
    a2.intoArray(out, to0 + 2 * COUNT);
    a3.intoArray(out, to0 + 3 * COUNT);
    b0.intoArray(out, to1);
    b1.intoArray(out, to1 + COUNT);
    b2.intoArray(out, to1 + 2 * COUNT);
    b3.intoArray(out, to1 + 3 * COUNT);
    c0.intoArray(out, to2);
    c1.intoArray(out, to2 + COUNT);
    c2.intoArray(out, to2 + 2 * COUNT);
    c3.intoArray(out, to2 + 3 * COUNT);
  }

  /**
   * Four pixels of four filters: sixteen sums, and fewer loads for each multiplication than with
   * three.
   */
  static void fourPixelsOfFour(
      float[] in,
      int from,
      int[] taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector d2 = a0;
    FloatVector d3 = a0;
    for (int i = 0; i < taps.length; i++) {
      int p = from + taps[i];
      int w = weight + FOUR * i;
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, p);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, p + COUNT);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, p + 2 * COUNT);
      FloatVector x3 = FloatVector.fromArray(SPECIES, in, p + 3 * COUNT);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(w0, a0);
      a1 = x1.fma(w0, a1);
      a2 = x2.fma(w0, a2);
      a3 = x3.fma(w0, a3);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = x0.fma(w1, b0);
      b1 = x1.fma(w1, b1);
      b2 = x2.fma(w1, b2);
      b3 = x3.fma(w1, b3);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = x0.fma(w2, c0);
      c1 = x1.fma(w2, c1);
      c2 = x2.fma(w2, c2);
      c3 = x3.fma(w2, c3);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      d0 = x0.fma(w3, d0);
      d1 = x1.fma(w3, d1);
      d2 = x2.fma(w3, d2);
      d3 = x3.fma(w3, d3);
    }
    a0.intoArray(out, to0);
    a1.intoArray(out, to0 + COUNT);
    a2.intoArray(out, to0 + 2 * COUNT);
    a3.intoArray(out, to0 + 3 * COUNT);
    b0.intoArray(out, to1);
    b1.intoArray(out, to1 + COUNT);
    b2.intoArray(out, to1 + 2 * COUNT);
    b3.intoArray(out, to1 + 3 * COUNT);
    c0.intoArray(out, to2);
    c1.intoArray(out, to2 + COUNT);
    c2.intoArray(out, to2 + 2 * COUNT);
    c3.intoArray(out, to2 + 3 * COUNT);
    d0.intoArray(out, to3);
    d1.intoArray(out, to3 + COUNT);
    d2.intoArray(out, to3 + 2 * COUNT);
    d3.intoArray(out, to3 + 3 * COUNT);
  }

  /** Three pixels of three filters: nine sums, which fit beside their factors in 16 registers. */
  static void threePixels(
      float[] in,
      int from,
      int[] taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    for (int i = 0; i < taps.length; i++) {
      int p = from + taps[i];
      int w = weight + THREE * i;
      FloatVector x0 = FloatVector.fromArray(SPECIES, in, p);
      FloatVector x1 = FloatVector.fromArray(SPECIES, in, p + COUNT);
      FloatVector x2 = FloatVector.fromArray(SPECIES, in, p + 2 * COUNT);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x0.fma(w0, a0);
      a1 = x1.fma(w0, a1);
      a2 = x2.fma(w0, a2);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = x0.fma(w1, b0);
      b1 = x1.fma(w1, b1);
      b2 = x2.fma(w1, b2);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = x0.fma(w2, c0);
      c1 = x1.fma(w2, c1);
      c2 = x2.fma(w2, c2);
    }
    a0.intoArray(out, to0);
    a1.intoArray(out, to0 + COUNT);
    a2.intoArray(out, to0 + 2 * COUNT);
    b0.intoArray(out, to1);
    b1.intoArray(out, to1 + COUNT);
    b2.intoArray(out, to1 + 2 * COUNT);
    c0.intoArray(out, to2);
    c1.intoArray(out, to2 + COUNT);
    c2.intoArray(out, to2 + 2 * COUNT);
  }

  /** One pixel of one filter, for images too narrow for a tile. */
  static void onePixel(
      float[] in, int from, int[] taps, float[] weights, int weight, float[] out, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < taps.length; i++) {
      sum =
          FloatVector.fromArray(SPECIES, in, from + taps[i])
              .fma(FloatVector.broadcast(SPECIES, weights[weight + THREE * i]), sum);
    }
    sum.intoArray(out, to);
  }

  /** Three taps of three filters along pixels of the weight gradient. */
  static void tapsAlong(
      float[] in,
      int[] inPixels,
      int x0,
      int x1,
      int x2,
      float[] gradient,
      int[] gradientPixels,
      int g0,
      int g1,
      int g2,
      int from,
      int to,
      float[] sums,
      int sum) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, sum);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, sum + COUNT);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * COUNT);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, sum + 3 * COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, sum + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, sum + 5 * COUNT);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, sum + 6 * COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, sum + 7 * COUNT);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, sum + 8 * COUNT);
    for (int i = from; i < to; i++) {
      int p = inPixels[i];
      int q = gradientPixels[i];
      FloatVector p0 = FloatVector.fromArray(SPECIES, in, x0 + p);
      FloatVector p1 = FloatVector.fromArray(SPECIES, in, x1 + p);
      FloatVector p2 = FloatVector.fromArray(SPECIES, in, x2 + p);
      FloatVector q0 = FloatVector.fromArray(SPECIES, gradient, g0 + q);
      a0 = p0.fma(q0, a0);
      a1 = p1.fma(q0, a1);
      a2 = p2.fma(q0, a2);
      FloatVector q1 = FloatVector.fromArray(SPECIES, gradient, g1 + q);
      b0 = p0.fma(q1, b0);
      b1 = p1.fma(q1, b1);
      b2 = p2.fma(q1, b2);
      FloatVector q2 = FloatVector.fromArray(SPECIES, gradient, g2 + q);
      c0 = p0.fma(q2, c0);
      c1 = p1.fma(q2, c1);
      c2 = p2.fma(q2, c2);
    }
    a0.intoArray(sums, sum);
    a1.intoArray(sums, sum + COUNT);
    a2.intoArray(sums, sum + 2 * COUNT);
    b0.intoArray(sums, sum + 3 * COUNT);
    b1.intoArray(sums, sum + 4 * COUNT);
    b2.intoArray(sums, sum + 5 * COUNT);
    c0.intoArray(sums, sum + 6 * COUNT);
    c1.intoArray(sums, sum + 7 * COUNT);
    c2.intoArray(sums, sum + 8 * COUNT);
  }

  /** As {@link #tapsAlong} with four taps of four filters. */
  static void fourTapsAlong(
      float[] in,
      int[] inPixels,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] gradient,
      int[] gradientPixels,
      int g0,
      int g1,
      int g2,
      int g3,
      int from,
      int to,
      float[] sums,
      int sum) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, sum);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, sum + COUNT);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * COUNT);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, sum + 3 * COUNT);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, sum + 4 * COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, sum + 5 * COUNT);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, sum + 6 * COUNT);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, sum + 7 * COUNT);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, sum + 8 * COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, sum + 9 * COUNT);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, sum + 10 * COUNT);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, sum + 11 * COUNT);
    FloatVector d0 = FloatVector.fromArray(SPECIES, sums, sum + 12 * COUNT);
    FloatVector d1 = FloatVector.fromArray(SPECIES, sums, sum + 13 * COUNT);
    FloatVector d2 = FloatVector.fromArray(SPECIES, sums, sum + 14 * COUNT);
    FloatVector d3 = FloatVector.fromArray(SPECIES, sums, sum + 15 * COUNT);
    for (int i = from; i < to; i++) {
      int p = inPixels[i];
      int q = gradientPixels[i];
      FloatVector p0 = FloatVector.fromArray(SPECIES, in, x0 + p);
      FloatVector p1 = FloatVector.fromArray(SPECIES, in, x1 + p);
      FloatVector p2 = FloatVector.fromArray(SPECIES, in, x2 + p);
      FloatVector p3 = FloatVector.fromArray(SPECIES, in, x3 + p);
      FloatVector q0 = FloatVector.fromArray(SPECIES, gradient, g0 + q);
      a0 = p0.fma(q0, a0);
      a1 = p1.fma(q0, a1);
      a2 = p2.fma(q0, a2);
      a3 = p3.fma(q0, a3);
      FloatVector q1 = FloatVector.fromArray(SPECIES, gradient, g1 + q);
      b0 = p0.fma(q1, b0);
      b1 = p1.fma(q1, b1);
      b2 = p2.fma(q1, b2);
      b3 = p3.fma(q1, b3);
      FloatVector q2 = FloatVector.fromArray(SPECIES, gradient, g2 + q);
      c0 = p0.fma(q2, c0);
      c1 = p1.fma(q2, c1);
      c2 = p2.fma(q2, c2);
      c3 = p3.fma(q2, c3);
      FloatVector q3 = FloatVector.fromArray(SPECIES, gradient, g3 + q);
      d0 = p0.fma(q3, d0);
      d1 = p1.fma(q3, d1);
      d2 = p2.fma(q3, d2);
      d3 = p3.fma(q3, d3);
    }
    a0.intoArray(sums, sum);
    a1.intoArray(sums, sum + COUNT);
    a2.intoArray(sums, sum + 2 * COUNT);
    a3.intoArray(sums, sum + 3 * COUNT);
    b0.intoArray(sums, sum + 4 * COUNT);
    b1.intoArray(sums, sum + 5 * COUNT);
    b2.intoArray(sums, sum + 6 * COUNT);
    b3.intoArray(sums, sum + 7 * COUNT);
    c0.intoArray(sums, sum + 8 * COUNT);
    c1.intoArray(sums, sum + 9 * COUNT);
    c2.intoArray(sums, sum + 10 * COUNT);
    c3.intoArray(sums, sum + 11 * COUNT);
    d0.intoArray(sums, sum + 12 * COUNT);
    d1.intoArray(sums, sum + 13 * COUNT);
    d2.intoArray(sums, sum + 14 * COUNT);
    d3.intoArray(sums, sum + 15 * COUNT);
  }

  /**
   * As {@link #tapsAlong} for neighbouring taps along a row, whose inputs move on: one is read, not
   * three.
   */
  static void neighboursByRow(
      float[] in,
      int x,
      float[] gradient,
      int g0,
      int g1,
      int g2,
      int length,
      float[] sums,
      int sum) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, sum);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, sum + COUNT);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, sum + 2 * COUNT);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, sum + 3 * COUNT);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, sum + 4 * COUNT);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, sum + 5 * COUNT);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, sum + 6 * COUNT);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, sum + 7 * COUNT);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, sum + 8 * COUNT);
    FloatVector p0 = FloatVector.fromArray(SPECIES, in, x);
    FloatVector p1 = FloatVector.fromArray(SPECIES, in, x + COUNT);
    for (int i = 0; i < length; i += COUNT) {
      FloatVector p2 = FloatVector.fromArray(SPECIES, in, x + 2 * COUNT + i);
      FloatVector q0 = FloatVector.fromArray(SPECIES, gradient, g0 + i);
      a0 = p0.fma(q0, a0);
      a1 = p1.fma(q0, a1);
      a2 = p2.fma(q0, a2);
      FloatVector q1 = FloatVector.fromArray(SPECIES, gradient, g1 + i);
      b0 = p0.fma(q1, b0);
      b1 = p1.fma(q1, b1);
      b2 = p2.fma(q1, b2);
      FloatVector q2 = FloatVector.fromArray(SPECIES, gradient, g2 + i);
      c0 = p0.fma(q2, c0);
      c1 = p1.fma(q2, c1);
      c2 = p2.fma(q2, c2);
      p0 = p1;
      p1 = p2;
    }
    a0.intoArray(sums, sum);
    a1.intoArray(sums, sum + COUNT);
    a2.intoArray(sums, sum + 2 * COUNT);
    b0.intoArray(sums, sum + 3 * COUNT);
    b1.intoArray(sums, sum + 4 * COUNT);
    b2.intoArray(sums, sum + 5 * COUNT);
    c0.intoArray(sums, sum + 6 * COUNT);
    c1.intoArray(sums, sum + 7 * COUNT);
    c2.intoArray(sums, sum + 8 * COUNT);
  }
}
