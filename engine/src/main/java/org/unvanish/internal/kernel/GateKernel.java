package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.COUNT;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * What gates do to the states of a step, value by value, between the products with weights and the
 * activations. All tensors are runs of rows of as many values as there are units.
 */
public final class GateKernel {

  private final int length;

  /**
   * @param units values of a row
   */
  public GateKernel(int units) {
    this.length = units * COUNT;
  }

  /** Where a row starts. */
  private int row(int number) {
    return ORIGIN + number * length;
  }

  /**
   * An LSTM's cell: c′ = f·c + i·g.
   *
   * @param gates i, f, g
   * @param before h, c
   * @param after receives c′ in its second row
   */
  public void cell(LaneTensor gates, LaneTensor before, LaneTensor after) {
    cell(gates.values, before.values, after.values, ORIGIN, length);
  }

  private static void cell(float[] y, float[] before, float[] after, int at, int n) {
    for (int k = at; k < at + n; k += LENGTH) {
      FloatVector i = FloatVector.fromArray(SPECIES, y, k);
      FloatVector f = FloatVector.fromArray(SPECIES, y, k + n);
      FloatVector g = FloatVector.fromArray(SPECIES, y, k + 2 * n);
      FloatVector c = FloatVector.fromArray(SPECIES, before, k + n);
      f.fma(c, i.mul(g)).intoArray(after, k + n);
    }
  }

  /**
   * An LSTM's state: h′ = o·a(c′).
   *
   * @param gates i, f, g, o, a(c′)
   * @param after receives h′ in its first row
   */
  public void state(LaneTensor gates, LaneTensor after) {
    multiply(gates.values, row(3), gates.values, row(4), after.values, ORIGIN, length);
  }

  private static void multiply(
      float[] x, int atX, float[] y, int atY, float[] product, int at, int n) {
    for (int k = 0; k < n; k += LENGTH) {
      FloatVector.fromArray(SPECIES, x, atX + k)
          .mul(FloatVector.fromArray(SPECIES, y, atY + k))
          .intoArray(product, at + k);
    }
  }

  /**
   * Back through {@link #state}.
   *
   * @param gates as there
   * @param after with respect to h′ in its first row
   * @param gradient receives those with respect to o and a(c′), fourth and fifth
   */
  public void stateGradient(LaneTensor gates, LaneTensor after, LaneTensor gradient) {
    multiply(gates.values, row(4), after.values, ORIGIN, gradient.values, row(3), length);
    multiply(gates.values, row(3), after.values, ORIGIN, gradient.values, row(4), length);
  }

  /**
   * Back through {@link #cell}.
   *
   * @param gates as there
   * @param before as there
   * @param after with respect to c′ without the way over h′, in its second row
   * @param gradient with respect to c′ on that way, fifth; receives those with respect to i, f, g
   * @param beforeGradient receives that with respect to c in its second row
   */
  public void cellGradient(
      LaneTensor gates,
      LaneTensor before,
      LaneTensor after,
      LaneTensor gradient,
      LaneTensor beforeGradient) {
    cellGradient(
        gates.values,
        before.values,
        after.values,
        gradient.values,
        beforeGradient.values,
        ORIGIN,
        length);
  }

  private static void cellGradient(
      float[] y, float[] before, float[] after, float[] d, float[] dBefore, int at, int n) {
    for (int k = at; k < at + n; k += LENGTH) {
      FloatVector dc =
          FloatVector.fromArray(SPECIES, after, k + n)
              .add(FloatVector.fromArray(SPECIES, d, k + 4 * n));
      FloatVector i = FloatVector.fromArray(SPECIES, y, k);
      FloatVector g = FloatVector.fromArray(SPECIES, y, k + 2 * n);
      dc.mul(g).intoArray(d, k);
      dc.mul(FloatVector.fromArray(SPECIES, before, k + n)).intoArray(d, k + n);
      dc.mul(i).intoArray(d, k + 2 * n);
      dc.mul(FloatVector.fromArray(SPECIES, y, k + n)).intoArray(dBefore, k + n);
    }
  }

  /**
   * The gradient with respect to c′ on all ways, as {@link #cellGradient} finds it.
   *
   * @param after as there
   * @param gradient as there
   * @param total receives it in its first row
   */
  public void allOfCell(LaneTensor after, LaneTensor gradient, LaneTensor total) {
    for (int k = ORIGIN; k < ORIGIN + length; k += LENGTH) {
      FloatVector.fromArray(SPECIES, after.values, k + length)
          .add(FloatVector.fromArray(SPECIES, gradient.values, k + 4 * length))
          .intoArray(total.values, k);
    }
  }

  /**
   * What a GRU's z alone passes on of the gradient with respect to h′.
   *
   * @param gates r, z, n
   * @param after with respect to h′
   * @param kept receives it in its first row
   */
  public void kept(LaneTensor gates, LaneTensor after, LaneTensor kept) {
    multiply(gates.values, row(1), after.values, ORIGIN, kept.values, ORIGIN, length);
  }

