package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.train.Checkpoint;

/** An {@link Optimizer} on arrays of PyTorch, written as its definition says. */
final class TorchOptimizer {

  private final Optimizer optimizer;
  private NDArray first;
  private NDArray second;
  private int step;

  /**
   * @param manager of the moments
   * @param parameters how many there are
   */
  TorchOptimizer(Optimizer optimizer, NDManager manager, int parameters) {
    this.optimizer = optimizer;
    this.first = manager.zeros(new Shape(parameters));
    this.second = manager.zeros(new Shape(optimizer.momentsPerParameter() == 2 ? parameters : 0));
  }

  /** Steps taken so far. */
  int step() {
    return step;
  }

  /** Where the optimiser stands. */
  Checkpoint checkpoint(int epoch, float[] parameters) {
    return new Checkpoint(
        epoch, step, parameters.clone(), first.toFloatArray(), second.toFloatArray());
  }

  /**
   * Goes on from where an optimiser stood.
   *
   * @throws IllegalArgumentException if that was another kind, or for other parameters
   */
  void restore(Checkpoint checkpoint) {
    first = restored("first", first, checkpoint.firstMoments());
    second = restored("second", second, checkpoint.secondMoments());
    step = checkpoint.step();
  }

  /** New arrays: DJL's way to write into one makes PyTorch print a warning. */
  private static NDArray restored(String which, NDArray moments, float[] stored) {
    if (moments.size() != stored.length) {
      throw new IllegalArgumentException(
          "the checkpoint has %d %s moments, but the run has %d"
              .formatted(stored.length, which, moments.size()));
    }
    NDArray restored = moments.getManager().create(stored);
    moments.close();
    return restored;
  }

  /**
   * Moves the parameters by one step.
   *
   * @param gradient the total one, in a manager that is closed soon: whatever else is made is
   *     attached to it
   */
  void update(NDArray parameters, NDArray gradient) {
    step++;
    if (optimizer instanceof Optimizer.Adam adam) {
      first.muli(adam.beta1()).addi(gradient.mul(1 - adam.beta1()));
      second.muli(adam.beta2()).addi(gradient.square().muli(1 - adam.beta2()));
      double correction1 = 1 - Math.pow(adam.beta1(), step);
      double correction2 = 1 - Math.pow(adam.beta2(), step);
      double epsilon =
          adam.form() == Optimizer.EpsilonForm.KINGMA_BA
              ? adam.epsilon()
              : adam.epsilon() / Math.sqrt(correction2);
      NDManager near = gradient.getManager();
      NDArray m = near.zeros(first.getShape()).addi(first).divi(correction1);
      NDArray v = near.zeros(second.getShape()).addi(second).divi(correction2);
      parameters.subi(m.muli(adam.learningRate()).divi(v.sqrt().addi(epsilon)));
    } else if (optimizer instanceof Optimizer.Sgd sgd) {
      first.muli(sgd.momentum()).addi(gradient);
      parameters.subi(gradient.zerosLike().addi(first).muli(sgd.learningRate()));
    } else {
      throw new IllegalStateException("PyTorch has no mirror of " + optimizer);
    }
  }
}
