package org.unvanish.theory.chain;

import org.unvanish.penalty.Penalty;

/**
 * The loss of a chain at one data point with the paper's ℓ₂ penalty: h(y − g(x)) + (r/2)·Σ (θⁱ)²,
 * with the least-squares loss h(z) = z².
 *
 * <p>Source: Ven &amp; Lederer (2021), sections 2.1 and 2.2.
 */
public final class ChainLoss {

  private final ChainPass pass;
  private final double y;
  private final Penalty penalty;

  /**
   * @param pass the network at the data point's input
   * @param y the data point's output, finite
   * @param r the penalty's tuning parameter, at least 0 and finite
   * @throws IllegalArgumentException if y or r is out of its range
   */
  public ChainLoss(ChainPass pass, double y, double r) {
    ChainNetwork.requireFinite("y", y);
    this.pass = pass;
    this.y = y;
    this.penalty = Penalty.l2(r);
  }

  /** The loss with the penalty. */
  public WideNumber value() {
    WideNumber residual = residual();
    WideNumber sum = residual.times(residual);
    for (int i = 1; i <= pass.network().length(); i++) {
      sum = sum.plus(WideNumber.of(penalty.value(pass.network().theta(i))));
    }
    return sum;
  }

  /** d = h′(y − g) = 2·(y − g), the number that the theorems compare with. */
  public WideNumber d() {
    return residual().times(2);
  }

  /** The data gradient ∂h(y − g)/∂θᵏ = −d·∂g/∂θᵏ: with the minus sign that the paper drops. */
  public WideNumber dataGradient(int k) {
    return d().times(pass.derivative(k)).negated();
  }

  /** The penalty gradient r·θᵏ. */
  public WideNumber penaltyGradient(int k) {
    return WideNumber.of(penalty.gradient(pass.network().theta(k)));
  }

  /** The total gradient, the sum of the two. */
  public WideNumber totalGradient(int k) {
    return dataGradient(k).plus(penaltyGradient(k));
  }

  private WideNumber residual() {
    return WideNumber.of(y).minus(pass.output());
  }
}