  /**
   * What a GRU's gate r is to act on: m = R·h + b′.
   *
   * @param products with the state: R·h third
   * @param biases b′, one for each unit
   * @param gates receives m, fourth
   */
  public void takeCandidate(LaneTensor products, float[] biases, LaneTensor gates) {
    for (int unit = 0; unit < biases.length; unit++) {
      takeCandidate(
          products.values,
          row(2) + unit * COUNT,
          biases[unit],
          gates.values,
          row(3) + unit * COUNT);
    }
  }

  private static void takeCandidate(float[] products, int from, float bias, float[] m, int to) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector.fromArray(SPECIES, products, from + lane)
          .add(FloatVector.broadcast(SPECIES, bias))
          .intoArray(m, to + lane);
    }
  }

  /**
   * The sum of a GRU's candidate: x + r·m.
   *
   * @param gates r first, m fourth
   * @param sums x third, which becomes the sum
   */
  public void candidate(LaneTensor gates, LaneTensor sums) {
    candidate(gates.values, sums.values, ORIGIN, length);
  }

  private static void candidate(float[] y, float[] sums, int at, int n) {
    for (int k = at; k < at + n; k += LENGTH) {
      FloatVector r = FloatVector.fromArray(SPECIES, y, k);
      FloatVector m = FloatVector.fromArray(SPECIES, y, k + 3 * n);
      r.fma(m, FloatVector.fromArray(SPECIES, sums, k + 2 * n)).intoArray(sums, k + 2 * n);
    }
  }

  /**
   * A GRU's state: h′ = (1 − z)·n + z·h, as n + z·(h − n).
   *
   * @param gates r, z, n
   * @param before h
   * @param after receives h′
   */
  public void blend(LaneTensor gates, LaneTensor before, LaneTensor after) {
    blend(gates.values, before.values, after.values, ORIGIN, length);
  }

  private static void blend(float[] y, float[] before, float[] after, int at, int n) {
    for (int k = at; k < at + n; k += LENGTH) {
      FloatVector z = FloatVector.fromArray(SPECIES, y, k + n);
      FloatVector candidate = FloatVector.fromArray(SPECIES, y, k + 2 * n);
      FloatVector h = FloatVector.fromArray(SPECIES, before, k);
      z.fma(h.sub(candidate), candidate).intoArray(after, k);
    }
  }

  /**
   * Back through {@link #blend}.
   *
   * @param gates as there
   * @param before as there
   * @param after with respect to h′
   * @param gradient receives those with respect to z and n, second and third
   */
  public void blendGradient(
      LaneTensor gates, LaneTensor before, LaneTensor after, LaneTensor gradient) {
    blendGradient(gates.values, before.values, after.values, gradient.values, ORIGIN, length);
  }

  private static void blendGradient(
      float[] y, float[] before, float[] after, float[] d, int at, int n) {
    for (int k = at; k < at + n; k += LENGTH) {
      FloatVector z = FloatVector.fromArray(SPECIES, y, k + n);
      FloatVector candidate = FloatVector.fromArray(SPECIES, y, k + 2 * n);
      FloatVector h = FloatVector.fromArray(SPECIES, before, k);
      FloatVector dh = FloatVector.fromArray(SPECIES, after, k);
      dh.mul(h.sub(candidate)).intoArray(d, k + n);
      dh.mul(FloatVector.broadcast(SPECIES, 1).sub(z)).intoArray(d, k + 2 * n);
    }
  }

  /**
   * Back through {@link #candidate}.
   *
   * @param gates as there
   * @param gradient with respect to the candidate's sum, third; receives that with respect to r,
   *     first
   * @param product receives that with respect to m, third
   */
  public void candidateGradient(LaneTensor gates, LaneTensor gradient, LaneTensor product) {
    multiply(gates.values, row(3), gradient.values, row(2), gradient.values, ORIGIN, length);
    multiply(gates.values, ORIGIN, gradient.values, row(2), product.values, row(2), length);
  }

  /**
   * The way past the candidate of {@link #blend}: adds z times the gradient with respect to h′.
   *
   * @param gates as there
   * @param after with respect to h′
   * @param before with respect to h on the other ways, which becomes that on all
   */
  public void addKept(LaneTensor gates, LaneTensor after, LaneTensor before) {
    addProducts(gates.values, row(1), after.values, before.values, ORIGIN, length);
  }

  private static void addProducts(float[] x, int atX, float[] y, float[] sums, int at, int n) {
    for (int k = 0; k < n; k += LENGTH) {
      FloatVector.fromArray(SPECIES, x, atX + k)
          .fma(
              FloatVector.fromArray(SPECIES, y, at + k),
              FloatVector.fromArray(SPECIES, sums, at + k))
          .intoArray(sums, at + k);
    }
  }
}
