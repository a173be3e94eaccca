package org.unvanish.diagnosis.prescription;

/**
 * Remedies other than penalty, scale and initial weights.
 *
 * @since 0.1
 */
public enum OtherRemedy {
  /** Standardise the data, or scale it to [0, 1]. */
  SCALE_INPUTS("scale-inputs", "standardised inputs", "standardise the inputs"),
  /** Standardise the targets, which are numbers. */
  SCALE_TARGETS("scale-targets", "standardised targets", "standardise the targets"),
  /** Leave out the last activation and train with a binary cross-entropy of the logits instead. */
  FUSED_LOSS(
      "fused-loss",
      "a binary cross-entropy on logits, without the last activation",
      "train with a binary cross-entropy on logits"),
  /** Leave out the last softmax and train with the softmax cross-entropy of the logits instead. */
  FUSED_SOFTMAX(
      "fused-softmax",
      "the softmax cross-entropy on logits, without the last softmax",
      "train with the softmax cross-entropy on logits"),
  /** Leave out the last activation, so that the network can output any number. */
  NO_LAST_ACTIVATION("no-last-activation", "no last activation", "leave the last activation out"),
  /** Take tanh as the activation function. */
  USE_TANH("use-tanh", "tanh", "use tanh"),
  /** Train with a tenth of the learning rate, where steps are too large. */
  LOWER_LEARNING_RATE(
      "lower-learning-rate", "learning rate ÷ 10", "divide the learning rate by 10"),
  /** Train with a hundredth of the learning rate. */
  MUCH_LOWER_LEARNING_RATE(
      "much-lower-learning-rate", "learning rate ÷ 100", "divide the learning rate by 100"),
  /** Train with ten times the learning rate, where nothing moves. */
  HIGHER_LEARNING_RATE(
      "higher-learning-rate", "learning rate × 10", "multiply the learning rate by 10"),
  /** Train with a hundred times the learning rate. */
  MUCH_HIGHER_LEARNING_RATE(
      "much-higher-learning-rate", "learning rate × 100", "multiply the learning rate by 100"),
  /** A tenth of the penalty that training has, where it has made the weights too small. */
  WEAKER_PENALTY("weaker-penalty", "penalty ÷ 10", "divide the penalty by 10"),
  /** Four times as many units or filters in each hidden layer, where the network cannot do it. */
  WIDER_LAYERS("wider-layers", "hidden layers × 4", "make the hidden layers four times as wide"),
  /** Recurrent weights that start as an orthogonal matrix, where steps change a gradient's size. */
  ORTHOGONAL_RECURRENT(
      "orthogonal-recurrent",
      "initial recurrent weights: orthogonal",
      "start from orthogonal recurrent weights"),
  /** Gradients whose norm is limited, where few mini-batches have a very large one. */
  CLIPPED_GRADIENTS(
      "clipped-gradients", "gradients clipped to a norm of 1", "clip gradients to a norm of 1");

  private final String label;
  private final String text;
  private final String advice;

  OtherRemedy(String label, String text, String advice) {
    this.label = label;
    this.text = text;
    this.advice = advice;
  }

  /** As it is written in JSON and reports. */
  public String label() {
    return label;
  }

  /** As people say it. */
  public String text() {
    return text;
  }

  /** What to do, as an imperative. */
  String advice() {
    return advice;
  }

  /** True of a change to the training, which no probe of a network can foretell. */
  boolean isOfTraining() {
    return switch (this) {
      case LOWER_LEARNING_RATE,
          MUCH_LOWER_LEARNING_RATE,
          HIGHER_LEARNING_RATE,
          MUCH_HIGHER_LEARNING_RATE,
          WEAKER_PENALTY,
          CLIPPED_GRADIENTS ->
          true;
      case SCALE_INPUTS,
          SCALE_TARGETS,
          FUSED_LOSS,
          FUSED_SOFTMAX,
          NO_LAST_ACTIVATION,
          USE_TANH,
          WIDER_LAYERS,
          ORTHOGONAL_RECURRENT ->
          false;
    };
  }

  /** True of what changes the loss, so that losses with it and without say nothing together. */
  public boolean changesLoss() {
    return this == FUSED_LOSS || this == FUSED_SOFTMAX || this == SCALE_TARGETS;
  }

  /** True of what changes outputs and targets. */
  boolean isOfOutput() {
    return changesLoss() || this == NO_LAST_ACTIVATION;
  }

  /** True of smaller steps and of a weaker penalty. */
  boolean isGentler() {
    return this == LOWER_LEARNING_RATE
        || this == MUCH_LOWER_LEARNING_RATE
        || this == WEAKER_PENALTY;
  }

  @Override
  public String toString() {
    return label;
  }
}
