package org.unvanish.optimizer;

import org.unvanish.network.Network;

/** An {@link Optimizer} at work on a run's parameters, with its moments. */
public final class Updater {

  private final Optimizer optimizer;
  private final Schedule schedule;
  private final Clipping clipping;
  private final int stepsPerEpoch;
  private final ParameterRanges trained;

  /** One for each parameter: Adam's m, the velocity, or Adagrad's sum of squares. */
  final float[] first;

  /** Of Adam and RMSprop, one for each parameter: the mean square. */
  final float[] second;

  private int step;

  /**
   * @param network whose parameters are moved, in its order
   * @param stepsPerEpoch of the run, at least 1
   */
  public Updater(
      Optimizer optimizer,
      Schedule schedule,
      Clipping clipping,
      Network network,
      int stepsPerEpoch) {
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.clipping = clipping;
    this.stepsPerEpoch = stepsPerEpoch;
    this.trained = ParameterRanges.of(network.parameters());
    int parameters = network.parameterCount();
    this.first = new float[parameters];
    this.second = new float[optimizer.momentsPerParameter() == 2 ? parameters : 0];
  }

  /** Steps taken so far. */
  public int step() {
    return step;
  }

  /** The learning rate of the last step, after the schedule. */
  double learningRate() {
    return optimizer.learningRate() * schedule.factor(step, stepsPerEpoch);
  }

  /** A copy of the first moments, one for each parameter. */
  public float[] firstMoments() {
    return first.clone();
  }

  /** A copy of the second moments, one for each parameter if the optimizer has them, else none. */
  public float[] secondMoments() {
    return second.clone();
  }

  /**
   * Goes on from where an optimizer stood.
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

  /**
   * Moves the trained parameters by one step.
   *
   * @param gradient the total one; clipped in its place
   */
  public void update(float[] parameters, float[] gradient) {
    step++;
    clipping.clip(gradient, trained);
    for (int i = 0; i < trained.count(); i++) {
      UpdateLoops.move(optimizer, this, parameters, gradient, trained.from(i), trained.to(i));
    }
  }
}
