package org.unvanish.loss;

import java.util.List;
import java.util.Optional;

/**
 * What training minimises: for each sample, a number that says how far the network's outputs are
 * from its target. The training lowers its mean, to which a penalty may be added.
 *
 * <p>The methods on single samples compute in double precision. They are plain, not fast, and what
 * the engine's kernels are checked against.
 *
 * <p>Implementations are immutable, and equal where they compute the same.
 *
 * @since 0.1
 */
public sealed interface Loss permits SoftmaxCrossEntropy, NumberLoss, BinaryCrossEntropy, OneHot {

  /** A function that a loss applies to the outputs, so that the network must not end with it. */
  enum OutputFunction {
    /** None: the outputs are what is compared with the target. */
    IDENTITY,
    /** 1/(1 + e⁻ᶻ) of each output. */
    LOGISTIC,
    /** eᶻ of each output, divided by the sum over all of them. */
    SOFTMAX
  }

  /** The loss of those who name none: the usual one for such targets. */
  static Loss standard(TargetKind kind) {
    return switch (kind) {
      case CLASSES -> new SoftmaxCrossEntropy();
      case NUMBERS -> new MeanSquaredError();
    };
  }

  /** As messages name it: {@code softmax cross-entropy}. */
  String name();

  /** What is to be learnt. */
  TargetKind targets();

  /**
   * The loss as it is computed on such targets. A loss on numbers takes classes as numbers 0 and 1:
   * see {@link OneHot}.
   *
   * @param kind of the targets
   * @param width how many classes there are, or how many numbers a target has
   * @param data what they are called in messages
   * @throws IllegalArgumentException if it cannot be computed on them; the message says what can be
   *     done
   */
  default Loss on(TargetKind kind, int width, String data) {
    if (kind != targets()) {
      throw new IllegalArgumentException(
          "the loss %s needs %s as targets, but those of %s are %s. Choose a loss for %s, such as the %s, or data with %s."
              .formatted(
                  name(),
                  targets().title(),
                  data,
                  kind.title(),
                  kind.title(),
                  standard(kind).name(),
                  targets().title()));
    }
    return this;
  }

  /**
   * With all that it takes from the data on which a network is trained.
   *
   * @param training the targets of the training samples, of the kind that the loss needs
   */
  default Loss fitted(TargetTable training) {
    return this;
  }

  /**
   * Why it cannot be computed on some targets of its kind; empty where it can.
   *
   * @return the end of a sentence that begins with their name: {@code have 7.5 as a target, …}
   */
  default Optional<String> problem(TargetTable targets) {
    return Optional.empty();
  }

  /** What it applies to the outputs. */
  default OutputFunction applied() {
    return OutputFunction.IDENTITY;
  }

  /** Above it, an output says that a label is there, or that it is the second of two classes. */
  default double threshold() {
    return 0.5;
  }

  /**
   * How many outputs a network has whose builder leaves that to the loss.
   *
   * @param width how many classes there are, or how many numbers a target has
   */
  default int outputs(int width) {
    return width;
  }

  /** Whether it can be computed of so many outputs. */
  default boolean fits(int outputs, int width) {
    return outputs == outputs(width);
  }

  /**
   * What is reported of some samples: the loss itself, whose key is {@link Score#LOSS}, comes
   * first.
   */
  List<Score> scores();

  /** The score by which trainings are compared first. */
  Score headline();

  /**
   * How many sums over the samples it takes to know the scores.
   *
   * @param outputs of the network
   */
  default int sums(int outputs) {
    return scores().size();
  }

  /**
   * Adds one sample to the sums. The first of them is that of the losses.
   *
   * @param outputs of the network
   * @param target a class number, or the target's numbers
   * @param sums as many as {@link #sums} says
   */
  void add(double[] outputs, double[] target, double[] sums);

  /**
   * Adds what was summed up over other samples: those of another batch, or of another part of the
   * data.
   *
   * @param sums to which is added
   * @param others over at least one sample
   */
  default void merge(double[] sums, double[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
  }

  /**
   * The scores of some samples.
   *
   * @param sums over the samples
   * @param samples how many there are
   */
  default Scores scores(double[] sums, long samples) {
    return Scores.means(scores(), sums, samples);
  }

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
   * @param targets of the samples, at least one
   */
  ConstantPredictor constant(TargetTable targets);

  /**
   * What a run's definition says of it; two losses that compute otherwise say otherwise. Empty for
   * the loss that definitions have meant since before they named one.
   */
  default Optional<String> definition() {
    return Optional.of(name());
  }
}
