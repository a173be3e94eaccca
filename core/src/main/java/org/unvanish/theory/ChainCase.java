package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.chain.ChainLoss;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.ChainPass;
import org.unvanish.theory.chain.TheoremBounds;

/** A chain of neurons at a data point: what sections 2.1 to 2.3 of the paper speak of. */
final class ChainCase implements Statement.Case {

  final ActivationFunction function;
  final double alpha;
  final double x;
  final double[] theta;
  final int k;
  final double t;
  final double y;
  final double r;

  private @Nullable ChainPass pass;

  ChainCase(
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
  ChainCase withPenalty(double other) {
    ChainCase copy = new ChainCase(function, alpha, x, theta, k, t, y, other);
    copy.pass = pass;
    return copy;
  }

  int length() {
    return theta.length;
  }

  @Override
  public int size() {
    return theta.length;
  }

  @Override
  public double t() {
    return t;
  }

  /** z and v are what statements of a single neuron call x and θ. */
  @Override
  public List<Value> values() {
    String parameters =
        Arrays.stream(theta).mapToObj(Double::toString).collect(Collectors.joining(", "));
    return List.of(
        new Value("l", Integer.toString(theta.length)),
        new Value("k", Integer.toString(k)),
        Value.of("t", t),
        Value.of("x", x),
        Value.of("z", x),
        Value.of("v", theta[0]),
        Value.of("α", alpha),
        new Value("θ", parameters),
        Value.of("y", y),
        Value.of("r", r));
  }

  /** log(1/t). */
  double logT() {
    return -StrictMath.log(t);
  }

  /** The chain with f_α at x. */
  ChainPass pass() {
    ChainPass p = pass;
    if (p == null) {
      p = new ChainNetwork(Activation.scaled(function, alpha), theta).at(x);
      pass = p;
    }
    return p;
  }

  /** The loss at (x, y) with the penalty r. */
  ChainLoss loss() {
    return new ChainLoss(pass(), y, r);
  }

  /** The smallest |θ| that theorem 1 allows, rounded up. */
  static double theorem1Bound(double x, double t) {
    return TheoremBounds.smallestParameter(x, t) * (1 + 1e-12);
  }
}
