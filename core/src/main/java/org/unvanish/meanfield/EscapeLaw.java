package org.unvanish.meanfield;

/**
 * How a penalty r·θ makes a parameter smaller while the gradient of the data is noise of mean 0.
 *
 * <p>It says how long large parameters take to leave the saturated region; it ends where the
 * gradient of the data takes over.
 *
 * @since 0.1
 */
public sealed interface EscapeLaw {

  /** By which a uniform distribution is represented. */
  int PARAMETERS = 32;

  /**
   * Stochastic gradient descent, θ(t) = θ₀·e^(−ηrt): whatever the noise.
   *
   * @param learningRate η ≥ 0, of one step
   * @param strength r ≥ 0: the penalty's gradient is r·θ
   */
  record Sgd(double learningRate, double strength) implements EscapeLaw {
    /**
     * @throws IllegalArgumentException if a number is below 0 or not finite
     */
    public Sgd {
      requireFinite("learningRate", learningRate);
      requireFinite("strength", strength);
    }

    @Override
    public double after(double start, double steps) {
      return start * StrictMath.exp(-learningRate * strength * steps);
    }

    @Override
    public double steps(double start, double end) {
      requireSmaller(start, end);
      return start == end ? 0 : StrictMath.log(start / end) / (learningRate * strength);
    }
  }

