package org.unvanish.optimizer;

/**
 * How the total gradient is limited before the optimizer's step. It does not touch what is recorded
 * of gradients: that is measured before.
 *
 * @since 0.1
 */
public sealed interface Clipping {

  /** No limit. */
  record None() implements Clipping {
    @Override
    public void clip(float[] gradient, ParameterRanges trained) {}
  }

  /**
   * By the global norm: g ← g·min(1, most/(‖g‖ + 10⁻⁶)), where ‖g‖ is the Euclidean norm of all
   * trained parameters' gradient together. Pascanu, Mikolov &amp; Bengio (2013), in the form of
   * PyTorch's {@code clip_grad_norm_}.
   *
   * @param most above 0
   */
  record Norm(double most) implements Clipping {

    private static final double BESIDE_NORM = 1e-6;

    /**
     * @throws IllegalArgumentException if the number is outside its range
     */
    public Norm {
      requirePositive("the largest norm", most);
    }

    @Override
    public void clip(float[] gradient, ParameterRanges trained) {
      double squares = 0;
      for (int i = 0; i < trained.count(); i++) {
        squares += squares(gradient, trained.from(i), trained.to(i));
      }
      float factor = factor(Math.sqrt(squares));
      if (factor != 1) {
        for (int range = 0; range < trained.count(); range++) {
          for (int i = trained.from(range); i < trained.to(range); i++) {
            gradient[i] *= factor;
          }
        }
      }
    }

    /** What a gradient of this norm is multiplied by; NaN where the norm is. */
    public float factor(double norm) {
      return (float) Math.min(1, most / (norm + BESIDE_NORM));
    }

    /** In four sums, as one would wait for itself at every addition. */
    private static double squares(float[] values, int from, int to) {
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int i = from;
      for (; i <= to - 4; i += 4) {
        a += square(values[i]);
        b += square(values[i + 1]);
        c += square(values[i + 2]);
        d += square(values[i + 3]);
      }
      for (; i < to; i++) {
        a += square(values[i]);
      }
      return (a + b) + (c + d);
    }

    private static double square(double value) {
      return value * value;
    }
  }

  /**
   * By value: each coordinate to [−most, most], as PyTorch's {@code clip_grad_value_}.
   *
   * @param most above 0
   */
  record Value(double most) implements Clipping {
    /**
     * @throws IllegalArgumentException if the number is outside its range
     */
    public Value {
      requirePositive("the largest value", most);
    }

    @Override
    public void clip(float[] gradient, ParameterRanges trained) {
      float limit = (float) most;
      for (int range = 0; range < trained.count(); range++) {
        for (int i = trained.from(range); i < trained.to(range); i++) {
          gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
        }
      }
    }
  }

  /** No limit. */
  static Clipping none() {
    return new None();
  }

  /** Limits the gradient of the trained parameters, in its place. */
  void clip(float[] gradient, ParameterRanges trained);

  private static void requirePositive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number above 0, but is " + value);
    }
  }
}
