package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.unvanish.activation.Activation;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;

/**
 * One direction of a recurrent layer in double precision, which knows the equations and no way
 * back: the Jacobian matrices of its steps are differences.
 */
final class StepOracle {

  private static final double H = 1e-5;

  private final Recurrent layer;
  private final int units;
  private final int rows;
  private final double[] input;
  private final double[] recurrent;
  private final double[] biases;
  private final double[] candidateBiases;
  private final double alpha;

  /**
   * @param own gives the parameters of the direction
   * @param all the layer's tensors
   * @param parameters of the network
   */
  StepOracle(
      Recurrent layer,
      Iterator<ParameterTensor> own,
      List<ParameterTensor> all,
      float[] parameters) {
    this.layer = layer;
    this.units = layer.units();
    this.rows = layer.sums() * units;
    this.input = values(own.next(), parameters);
    this.recurrent = values(own.next(), parameters);
    this.biases = layer.bias() ? values(own.next(), parameters) : new double[rows];
    this.candidateBiases =
        layer.bias() && layer instanceof Gru ? values(own.next(), parameters) : new double[units];
    this.alpha =
        all.stream()
            .filter(tensor -> tensor.kind() == Kind.SCALE)
            .mapToDouble(tensor -> parameters[tensor.offset()])
            .findFirst()
            .orElse(Double.NaN);
  }

  private static double[] values(ParameterTensor tensor, float[] parameters) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters[tensor.offset() + i];
    }
    return values;
  }

  /** Values of a state. */
  int size() {
    return layer instanceof Lstm ? 2 * units : units;
  }

  private static double[] times(double[] matrix, double[] x, int rows) {
    double[] y = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < x.length; i++) {
        y[row] += matrix[row * x.length + i] * x[i];
      }
    }
    return y;
  }

  private double activated(double z) {
    Activation activation = layer.activation();
    if (Double.isNaN(alpha)) {
      return activation.outer() * activation.function().value(activation.inner() * z);
    }
    // α·f(z/α) is what a learned scale means by default.
    return alpha * activation.function().value(z / alpha);
  }

  private static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** R·h. */
  double[] products(double[] state) {
    return times(recurrent, Arrays.copyOf(state, units), rows);
  }

  /** The next state, of products that may be others than those of the state. */
  double[] step(double[] state, double[] x, double[] products) {
    double[] z = times(input, x, rows);
    double[] next = new double[size()];
    for (int i = 0; i < rows; i++) {
      z[i] += biases[i] + (layer instanceof Gru && i >= 2 * units ? 0 : products[i]);
    }
    for (int i = 0; i < units; i++) {
      if (layer instanceof Lstm) {
        next[units + i] =
            forgetGate(z, i) * state[units + i] + logistic(z[i]) * activated(z[2 * units + i]);
        next[i] = logistic(z[3 * units + i]) * activated(next[units + i]);
      } else if (layer instanceof Gru) {
        double gate = logistic(z[units + i]);
        double sum =
            z[2 * units + i] + logistic(z[i]) * (products[2 * units + i] + candidateBiases[i]);
        next[i] = (1 - gate) * activated(sum) + gate * state[i];
      } else {
        next[i] = activated(z[i]);
      }
    }
    return next;
  }

  private double forgetGate(double[] z, int unit) {
    return logistic(z[units + unit]);
  }

  /** The pre-activations of a step whose layer has no gates. */
  double[] sums(double[] state, double[] x) {
    double[] z = times(input, x, rows);
    double[] products = products(state);
    for (int i = 0; i < rows; i++) {
      z[i] += biases[i] + products[i];
    }
    return z;
  }

  /** The states after each step, before which there are zeros. */
  List<double[]> states(List<double[]> inputs) {
    List<double[]> states = new ArrayList<>(List.of(new double[size()]));
    for (double[] x : inputs) {
      double[] state = states.get(states.size() - 1);
      states.add(step(state, x, products(state)));
    }
    return states;
  }

  /** A step back: gradients as {@code StepSquares} have them, and the last one as it is. */
  record Back(double[] sums, double[] recurrent, double[] before, double[] past, double[] kept) {}

  Back back(double[] state, double[] x, double[] gradient) {
    double[] products = products(state);
    double[] sums = transposed(products, gradient, p -> step(state, x, p));
    double[] recurrentGradient = new double[size()];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < units; j++) {
        recurrentGradient[j] += recurrent[i * units + j] * sums[i];
      }
    }
    double[] before = transposed(state, gradient, s -> step(s, x, products(s)));
    double[] direct = transposed(state, gradient, s -> step(s, x, products));
    double[] past = gradient;
    if (layer instanceof Lstm) {
      direct = Arrays.copyOfRange(direct, units, 2 * units);
      past = new double[units];
      double[] z = sums(state, x);
      for (int i = 0; i < units; i++) {
        past[i] = direct[i] / forgetGate(z, i);
      }
    }
    return new Back(sums, recurrentGradient, before, past, direct);
  }

  /** The transposed Jacobian matrix of a function, times a vector. */
  private static double[] transposed(
      double[] at, double[] gradient, UnaryOperator<double[]> function) {
    double[] product = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] low = at.clone();
      double[] high = at.clone();
      low[i] -= H;
      high[i] += H;
      double[] below = function.apply(low);
      double[] above = function.apply(high);
      for (int k = 0; k < gradient.length; k++) {
        product[i] += gradient[k] * (above[k] - below[k]) / (2 * H);
      }
    }
    return product;
  }
}
