package org.unvanish.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.Scale;
import org.unvanish.djl.model.ActivationFinder;
import org.unvanish.djl.model.BlockCopy;

/**
 * Applies the paper's remedy to an existing model.
 *
 * @since 0.1
 */
public final class Remedies {

  private final List<Activation> found = new ArrayList<>();
  private final double alpha;

  private Remedies(double alpha) {
    this.alpha = alpha;
  }

  /**
   * A copy of a block in which f_α(z) = α·f(z/α) takes the place of each sigmoid-type activation
   * function f: of tanh, the logistic function, log-sigmoid, arctan and softsign. One at the end of
   * a {@code SequentialBlock} stays, as it decides which numbers are put out.
   *
   * <p>Any tree of blocks can be copied, of DJL's classes or of one's own. All parameters are
   * copied, not shared, and belong to the same {@link NDManager} as the original's, so that its
   * model has to stay open. The original is left as it is. A fixed α that is there already is
   * multiplied; a learned one finds its own way, and naive scaling stays what it is.
   *
   * <p>An activation function is recognised where it is a block of its own, however it was made:
   * {@code tanhBlock()}, {@code add(Activation::tanh)}, {@link ScaledActivation}. One that a block
   * applies within its own {@code forward} cannot be seen: that of {@code LSTM} and {@code GRU},
   * and of one's own blocks that call {@code Activation.tanh(z)} themselves.
   *
   * @param block initialised or not
   * @param alpha from 1e-30 to 1e30
   * @return the copy, of the same class as the block unless that is an activation itself
   * @throws IllegalArgumentException if α is out of range, no activation can be scaled, or a block
   *     cannot be copied; the message names its path
   */
  public static Block scale(Block block, double alpha) {
    Scale.Fixed checked = new Scale.Fixed(alpha);
    Block end = ActivationFinder.end(block);
    Remedies remedies = new Remedies(checked.alpha());
    try (NDManager manager = manager(block)) {
      Block copy =
          new BlockCopy(
                  null,
                  part ->
                      part == end && part != block
                          ? Optional.empty()
                          : remedies.scaled(part, manager))
              .of(block, block.getClass().getSimpleName());
      if (remedies.found.isEmpty()) {
        throw new IllegalArgumentException(
            "this block has no sigmoid-type activation to scale (tanh, logistic, log-sigmoid, "
                + "arctan or softsign); the last one is never scaled. An activation that a block "
                + "applies in its own forward method cannot be seen: use a ScaledActivation there");
      }
      return copy;
    }
  }

  private Optional<Block> scaled(Block part, NDManager manager) {
    Optional<Activation> activation =
        ActivationFinder.find(part, manager)
            .filter(a -> ActivationFinder.isSigmoidType(a) && a.scale() instanceof Scale.Fixed);
    return activation.map(
        a -> {
          found.add(a);
          ScaledActivation scaled = ScaledActivation.fixed(a.function(), a.outer() * alpha);
          scaled.takePlaceOf(part);
          return scaled;
        });
  }

  /** Of the engine that the block is for: the default one where it has no parameters yet. */
  static NDManager manager(Block block) {
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.isInitialized()) {
        return parameter.getArray().getManager().newSubManager();
      }
    }
    return NDManager.newBaseManager();
  }
}
