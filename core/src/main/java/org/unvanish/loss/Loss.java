package org.unvanish.loss;

import java.util.List;
import java.util.Optional;

/**
 * What a training lowers: a number for each sample that tells how far the network's outputs are
 * from the sample's target. The training lowers its mean, to which a penalty may be added.
 *
 * <p>The methods on single samples compute in double precision. They are plain, not fast, and what
 * the engine's kernels are checked against.
 *
 * <p>Implementations are immutable, and equal where they compute the same.
 *
 * @since 0.1
 */
public interface Loss {

  /** As messages name it: {@code softmax cross-entropy}. */
  String name();

  /** What is to be learnt. */
  TargetKind targets();

  /**
   * How many outputs a network needs.
   *
   * @param width how many classes there are, or how many numbers a target has
   */
  default int outputs(int width) {
    return width;
  }

  /**
   * What is reported of some samples: the loss itself, whose key is {@link Score#LOSS}, comes
   * first.
   */
  List<Score> scores();

  /** The score by which trainings are compared first. */
  default Score headline() {
    return scores().get(0);
  }

  /**
   * The scores of one sample, whose means over some samples are reported.
   *
   * @param outputs of the network
   * @param target a class number, or the target's numbers
   * @return one for each of {@link #scores()}
   */
  double[] scores(double[] outputs, double[] target);

  /**
   * The derivatives of one sample's loss with respect to the outputs.
   *
   * @param outputs of the network
   * @param target a class number, or the target's numbers
   * @return one for each output
   */
  double[] gradient(double[] outputs, double[] target);

  /**
   * The best constant answer.
   *
   * @param targets of the samples, at least one: of each a class number, or its numbers
   */
  ConstantPredictor constant(double[][] targets);

  /**
   * What a run's definition says of it; two losses that compute otherwise say otherwise. Empty for
   * the loss that definitions have meant since before they named one.
   */
  default Optional<String> definition() {
    return Optional.of(name());
  }
}
