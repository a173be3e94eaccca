package org.unvanish.theory.network;

import org.unvanish.theory.network.SmallNetwork.Weights;

/**
 * How a vector is computed from earlier ones, and how gradients come back.
 *
 * <p>Every kind but {@link Activate} is positively homogeneous: twice the inputs and twice the
 * biases make twice the output. That is what proposition 1 rests on.
 */
sealed interface Operation {

  /** The vector. */
  double[] forward(Pass pass);

  /**
   * Adds to the gradients of what it was computed from.
   *
   * @param gradient of the loss with respect to this vector
   */
  void backward(Pass pass, double[] gradient);

  /** What a pass through a network has computed so far. */
  interface Pass {
    /** The vector of an earlier operation. */
    double[] vector(int index);

    /** The gradient with respect to it, to be added to. */
    double[] gradient(int index);

    /** All parameters. */
    double[] parameters();

    /** The gradient with respect to them, to be added to. */
    double[] parameterGradient();

    /** outer·f(inner·z) with the factors of a place. */
    double activation(int place, double z);

    /** Its derivative by z. */
    double slope(int place, double z);
  }

  /** The input at one time step, or all of it; outside of it there are zeros, as in padding. */
  record Window(int from, int first, int length) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] all = pass.vector(from);
      double[] window = new double[length];
      for (int i = 0; i < length; i++) {
        int at = first + i;
        window[i] = at < 0 || at >= all.length ? 0 : all[at];
      }
      return window;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] all = pass.gradient(from);
      for (int i = 0; i < length; i++) {
        int at = first + i;
        if (at >= 0 && at < all.length) {
          all[at] += gradient[i];
        }
      }
    }
  }

  /** W·a + b. Several may share their weights: over time, or over places of an image. */
  record Dense(int from, Weights weights) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] a = pass.vector(from);
      double[] parameters = pass.parameters();
      double[] z = new double[weights.outputs()];
      for (int o = 0; o < z.length; o++) {
        double sum = weights.hasBiases() ? parameters[weights.bias(o)] : 0;
        for (int i = 0; i < a.length; i++) {
          sum += parameters[weights.weight(o, i)] * a[i];
        }
        z[o] = sum;
      }
      return z;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] a = pass.vector(from);
      double[] parameters = pass.parameters();
      double[] back = pass.gradient(from);
      double[] own = pass.parameterGradient();
      for (int o = 0; o < gradient.length; o++) {
        if (weights.hasBiases()) {
          own[weights.bias(o)] += gradient[o];
        }
        for (int i = 0; i < a.length; i++) {
          own[weights.weight(o, i)] += gradient[o] * a[i];
          back[i] += gradient[o] * parameters[weights.weight(o, i)];
        }
      }
    }
  }

  /** outer·f(inner·z) with the factors of a place. */
  record Activate(int from, int place) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] a = pass.vector(from).clone();
      for (int i = 0; i < a.length; i++) {
        a[i] = pass.activation(place, a[i]);
      }
      return a;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] z = pass.vector(from);
      double[] back = pass.gradient(from);
      for (int i = 0; i < z.length; i++) {
        back[i] += gradient[i] * pass.slope(place, z[i]);
      }
    }
  }

  /** The sum of two vectors, as in residual and recurrent networks. */
  record Sum(int first, int second) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] sum = pass.vector(first).clone();
      double[] other = pass.vector(second);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += other[i];
      }
      return sum;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      for (int from : new int[] {first, second}) {
        double[] back = pass.gradient(from);
        for (int i = 0; i < gradient.length; i++) {
          back[i] += gradient[i];
        }
      }
    }
  }

  /** One vector behind the other. */
  record Concatenation(int first, int second) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] a = pass.vector(first);
      double[] b = pass.vector(second);
      double[] both = new double[a.length + b.length];
      System.arraycopy(a, 0, both, 0, a.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] a = pass.gradient(first);
      double[] b = pass.gradient(second);
      for (int i = 0; i < gradient.length; i++) {
        if (i < a.length) {
          a[i] += gradient[i];
        } else {
          b[i - a.length] += gradient[i];
        }
      }
    }
  }

  /** The larger of each two neighbours, the first where they are equal. */
  record MaxPooling(int from) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] a = pass.vector(from);
      double[] pooled = new double[a.length / 2];
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] = a[larger(a, i)];
      }
      return pooled;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] a = pass.vector(from);
      double[] back = pass.gradient(from);
      for (int i = 0; i < gradient.length; i++) {
        back[larger(a, i)] += gradient[i];
      }
    }

    private static int larger(double[] a, int pair) {
      return a[2 * pair + 1] > a[2 * pair] ? 2 * pair + 1 : 2 * pair;
    }
  }

  /** The mean of each two neighbours. */
  record MeanPooling(int from) implements Operation {
    @Override
    public double[] forward(Pass pass) {
      double[] a = pass.vector(from);
      double[] pooled = new double[a.length / 2];
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] = (a[2 * i] + a[2 * i + 1]) / 2;
      }
      return pooled;
    }

    @Override
    public void backward(Pass pass, double[] gradient) {
      double[] back = pass.gradient(from);
      for (int i = 0; i < gradient.length; i++) {
        back[2 * i] += gradient[i] / 2;
        back[2 * i + 1] += gradient[i] / 2;
      }
    }
  }
}
