package org.unvanish.meanfield;

import java.util.List;

/**
 * The recursion over layers: from q of the first pre-activations to those of the last. Energies:
 * natural logarithms.
 */
public final class DenseStack {
  public static DenseStack of(List<DenseLayer> layers, double firstVariance) {
    throw new UnsupportedOperationException();
  }

  /** depth layers of weights: the first one reads inputs, depth − 1 activations follow. */
  public static DenseStack equal(VarianceMap map, double units, int depth, double inputMeanSquare) {
    throw new UnsupportedOperationException();
  }

  /** qˡ in front of activation l, from 0; one more at the end. */
  public double variance(int layer) {
    throw new UnsupportedOperationException();
  }

  /** ln χ(qˡ). */
  public double lnFactor(int layer) {
    throw new UnsupportedOperationException();
  }

  public TypicalFactor typical(int layer) {
    throw new UnsupportedOperationException();
  }

  public int layers() {
    throw new UnsupportedOperationException();
  }

  /**
   * ln G of mean-field theory, from the end back to the first pre-activations; also from the end to
   * layer l.
   */
  public double lnMean() {
    throw new UnsupportedOperationException();
  }

  public double lnTypical() {
    throw new UnsupportedOperationException();
  }

  /** Var ln G with the fluctuation of the forward pass. */
  public double varianceOfLn() {
    throw new UnsupportedOperationException();
  }
}
