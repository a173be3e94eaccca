package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.RecurrentNetwork;
import org.unvanish.theory.network.RecurrentPass;

/**
 * A simple recurrent network, hₜ = f_α(W·hₜ₋₁ + U·xₜ + b), with one sequence.
 *
 * @param function f
 * @param alpha α of f_α
 * @param network with f_α
 * @param initial h₀
 * @param x x₁ to x_T
 * @param back k, of ∂h_T/∂h_(T−k): from 1 to T
 */
record RecurrentCase(
    ActivationFunction function,
    double alpha,
    RecurrentNetwork network,
    double[] initial,
    double[][] x,
    int back)
    implements Statement.Case {

  /** A network of f_α; the network given counts with its weights alone. */
  static RecurrentCase of(
      ActivationFunction function,
      double alpha,
      double[][] recurrent,
      double[][] input,
      double[] bias,
      double[] initial,
      double[][] x,
      int back) {
    Activation activation = Activation.scaled(function, alpha);
    RecurrentNetwork network = new RecurrentNetwork(activation, recurrent, input, bias);
    return new RecurrentCase(function, alpha, network, initial, x, back);
  }

  /** One unit that reads its inputs as they are, with k = T. */
  static RecurrentCase unit(
      ActivationFunction function, double alpha, double w, double initial, double... x) {
    double[][] rows = Arrays.stream(x).mapToObj(one -> new double[] {one}).toArray(double[][]::new);
    return of(
        function,
        alpha,
        new double[][] {{w}},
        new double[][] {{1}},
        new double[1],
        new double[] {initial},
        rows,
        x.length);
  }

  @Override
  public List<Value> values() {
    return List.of(
        new Value("T", Integer.toString(x.length)),
        new Value("k", Integer.toString(back)),
        new Value("W", list(network.recurrent())),
        new Value("U", list(network.input())),
        new Value("b", list(network.bias())),
        new Value("h₀", list(initial)),
        new Value("x", list(x)),
        Value.of("α", alpha));
  }

  @Override
  public int size() {
    return network.units() * x.length;
  }

  RecurrentPass pass() {
    return network.run(initial, x);
  }

  /** ∂h_T/∂h_(T−k). */
  double[][] jacobian() {
    return pass().jacobian(x.length, back);
  }

  RecurrentCase withBack(int other) {
    return new RecurrentCase(function, alpha, network, initial, x, other);
  }

  RecurrentCase withAlpha(double other) {
    return of(
        function, other, network.recurrent(), network.input(), network.bias(), initial, x, back);
  }

  /** The same with all numbers but α rounded to quarters: numbers that a reader can follow. */
  RecurrentCase rounded() {
    return of(
        function,
        alpha,
        quarters(network.recurrent()),
        quarters(network.input()),
        quarters(network.bias()),
        quarters(initial),
        quarters(x),
        back);
  }

  private static double[][] quarters(double[][] rows) {
    return Arrays.stream(rows).map(RecurrentCase::quarters).toArray(double[][]::new);
  }

  private static double[] quarters(double[] row) {
    return Arrays.stream(row).map(number -> Math.rint(4 * number) / 4).toArray();
  }

  /** What proposition 7 says is the same network without α: h₀, U and b divided by it. */
  RecurrentCase unscaled() {
    return of(
        function,
        1,
        network.recurrent(),
        divided(network.input()),
        divided(network.bias()),
        divided(initial),
        x,
        back);
  }

  /** The same without α, and with h₀ and the first input divided by it alone. */
  RecurrentCase dividedAtFirstStep() {
    double[][] inputs = x.clone();
    inputs[0] = divided(x[0]);
    return of(
        function,
        1,
        network.recurrent(),
        network.input(),
        network.bias(),
        divided(initial),
        inputs,
        back);
  }

  /** All states, in the size that those of the network with α have, then ∂h_T/∂h_(T−k). */
  double[] results(double outputs) {
    RecurrentPass pass = pass();
    DoubleStream states = DoubleStream.empty();
    for (int t = 1; t <= x.length; t++) {
      states = DoubleStream.concat(states, Arrays.stream(pass.state(t)).map(h -> outputs * h));
    }
    return DoubleStream.concat(states, Arrays.stream(jacobian()).flatMapToDouble(Arrays::stream))
        .toArray();
  }

  /** Whether inputs or biases come in after the first step. */
  boolean isDrivenLater() {
    return Arrays.stream(network.bias()).anyMatch(b -> b != 0)
        || Arrays.stream(x).skip(1).flatMapToDouble(Arrays::stream).anyMatch(one -> one != 0);
  }

  /** W, h₀, and what inputs and biases add at each step, all of them 0 or more. */
  boolean isNonnegative() {
    boolean nonnegative =
        isNonnegative(network.recurrent()) && Arrays.stream(initial).allMatch(h -> h >= 0);
    for (double[] one : x) {
      for (int i = 0; i < network.units(); i++) {
        double drive = network.bias()[i];
        for (int j = 0; j < one.length; j++) {
          drive += network.input()[i][j] * one[j];
        }
        nonnegative &= drive >= 0;
      }
    }
    return nonnegative;
  }

  static boolean isNonnegative(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(entry -> entry >= 0);
  }

  /** The same bits where α is a power of two, else the same but for rounding. */
  Sides same(double[] one, double[] other) {
    return Rounding.isPowerOfTwo(alpha)
        ? Rounding.same(one, other)
        : Rounding.nearlySame(one, other, Math.max(1, alpha));
  }

  private double[] divided(double[] row) {
    return Arrays.stream(row).map(number -> number / alpha).toArray();
  }

  private double[][] divided(double[][] rows) {
    return Arrays.stream(rows).map(this::divided).toArray(double[][]::new);
  }

  private static String list(double[][] rows) {
    return Arrays.stream(rows).map(RecurrentCase::list).collect(Collectors.joining(" | "));
  }

  private static String list(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(", "));
  }
}
