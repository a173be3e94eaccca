package org.unvanish.theory.network;

import java.util.Arrays;
import org.unvanish.activation.Activation;

/**
 * A simple recurrent network in double precision, hₜ = f_α(W·hₜ₋₁ + U·xₜ + b) for t = 1, …, T: as
 * its formula says, unit by unit, without any care for speed.
 *
 * @param activation f_α
 * @param recurrent W, one row a unit
 * @param input U, one row a unit, one column a feature
 * @param bias b
 */
public record RecurrentNetwork(
    Activation activation, double[][] recurrent, double[][] input, double[] bias) {

  /**
   * @throws IllegalArgumentException if W is not square, or U or b has another number of units
   */
  public RecurrentNetwork {
    int units = bias.length;
    if (units == 0 || input.length != units || recurrent.length != units) {
      throw new IllegalArgumentException(
          "W has %d rows, U %d and b %d numbers: they must be as many, and not 0"
              .formatted(recurrent.length, input.length, units));
    }
    requireColumns("W", recurrent, units);
    requireColumns("U", input, input[0].length);
  }

  /** How many numbers a state has. */
  public int units() {
    return bias.length;
  }

  /** With other parameters. */
  public RecurrentNetwork with(double[][] otherRecurrent, double[][] otherInput, double[] other) {
    return new RecurrentNetwork(activation, otherRecurrent, otherInput, other);
  }

  /** With another activation. */
  public RecurrentNetwork with(Activation other) {
    return new RecurrentNetwork(other, recurrent, input, bias);
  }

  /**
   * All states of one sequence.
   *
   * @param initial h₀
   * @param x x₁ to x_T, each with one number a feature
   * @throws IllegalArgumentException if there is no step, or a number is missing
   */
  public RecurrentPass run(double[] initial, double[][] x) {
    if (x.length == 0) {
      throw new IllegalArgumentException("a sequence must have at least one step");
    }
    requireColumns("x", x, input[0].length);
    if (initial.length != units()) {
      throw new IllegalArgumentException(
          "the initial state must have %d numbers, but has %d".formatted(units(), initial.length));
    }
    return new RecurrentPass(this, initial, x);
  }

  /**
   * The network after some steps of training on one sequence, with the squared error ½·|readout·h_T
   * − y|² of its last state and the penalties of the rules.
   *
   * @param weightRule how W is trained
   * @param driveRule how U and b are trained
   * @param readout what the last state is multiplied by
   * @param steps how often the parameters change, from 0 on
   */
  public RecurrentNetwork trained(
      UpdateRule.Method method,
      UpdateRule weightRule,
      UpdateRule driveRule,
      double[] initial,
      double[][] x,
      double readout,
      double[] y,
      int steps) {
    double[][] w = copy(recurrent);
    double[][] u = copy(input);
    double[] b = bias.clone();
    double[][] momentsOfW = moments(w);
    double[][] momentsOfU = moments(u);
    double[] momentsOfB = new double[2 * b.length];
    for (int step = 1; step <= steps; step++) {
      RecurrentPass pass = with(w, u, b).run(initial, x);
      double[] error = pass.state(x.length).clone();
      for (int i = 0; i < error.length; i++) {
        error[i] = readout * (readout * error[i] - y[i]);
      }
      RecurrentPass.Gradients gradients = pass.gradientsOfLast(error);
      for (int i = 0; i < b.length; i++) {
        change(method, weightRule, w[i], gradients.recurrent()[i], momentsOfW[i], step);
        change(method, driveRule, u[i], gradients.input()[i], momentsOfU[i], step);
      }
      change(method, driveRule, b, gradients.bias(), momentsOfB, step);
    }
    return with(w, u, b);
  }

  private static void change(
      UpdateRule.Method method,
      UpdateRule rule,
      double[] theta,
      double[] gradient,
      double[] moments,
      int step) {
    for (int i = 0; i < theta.length; i++) {
      theta[i] = rule.step(method, theta[i], gradient[i], moments, 2 * i, step);
    }
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }

  private static double[][] moments(double[][] matrix) {
    return Arrays.stream(matrix).map(row -> new double[2 * row.length]).toArray(double[][]::new);
  }

  private static void requireColumns(String name, double[][] matrix, int columns) {
    for (double[] row : matrix) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "each row of %s must have %d numbers, but one has %d"
                .formatted(name, columns, row.length));
      }
    }
  }
}
