package org.unvanish.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.djl.ScaledActivation;

/**
 * Recognises activation functions in a user's model.
 *
 * <p>DJL's activation blocks are functions in a {@link LambdaBlock} whose name is free, so they are
 * known by what they do: by their values at a few numbers. That finds {@code tanhBlock()} as well
 * as {@code add(Activation::tanh)} and {@code addSingleton(NDArray::tanh)}.
 */
public final class ActivationFinder {

  /** More than a handful of numbers, of all sizes and both signs, in no order. */
  private static final float[] PRE_ACTIVATIONS = {
    -0.5f, 3, -7, 0, 1, -2, 0.25f, 12, -1, 0.01f, 5, -0.1f
  };

  /** Four dimensions first, as images have: what reshapes them is not an activation alone. */
  private static final List<Shape> SHAPES = List.of(new Shape(2, 3, 1, 2), new Shape(4, 3));

  private ActivationFinder() {}

  /** Whether the paper's remedy is made for it: a function that levels off for large arguments. */
  public static boolean isSigmoidType(Activation activation) {
    return Double.isFinite(SaturationPoint.of(activation.function()).above());
  }

  /**
   * The last block of a chain, perhaps of chains. An activation there decides which numbers the
   * model puts out, so that remedies leave it as it is.
   *
   * @param model a chain, or a block that is none and its own end
   */
  public static Block end(Block model) {
    Block end = model;
    while (end instanceof SequentialBlock chain && !chain.getChildren().isEmpty()) {
      end = chain.getChildren().valueAt(chain.getChildren().size() - 1);
    }
    return end;
  }

  /**
   * The activation that a block applies, if it is one of core's and nothing more. One whose learned
   * α is not above 0 is none of them.
   *
   * @param manager of the engine that the block is for
   */
  public static Optional<Activation> find(Block block, NDManager manager) {
    if (block instanceof ScaledActivation scaled) {
      try {
        return Optional.of(scaled.current());
      } catch (IllegalArgumentException outOfRange) {
        return Optional.empty();
      }
    }
    if (block.getClass() != LambdaBlock.class) {
      return Optional.empty();
    }
    for (Shape shape : SHAPES) {
      try (NDManager own = manager.newSubManager()) {
        NDList output =
            block.forward(
                new ParameterStore(own, false),
                new NDList(own.create(PRE_ACTIVATIONS, shape)),
                false);
        return output.size() == 1 && output.get(0).getShape().equals(shape)
            ? function(output.get(0)).map(Activation::of)
            : Optional.empty();
      } catch (RuntimeException notForThisShape) {
        // A function may insist on another number of dimensions, or of arrays.
      }
    }
    return Optional.empty();
  }

  private static Optional<ActivationFunction> function(NDArray output) {
    float[] values = output.toFloatArray();
    for (ActivationFunction function : ActivationFunction.values()) {
      if (agrees(function, values)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  private static boolean agrees(ActivationFunction function, float[] values) {
    for (int i = 0; i < values.length; i++) {
      double expected = function.value(PRE_ACTIVATIONS[i]);
      if (!(Math.abs(values[i] - expected) <= 1e-5 * Math.max(1e-2, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }
}
