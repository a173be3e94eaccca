package org.unvanish.model;

import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.random.RandomStream;

/**
 * Initial values for the parameters of a stack, one tensor behind the other: those that it has, and
 * others that are drawn. The same seed draws the same ones.
 */
final class DrawnWeights {

  private final GraphStack stack;
  private final long seed;

  DrawnWeights(GraphStack stack, long seed) {
    this.stack = stack;
    this.seed = seed;
  }

  /** Those that the stack has. */
  static float[] present(GraphStack stack) {
    float[] all = new float[Math.toIntExact(stack.parameterCount())];
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      for (double value : stack.constant(parameter).values()) {
        all[at++] = (float) value;
      }
    }
    return all;
  }

  /** Of an initialization, with biases of 0; what normalises stays what it is. */
  float[] initial(PrescribedInitialization values) {
    RandomStream random = new RandomStream(seed, "initial values");
    float[] all = present(stack);
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor tensor = stack.constant(parameter);
      int end = at + tensor.size();
      boolean weights = parameter.isWeights() || parameter.kind() == Kind.RECURRENT;
      double deviation = weights ? deviation(values, parameter, tensor) : 0;
      for (; at < end; at++) {
        if (weights) {
          all[at] =
              (float)
                  (values == PrescribedInitialization.HE
                      ? deviation * random.normal()
                      : deviation * Math.sqrt(3) * (2 * random.uniform() - 1));
        } else if (parameter.kind() == Kind.BIAS) {
          all[at] = 0;
        }
      }
    }
    return all;
  }

  private static double deviation(
      PrescribedInitialization values, GraphParameter parameter, Tensor tensor) {
    if (values == PrescribedInitialization.HE) {
      return Math.sqrt(2 / parameter.fanIn());
    }
    return Math.sqrt(2 / (parameter.fanIn() + fanOut(parameter, tensor)));
  }

  private static double fanOut(GraphParameter parameter, Tensor tensor) {
    boolean table = parameter.unitAxis() < 0 && tensor.rank() == 2;
    if (table) {
      return tensor.extent(1);
    }
    boolean convolution = parameter.unitAxis() == 0 && tensor.rank() > 2;
    if (convolution) {
      return (double) tensor.size() / tensor.extent(1);
    }
    double directions = tensor.rank() == 3 ? tensor.extent(0) : 1;
    return tensor.size() / parameter.fanIn() / directions;
  }

  /**
   * With an orthogonal matrix in each block of the recurrent weights.
   *
   * @param base all other values
   */
  float[] orthogonal(float[] base) {
    RandomStream random = new RandomStream(seed, "recurrent weights");
    float[] all = base.clone();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor tensor = stack.constant(parameter);
      int units = tensor.rank() == 0 ? 1 : tensor.extent(tensor.rank() - 1);
      int end = at + tensor.size();
      for (int from = at; parameter.kind() == Kind.RECURRENT && from < end; from += units * units) {
        double[][] rows = orthogonal(units, random);
        for (int i = 0; i < units * units; i++) {
          all[from + i] = (float) rows[i / units][i % units];
        }
      }
      at = end;
    }
    return all;
  }

  /** Rows of normal numbers, each made orthogonal to those before it (Gram and Schmidt). */
  private static double[][] orthogonal(int size, RandomStream random) {
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        rows[i][k] = random.normal();
      }
      // Twice, because one pass leaves what has cancelled.
      for (int other = 0; other < 2 * i; other++) {
        double product = product(rows[i], rows[other % i]);
        for (int k = 0; k < size; k++) {
          rows[i][k] -= product * rows[other % i][k];
        }
      }
      double length = Math.sqrt(product(rows[i], rows[i]));
      for (int k = 0; k < size; k++) {
        rows[i][k] /= length;
      }
    }
    return rows;
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int k = 0; k < one.length; k++) {
      sum += one[k] * other[k];
    }
    return sum;
  }
}
