package org.unvanish.optimizer;

/**
 * What each {@link Optimizer} does to parameters {@code from} to {@code to} in one step: in single
 * precision, parameter by parameter, so that no result depends on the range.
 */
final class UpdateLoops {

  private UpdateLoops() {}

  /**
   * Moves some parameters by one step. Not a method of {@link Optimizer}, which is public and would
   * show how moments are kept.
   *
   * @param at the step, its learning rate and the moments of all parameters
   * @param parameters of the whole network
   * @param gradient the total one, of the whole network
   * @param from place of the first parameter to move
   * @param to place behind the last one
   */
  static void move(
      Optimizer optimizer, Updater at, float[] parameters, float[] gradient, int from, int to) {
    if (optimizer instanceof Optimizer.Adam adam) {
      adam(at, adam, parameters, gradient, from, to);
    } else if (optimizer instanceof Optimizer.AdamW adamW) {
      decay(parameters, from, to, (float) (1 - at.learningRate() * adamW.weightDecay()));
      adam(at, adamW.adam(), parameters, gradient, from, to);
    } else if (optimizer instanceof Optimizer.Sgd sgd && sgd.nesterov()) {
      nesterov(at, sgd, parameters, gradient, from, to);
    } else if (optimizer instanceof Optimizer.Sgd sgd) {
      sgd(at, sgd, parameters, gradient, from, to);
    } else if (optimizer instanceof Optimizer.RmsProp rmsProp) {
      rmsProp(at, rmsProp, parameters, gradient, from, to);
    } else if (optimizer instanceof Optimizer.Adagrad adagrad) {
      adagrad(at, adagrad, parameters, gradient, from, to);
    } else {
      throw new IllegalStateException("there is no update for " + optimizer);
    }
  }

  /** θ ← θ − η·m̂/(√v̂ + ε), with the two bias corrections drawn into η and ε. */
  static void adam(
      Updater at, Optimizer.Adam adam, float[] parameters, float[] gradient, int from, int to) {
    double correction1 = 1 - StrictMath.pow(adam.beta1(), at.step());
    double correction2 = Math.sqrt(1 - StrictMath.pow(adam.beta2(), at.step()));
    float epsilon =
        switch (adam.form()) {
          case KINGMA_BA -> (float) (adam.epsilon() * correction2);
          case EPSILON_HAT -> (float) adam.epsilon();
        };
    float rate = (float) (at.learningRate() * correction2 / correction1);
    float beta1 = (float) adam.beta1();
    float rest1 = (float) (1 - adam.beta1());
    float beta2 = (float) adam.beta2();
    float rest2 = (float) (1 - adam.beta2());
    float[] m = at.first;
    float[] v = at.second;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      m[i] = beta1 * m[i] + rest1 * g;
      v[i] = beta2 * v[i] + rest2 * (g * g);
      parameters[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }

  /** θ ← kept·θ. */
  static void decay(float[] parameters, int from, int to, float kept) {
    for (int i = from; i < to; i++) {
      parameters[i] *= kept;
    }
  }

  static void sgd(
      Updater at, Optimizer.Sgd sgd, float[] parameters, float[] gradient, int from, int to) {
    float rate = (float) at.learningRate();
    float momentum = (float) sgd.momentum();
    float[] velocity = at.first;
    for (int i = from; i < to; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      parameters[i] -= rate * velocity[i];
    }
  }

  static void nesterov(
      Updater at, Optimizer.Sgd sgd, float[] parameters, float[] gradient, int from, int to) {
    float rate = (float) at.learningRate();
    float momentum = (float) sgd.momentum();
    float[] velocity = at.first;
    for (int i = from; i < to; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      parameters[i] -= rate * (gradient[i] + momentum * velocity[i]);
    }
  }

  static void rmsProp(
      Updater at, Optimizer.RmsProp rms, float[] parameters, float[] gradient, int from, int to) {
    float rate = (float) at.learningRate();
    float rho = (float) rms.rho();
    float rest = (float) (1 - rms.rho());
    float epsilon = (float) rms.epsilon();
    float momentum = (float) rms.momentum();
    float[] velocity = at.first;
    float[] square = at.second;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      square[i] = rho * square[i] + rest * (g * g);
      velocity[i] = momentum * velocity[i] + g / ((float) Math.sqrt(square[i]) + epsilon);
      parameters[i] -= rate * velocity[i];
    }
  }

  static void adagrad(
      Updater at, Optimizer.Adagrad ada, float[] parameters, float[] gradient, int from, int to) {
    float rate = (float) at.learningRate();
    float epsilon = (float) ada.epsilon();
    float[] sum = at.first;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      sum[i] += g * g;
      parameters[i] -= rate * g / ((float) Math.sqrt(sum[i]) + epsilon);
    }
  }
}
