package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.ScaledNetwork;
import org.unvanish.theory.network.UpdateRule;

/**
 * A small network with scaled activations, and samples to train it on.
 *
 * @param network with its activations' factors: outer = α and inner = 1/α by place, unless a
 *     statement says otherwise
 * @param alpha α of the first place
 * @param x inputs of the samples
 * @param y their targets
 */
record NetworkCase(ScaledNetwork network, double alpha, double[][] x, double[][] y)
    implements Statement.Case {

  @Override
  public List<Value> values() {
    return List.of(
        new Value("network", network.network().text()),
        Value.of("α", alpha),
        new Value("outer", list(network.outer())),
        new Value("inner", list(network.inner())),
        new Value("x", list(x[0])),
        new Value("parameters", list(network.parameters())));
  }

  @Override
  public int size() {
    return network.network().operations().size();
  }

  /** The same with weights and samples rounded to quarters: numbers that a reader can follow. */
  NetworkCase rounded() {
    return new NetworkCase(
        network.with(quarters(network.parameters())), alpha, quarters(x), quarters(y));
  }

  private static double[][] quarters(double[][] rows) {
    return Arrays.stream(rows).map(NetworkCase::quarters).toArray(double[][]::new);
  }

  private static double[] quarters(double[] row) {
    return Arrays.stream(row).map(number -> Math.rint(4 * number) / 4).toArray();
  }

  boolean hasBiases() {
    return !Arrays.equals(biasesChanged(network.parameters(), b -> 0), network.parameters());
  }

  /**
   * What proposition 1 says is the same network without α: x/α and b/α in front, α behind, and for
   * the biases other rules of training.
   */
  ScaledNetwork unscaled(UpdateRule biasRule) {
    double[] ones = new double[network.outer().length];
    Arrays.fill(ones, 1);
    return new ScaledNetwork(
        network.network(),
        network.function(),
        ones,
        ones,
        network.inputs() / alpha,
        network.outputs() * alpha,
        biasesChanged(network.parameters(), b -> b / alpha),
        network.weightRule(),
        biasRule);
  }

  /** Parameters with their biases changed, and the weights as they are. */
  double[] biasesChanged(double[] parameters, DoubleUnaryOperator change) {
    double[] changed = parameters.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = network.network().isBias(i) ? change.applyAsDouble(changed[i]) : changed[i];
    }
    return changed;
  }

  /** See {@link Rounding#same}. */
  Sides same(double[] one, double[] other) {
    return isExact() ? Rounding.same(one, other) : nearlySame(one, other);
  }

  /** Whether all factors are powers of two. */
  boolean isExact() {
    return Arrays.stream(network.outer()).allMatch(Rounding::isPowerOfTwo)
        && Arrays.stream(network.inner()).allMatch(Rounding::isPowerOfTwo);
  }

  /** Left, the largest difference; right, what rounding may add, in activations too. */
  Sides nearlySame(double[] one, double[] other) {
    return Rounding.nearlySame(one, other, Arrays.stream(network.outer()).max().orElse(0));
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(", "));
  }
}