  /**
   * Adam: dθ/dt = −η·rθ/√v̂, dv/dt = (r²θ² + s² − v)/τ, with τ = 1/(1 − β₂), v(0) = 0 and v̂ = v/(1
   * − e^(−t/τ)).
   *
   * <p>Without noise it is free of r: about η a step, whatever the size. Where s is far above rθ it
   * is exponential with rate ηr/s.
   *
   * @param learningRate η ≥ 0, of one step
   * @param strength r ≥ 0: the penalty's gradient is r·θ
   * @param noise s ≥ 0, root mean square of the data's gradient of one parameter; 0 for the fastest
   *     escape that there is
   * @param beta2 β₂, from 0 to below 1
   */
  record Adam(double learningRate, double strength, double noise, double beta2)
      implements EscapeLaw {

    /**
     * A share of the time in which v forgets, and in which θ shrinks, that one step of Runge and
     * Kutta takes.
     */
    private static final double STEP = 0.05;

    /** Of v's time, after which a parameter counts as one that stays. */
    private static final double LONGEST = 1e5;

    /** Of η: smaller parameters are those of steps that alternate, as good as 0. */
    private static final double SMALLEST = 1e-3;

    /**
     * @throws IllegalArgumentException if a number is below 0 or not finite, or β₂ not below 1
     */
    public Adam {
      requireFinite("learningRate", learningRate);
      requireFinite("strength", strength);
      requireFinite("noise", noise);
      if (!(beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException("beta2 must be from 0 to below 1, but is " + beta2);
      }
    }

    /**
     * {@inheritDoc}
     *
     * @return 0 below a thousandth of η, where an optimizer's steps alternate
     */
    @Override
    public double after(double start, double steps) {
      return learningRate == 0 || strength == 0
          ? start
          : new Course(this, start).until(steps, 0).theta;
    }

    /**
     * {@inheritDoc}
     *
     * @return infinite also beyond 10⁵·τ steps
     */
    @Override
    public double steps(double start, double end) {
      requireSmaller(start, end);
      if (start == end) {
        return 0;
      }
      if (learningRate == 0 || strength == 0) {
        return Double.POSITIVE_INFINITY;
      }
      Course course = new Course(this, start).until(LONGEST / (1 - beta2), end);
      return course.theta > end ? Double.POSITIVE_INFINITY : course.time;
    }

    /**
     * Whether the noise rules, rθ &lt; s/10: then Adam divides the penalty's pull away, and
     * parameters of this size hardly shrink.
     */
    public boolean isDrowned(double theta) {
      return strength * Math.abs(theta) < noise / 10;
    }

    /**
     * The two equations, integrated by Runge and Kutta's rule of order 4; in units of r, which
     * drops out.
     */
    private static final class Course {
      private final double rate;
      private final double forget;
      private final double noise;

      double time;
      double theta;

      /** v/r². */
      private double square;

      Course(Adam law, double start) {
        this.rate = law.learningRate;
        this.forget = 1 - law.beta2;
        this.noise = law.noise / law.strength;
        this.theta = start;
      }

      /** To a time, or until θ has come down to an end. */
      Course until(double last, double end) {
        while (time < last && theta > end) {
          if (theta < SMALLEST * rate) {
            theta = 0;
            break;
          }
          double root = root(time, theta, square);
          double step = Math.min(last - time, STEP * Math.min(1 / forget, root / rate));
          double before = theta;
          advance(step);
          if (theta <= end && end > 0) {
            // Between two steps θ falls as an exponential does, nearly.
            time -= step * StrictMath.log(end / theta) / StrictMath.log(before / theta);
            theta = end;
          }
        }
        return this;
      }

      private void advance(double h) {
        double a = fall(time, theta, square);
        double p = rise(theta, square);
        double b = fall(time + h / 2, theta + h / 2 * a, square + h / 2 * p);
        double q = rise(theta + h / 2 * a, square + h / 2 * p);
        double c = fall(time + h / 2, theta + h / 2 * b, square + h / 2 * q);
        double r = rise(theta + h / 2 * b, square + h / 2 * q);
        double d = fall(time + h, theta + h * c, square + h * r);
        double s = rise(theta + h * c, square + h * r);
        theta += h / 6 * (a + 2 * b + 2 * c + d);
        square += h / 6 * (p + 2 * q + 2 * r + s);
        time += h;
      }

      private double fall(double t, double x, double v) {
        return -rate * x / root(t, x, v);
      }

      private double rise(double x, double v) {
        return forget * (x * x + noise * noise - v);
      }

      /** √v̂; at first it is the gradient's own size. */
      private double root(double t, double x, double v) {
        double known = -StrictMath.expm1(-forget * t);
        return known == 0 ? Math.sqrt(x * x + noise * noise) : Math.sqrt(v / known);
      }
    }
  }

  /** η, of one step. */
  double learningRate();

  /** r. */
  double strength();

  /**
   * The magnitude of a parameter after so many steps.
   *
   * @param start its magnitude at first, above 0
   * @param steps from 0 on
   */
  double after(double start, double steps);

  /**
   * How many steps it takes from one magnitude to a smaller one.
   *
   * @param end above 0 and at most the start
   * @return infinite if it never comes there
   * @throws IllegalArgumentException if the end is not above 0, or above the start
   */
  double steps(double start, double end);

  /**
   * How many steps it takes until a tensor has a smaller root mean square, if it begins uniform
   * from −bound to bound; to 0.1 ‰. Without noise it is a lower bound for the escape of large
   * parameters.
   *
   * @param rms above 0 and at most bound/√3
   * @return infinite if it never comes there
   * @throws IllegalArgumentException if the root mean square is out of its range
   */
  default double stepsFromUniform(double bound, double rms) {
    requireSmaller(bound / Math.sqrt(3), rms);
    double low = 0;
    double high = steps(bound, rms);
    while (high - low > 1e-4 * high && high < Double.POSITIVE_INFINITY) {
      double middle = (low + high) / 2;
      if (afterFromUniform(bound, middle) > rms) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * The root mean square of a tensor after so many steps, if it begins uniform from −bound to
   * bound.
   *
   * @param steps from 0 on
   */
  default double afterFromUniform(double bound, double steps) {
    double sum = 0;
    for (int i = 0; i < PARAMETERS; i++) {
      double theta = after(bound * (i + 0.5) / PARAMETERS, steps);
      sum += theta * theta;
    }
    return Math.sqrt(sum / PARAMETERS);
  }

  /**
   * Whether the penalty drives parameters through the size at which the network is critical, r·θ
   * above the gradient of the data there: then it goes on to where nothing is left.
   *
   * @param critical the size of critical parameters
   * @param dataGradient root mean square of the data's gradient of one such parameter
   */
  default boolean passesCritical(double critical, double dataGradient) {
    return strength() * critical > dataGradient;
  }

  private static void requireFinite(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a finite number from 0 on, but is " + value);
    }
  }

  private static void requireSmaller(double start, double end) {
    if (!(end > 0 && end <= start)) {
      throw new IllegalArgumentException(
          "the end must be above 0 and at most the start, " + start + ", but is " + end);
    }
  }
}
