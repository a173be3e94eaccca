package org.unvanish.theory.network;

/**
 * One sequence's way through a {@link RecurrentNetwork}: its states, what a state hands back to
 * earlier ones, and gradients by backpropagation through time.
 *
 * <p>∂hₜ/∂hₜ₋ₖ = Dₜ·W·Dₜ₋₁·W ⋯ Dₜ₋ₖ₊₁·W, where Dₜ is the diagonal matrix of f_α′(zₜ): k factors.
 */
public final class RecurrentPass {

  private final RecurrentNetwork network;
  private final double[][] x;

  /** h₀ to h_T. */
  private final double[][] states;

  /** z₁ to z_T, at the index of their step. */
  private final double[][] preActivations;

  RecurrentPass(RecurrentNetwork network, double[] initial, double[][] x) {
    this.network = network;
    this.x = x;
    states = new double[x.length + 1][network.units()];
    preActivations = new double[x.length + 1][network.units()];
    states[0] = initial.clone();
    for (int t = 1; t <= x.length; t++) {
      for (int i = 0; i < network.units(); i++) {
        double z =
            network.bias()[i]
                + dot(network.input()[i], x[t - 1])
                + dot(network.recurrent()[i], states[t - 1]);
        preActivations[t][i] = z;
        states[t][i] = network.activation().value(z);
      }
    }
  }

  /** T. */
  public int steps() {
    return x.length;
  }

  /**
   * hₜ.
   *
   * @param step t, from 0 to T
   */
  public double[] state(int step) {
    return states[step];
  }

  /**
   * zₜ = W·hₜ₋₁ + U·xₜ + b.
   *
   * @param step t, from 1 to T
   */
  public double[] preActivation(int step) {
    return preActivations[step];
  }

  /**
   * ∂hₜ/∂hₜ₋ₖ: one row a unit of hₜ.
   *
   * @param step t, from 0 to T
   * @param back k, from 0 to t; for 0 it is the identity
   */
  public double[][] jacobian(int step, int back) {
    double[][] jacobian = new double[network.units()][];
    for (int i = 0; i < jacobian.length; i++) {
      double[] unit = new double[network.units()];
      unit[i] = 1;
      jacobian[i] = back(unit, step, back);
    }
    return jacobian;
  }

  /**
   * A gradient with respect to hₜ, handed back to hₜ₋ₖ: its product with ∂hₜ/∂hₜ₋ₖ.
   *
   * @param step t, from 0 to T
   * @param back k, from 0 to t
   */
  public double[] back(double[] gradient, int step, int back) {
    double[] row = gradient.clone();
    for (int t = step; t > step - back; t--) {
      row = toState(beforeActivation(row, t));
    }
    return row;
  }

  /** Gradients of a loss that reads the last state alone; see {@link #gradients}. */
  public Gradients gradientsOfLast(double[] ofLast) {
    double[][] ofStates = new double[steps() + 1][network.units()];
    ofStates[steps()] = ofLast;
    return gradients(ofStates);
  }

  /**
   * Backpropagation through time.
   *
   * @param ofStates the gradients of the loss with respect to h₀ to h_T as it reads them itself,
   *     without what later states pass on; 0 where it reads none
   */
  public Gradients gradients(double[][] ofStates) {
    int units = network.units();
    int features = network.input()[0].length;
    double[][] ofRecurrent = new double[units][units];
    double[][] ofInput = new double[units][features];
    double[] ofBias = new double[units];
    double[][] ofX = new double[steps()][features];
    double[] row = ofStates[steps()].clone();
    for (int t = steps(); t >= 1; t--) {
      double[] ofZ = beforeActivation(row, t);
      for (int i = 0; i < units; i++) {
        ofBias[i] += ofZ[i];
        add(ofRecurrent[i], ofZ[i], states[t - 1]);
        add(ofInput[i], ofZ[i], x[t - 1]);
        add(ofX[t - 1], ofZ[i], network.input()[i]);
      }
      row = toState(ofZ);
      add(row, 1, ofStates[t - 1]);
    }
    return new Gradients(ofRecurrent, ofInput, ofBias, row, ofX);
  }

  /**
   * Gradients of a loss.
   *
   * @param recurrent with respect to W
   * @param input with respect to U
   * @param bias with respect to b
   * @param initial with respect to h₀
   * @param x with respect to x₁ to x_T
   */
  public record Gradients(
      double[][] recurrent, double[][] input, double[] bias, double[] initial, double[][] x) {}

  private double[] beforeActivation(double[] ofState, int step) {
    double[] product = ofState.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= network.activation().derivative(preActivations[step][i]);
    }
    return product;
  }

  /** Wᵀ times what is in front of the activation. */
  private double[] toState(double[] ofZ) {
    double[] product = new double[ofZ.length];
    for (int i = 0; i < ofZ.length; i++) {
      add(product, ofZ[i], network.recurrent()[i]);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }
}
