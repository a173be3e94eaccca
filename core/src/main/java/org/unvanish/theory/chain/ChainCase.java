package org.unvanish.theory.chain;

import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/** One choice of everything that the paper's statements speak of. Used by one thread at a time. */
public final class ChainCase {

  public final ActivationFunction function;
  public final double alpha;
  public final double x;
  public final double[] theta;
  public final int k;
  public final double t;
  public final double y;
  public final double r;

  private @Nullable ChainPass pass;

  public ChainCase(
      ActivationFunction function,
      double alpha,
      double x,
      double[] theta,
      int k,
      double t,
      double y,
      double r) {
    this.function = function;
    this.alpha = alpha;
    this.x = x;
    this.theta = theta;
    this.k = k;
    this.t = t;
    this.y = y;
    this.r = r;
  }

  /** The same with another r. */
  public ChainCase withPenalty(double other) {
    ChainCase copy = new ChainCase(function, alpha, x, theta, k, t, y, other);
    copy.pass = pass;
    return copy;
  }

  public int length() {
    return theta.length;
  }

  /** log(1/t). */
  public double logT() {
    return -StrictMath.log(t);
  }

  /** The chain with f_α at x. */
  public ChainPass pass() {
    ChainPass p = pass;
    if (p == null) {
      p = new ChainNetwork(Activation.scaled(function, alpha), theta).at(x);
      pass = p;
    }
    return p;
  }

  /** The loss at (x, y) with the penalty r. */
  public ChainLoss loss() {
    return new ChainLoss(pass(), y, r);
  }

  /** The smallest |θ| that theorem 1 allows, rounded up. */
  public static double theorem1Bound(double x, double t) {
    return TheoremBounds.smallestParameter(x, t) * (1 + 1e-12);
  }
}
