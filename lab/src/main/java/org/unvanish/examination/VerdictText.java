package org.unvanish.examination;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Verdict;

/** A verdict as people say it. */
public final class VerdictText {

  private VerdictText() {}

  /** A sentence, with the words in brackets that the verdict has in JSON and {@code --fail-on}. */
  public static String sentence(Verdict verdict, String when) {
    String signal =
        switch (verdict.signal()) {
          case VANISHING -> "vanishes";
          case STEADY -> "keeps its size";
          case EXPLODING -> "explodes";
        };
    String joint = verdict.signal() == Signal.STEADY ? ", but " : ", because ";
    String cause = cause(verdict.cause());
    return "%s%s the backpropagated signal %s on its way from the last layer to the first%s%s (%s)."
        .formatted(
            when.substring(0, 1).toUpperCase(Locale.ROOT),
            when.substring(1),
            signal,
            through(verdict.mechanism()),
            cause.isEmpty() ? "" : joint + cause,
            verdict);
  }

  private static String through(@Nullable Mechanism mechanism) {
    if (mechanism == null) {
      return "";
    }
    return switch (mechanism) {
      case ACTIVATION -> ", through f′";
      case LINEAR -> ", through the weights";
      case BOTH -> ", through f′ and the weights";
    };
  }

  private static String cause(Cause cause) {
    return switch (cause) {
      case LARGE_PARAMETERS -> "parameters are large";
      case MANY_LAYERS -> "many layers each do a part of it";
      case BOTH -> "parameters are large and layers are many";
      case LARGE_INPUTS -> "the data is not scaled";
      case DEAD_UNITS -> "units of relu are dead";
      case LARGE_LEARNING_RATE -> "the learning rate is too large";
      case SMALL_LEARNING_RATE -> "the learning rate is too small";
      case STRONG_PENALTY -> "the penalty is too strong";
      case CAPACITY -> "the network has too few units for its task";
      case ZERO_LOSS -> "the loss is exactly 0";
      case EQUAL_UNITS -> "units of a layer are equal";
      case CONSTANT_PREDICTION -> "all samples are predicted to be one class";
      case CONSTANT_INPUTS -> "all samples have the same inputs";
      case CONSTANT_TARGETS -> "all samples have the same target";
      case NONE -> "";
    };
  }

  /**
   * {@code at the initial values}, {@code after 300 steps}, {@code after epoch 2}.
   *
   * @param step steps that are done
   * @param stepsPerEpoch how many there are
   */
  public static String when(long step, long stepsPerEpoch) {
    if (step == 0) {
      return "at the initial values";
    }
    return step % stepsPerEpoch == 0
        ? "after epoch " + step / stepsPerEpoch
        : "after " + step + (step == 1 ? " step" : " steps");
  }
}
