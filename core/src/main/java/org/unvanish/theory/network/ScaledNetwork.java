package org.unvanish.theory.network;

import org.unvanish.activation.ActivationFunction;

/**
 * A network with its parameters, the factors of its activations, and factors in front and behind:
 * outputs·N(inputs·x). Two of them may be the same function: that is what is tried.
 *
 * @param outer the factor in front of f, by place
 * @param inner the factor in front of z, by place
 * @param inputs what x is multiplied by
 * @param outputs what the output is multiplied by
 * @param parameters of the network, in its order
 * @param weightRule how weights are trained
 * @param biasRule how biases are trained
 */
public record ScaledNetwork(
    SmallNetwork network,
    ActivationFunction function,
    double[] outer,
    double[] inner,
    double inputs,
    double outputs,
    double[] parameters,
    UpdateRule weightRule,
    UpdateRule biasRule) {

  /** The same with other parameters. */
  public ScaledNetwork with(double[] other) {
    return new ScaledNetwork(
        network, function, outer, inner, inputs, outputs, other, weightRule, biasRule);
  }

  /** outputs·N(inputs·x). */
  public double[] output(double[] x) {
    return new Evaluation(this, x).output();
  }

  /** Gradients of the squared error ½·Σ(output − y)². */
  public Gradients gradients(double[] x, double[] y) {
    Evaluation evaluation = new Evaluation(this, x);
    double[] error = evaluation.output();
    for (int i = 0; i < error.length; i++) {
      error[i] -= y[i];
    }
    return evaluation.backward(error);
  }

  /**
   * The parameters after some steps, each with one sample, the first step with the first.
   *
   * @param x the samples' inputs
   * @param y their targets
   */
  public double[] trained(UpdateRule.Method method, double[][] x, double[][] y) {
    double[] theta = parameters.clone();
    double[] moments = new double[2 * theta.length];
    for (int step = 1; step <= x.length; step++) {
      double[] gradient = with(theta).gradients(x[step - 1], y[step - 1]).parameters();
      for (int i = 0; i < theta.length; i++) {
        UpdateRule rule = network.isBias(i) ? biasRule : weightRule;
        theta[i] = rule.step(method, theta[i], gradient[i], moments, 2 * i, step);
      }
    }
    return theta;
  }

  /** Gradients of a loss with respect to x and to the parameters. */
  public record Gradients(double[] input, double[] parameters) {}

  private static double[] times(double[] vector, double factor) {
    double[] product = vector.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factor;
    }
    return product;
  }

  private static final class Evaluation implements Operation.Pass {

    private final ScaledNetwork network;
    private final double[][] vectors;
    private final double[][] gradients;
    private final double[] parameterGradient;

    Evaluation(ScaledNetwork network, double[] x) {
      this.network = network;
      int count = network.network().operations().size();
      vectors = new double[count + 1][];
      gradients = new double[count + 1][];
      parameterGradient = new double[network.parameters.length];
      vectors[0] = times(x, network.inputs);
      for (int n = 1; n <= count; n++) {
        vectors[n] = network.network().operations().get(n - 1).forward(this);
      }
    }

    double[] output() {
      return times(vectors[vectors.length - 1], network.outputs);
    }

    Gradients backward(double[] outputGradient) {
      for (int n = 0; n < vectors.length; n++) {
        gradients[n] = new double[vectors[n].length];
      }
      gradients[vectors.length - 1] = times(outputGradient, network.outputs);
      for (int n = vectors.length - 1; n > 0; n--) {
        network.network().operations().get(n - 1).backward(this, gradients[n]);
      }
      return new Gradients(times(gradients[0], network.inputs), parameterGradient);
    }

    @Override
    public double[] vector(int index) {
      return vectors[index];
    }

    @Override
    public double[] gradient(int index) {
      return gradients[index];
    }

    @Override
    public double[] parameters() {
      return network.parameters;
    }

    @Override
    public double[] parameterGradient() {
      return parameterGradient;
    }

    @Override
    public double activation(int place, double z) {
      return network.outer[place] * network.function.value(network.inner[place] * z);
    }

    @Override
    public double slope(int place, double z) {
      return network.outer[place]
          * network.inner[place]
          * network.function.derivative(network.inner[place] * z);
    }
  }
}
