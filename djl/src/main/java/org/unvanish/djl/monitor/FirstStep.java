package org.unvanish.djl.monitor;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.djl.ScaledActivation;

/**
 * DJL's test of a trainer's first step, which must not decide whether a network can be watched.
 *
 * <p>To notice a forgotten backward pass, {@link Trainer#step} adds up all coordinates of all
 * gradients until that sum was once other than zero, and refuses a step where it is zero. Over the
 * classes a softmax's gradients add up to zero but for rounding, so that where nothing reaches the
 * layers before, the processor's rounding decides. A monitor looks at each coordinate instead.
 */
public final class FirstStep {

  private FirstStep() {}

  /**
   * Passes DJL's test, once and for all, by a step of a parameter of its own. Nothing else moves,
   * as no parameter of the model is in the trainer's store yet; an optimizer counts its steps for
   * each parameter apart.
   *
   * @param trainer that has not seen a batch yet
   */
  public static void passTest(Trainer trainer) {
    Model model = trainer.getModel();
    Block block = model.getBlock();
    // The trainer closes it.
    NDManager manager = trainer.getManager().newSubManager(trainer.getDevices()[0]);
    Block other = ScaledActivation.learned(ActivationFunction.TANH, 1);
    other.initialize(manager, DataType.FLOAT32, new Shape(1));
    try (GradientCollector collector = trainer.newGradientCollector()) {
      collector.backward(other.getParameters().valueAt(0).getArray().sum());
    }
    model.setBlock(other);
    try {
      trainer.step();
    } finally {
      model.setBlock(block);
    }
    // The steps to come leave it alone.
    other.freezeParameters(true);
  }

  /**
   * The exact test.
   *
   * @throws IllegalStateException if there is no gradient
   */
  static void require(boolean anyGradient) {
    if (!anyGradient) {
      throw new IllegalStateException(
          "all gradients of the first batch are exactly zero. Either collector.backward(loss) "
              + "was not called, or the last layer passes nothing, such as when all its units are "
              + "saturated. DjlDiagnosis.diagnose tells which layer stops the gradient");
    }
  }
}
