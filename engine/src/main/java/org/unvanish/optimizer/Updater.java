package org.unvanish.optimizer;

/** An {@link Optimizer} at work on a run's parameters, with its moments. */
public final class Updater {

  private final Optimizer optimizer;
  private final float[] first;
  private final float[] second;
  private int step;

  public Updater(Optimizer optimizer, int parameters) {
    this.optimizer = optimizer;
    this.first = new float[parameters];
    this.second = new float[optimizer.momentsPerParameter() == 2 ? parameters : 0];
  }

  /** Steps taken so far. */
  public int step() {
    return step;
  }

  /** A copy of the first moments, one for each parameter. */
  public float[] firstMoments() {
    return first.clone();
  }

  /** A copy of the second moments, one for each parameter if the optimiser has them, else none. */
  public float[] secondMoments() {
    return second.clone();
  }

  /**
   * Goes on from where an optimiser stood.
   *
   * @throws IllegalArgumentException if that was another kind, or for other parameters
   */
  public void restore(int steps, float[] firstMoments, float[] secondMoments) {
    if (firstMoments.length != first.length || secondMoments.length != second.length) {
      throw new IllegalArgumentException(
          ("the checkpoint has %d parameters, %d first and %d second moments, but the run has %d,"
                  + " %d and %d")
              .formatted(
                  firstMoments.length,
                  firstMoments.length,
                  secondMoments.length,
                  first.length,
                  first.length,
                  second.length));
    }
    step = steps;
    System.arraycopy(firstMoments, 0, first, 0, first.length);
    System.arraycopy(secondMoments, 0, second, 0, second.length);
  }

  /** Moves the parameters by one step. */
  public void update(float[] parameters, float[] gradient) {
    step++;
    if (optimizer instanceof Optimizer.Adam adam) {
      // θ ← θ − η·m̂/(√v̂ + ε), with the two bias corrections drawn into η and ε.
      double correction1 = 1 - StrictMath.pow(adam.beta1(), step);
      double correction2 = Math.sqrt(1 - StrictMath.pow(adam.beta2(), step));
      double epsilon =
          adam.form() == Optimizer.EpsilonForm.KINGMA_BA
              ? adam.epsilon() * correction2
              : adam.epsilon();
      adam(
          parameters,
          gradient,
          (float) adam.beta1(),
          (float) (1 - adam.beta1()),
          (float) adam.beta2(),
          (float) (1 - adam.beta2()),
          (float) (adam.learningRate() * correction2 / correction1),
          (float) epsilon);
    } else if (optimizer instanceof Optimizer.Sgd sgd) {
      sgd(parameters, gradient, (float) sgd.learningRate(), (float) sgd.momentum());
    } else {
      throw new IllegalStateException("the engine has no steps for " + optimizer);
    }
  }

  private void adam(
      float[] parameters,
      float[] gradient,
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float rate,
      float epsilon) {
    float[] m = first;
    float[] v = second;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      m[i] = beta1 * m[i] + rest1 * g;
      v[i] = beta2 * v[i] + rest2 * (g * g);
      parameters[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }

  private void sgd(float[] parameters, float[] gradient, float rate, float momentum) {
    float[] velocity = first;
    for (int i = 0; i < parameters.length; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      parameters[i] -= rate * velocity[i];
    }
  }
}
