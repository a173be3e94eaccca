package org.unvanish.diagnosis.prescription;

import java.util.Locale;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.evidence.MeasuredBackward;

/** The parts of a verdict in words. */
public final class VerdictWords {

  private VerdictWords() {}

  /** What becomes of the gradient: {@code vanishes}. */
  public static String signal(Signal signal) {
    return switch (signal) {
      case VANISHING -> "vanishes";
      case STABLE -> "keeps its size";
      case EXPLODING -> "explodes";
    };
  }

  /** Why, as a clause behind {@code because}; empty where there is no cause. */
  public static String cause(Cause cause) {
    return switch (cause) {
      case LARGE_PARAMETERS -> "parameters are large";
      case MANY_LAYERS -> "the effects of many layers multiply";
      case MANY_STEPS -> "the effects of many steps multiply";
      case BOTH -> "parameters are large, and the other layers do not keep it either";
      case LARGE_INPUTS -> "the data is not scaled";
      case DEAD_UNITS -> "relu units are dead";
      case SATURATED_OUTPUT -> "the last activation is saturated where the outputs are wrong";
      case LARGE_TARGETS -> "the targets are not scaled";
      case TARGETS_OUT_OF_RANGE -> "targets lie outside the range of the last activation";
      case TARGETS_AT_ASYMPTOTE -> "targets lie at values that the last activation never reaches";
      case LARGE_LEARNING_RATE -> "the learning rate is too large";
      case SMALL_LEARNING_RATE -> "the learning rate is too small";
      case STRONG_PENALTY -> "the penalty is too strong";
      case CAPACITY -> "the network has too few units for its task";
      case ZERO_LOSS -> "the loss is exactly 0";
      case EQUAL_UNITS -> "units of a layer are equal";
      case CONSTANT_PREDICTION -> "the network predicts one class for all samples";
      case CONSTANT_INPUTS -> "all samples have the same inputs";
      case CONSTANT_TARGETS -> "all samples have the same target";
      case NONE -> "";
    };
  }

  /**
   * What has become of the loss: {@code the loss is 1.5, where a constant predictor has 2.3, the
   * accuracy 40.0 %}.
   *
   * @param loss NaN or infinite where it is not finite
   * @param constantLoss NaN where it is not known
   * @param headline what else is known, such as {@code the accuracy 40.0 %}; empty for nothing
   */
  public static String loss(double loss, double constantLoss, String headline) {
    return "the loss is %s%s%s"
        .formatted(
            Double.isFinite(loss) ? number(loss) : "not finite",
            Double.isNaN(constantLoss)
                ? ""
                : ", where a constant predictor has " + number(constantLoss),
            headline.isEmpty() ? "" : ", " + headline);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, value < 0.001 ? "%.1e" : "%.3g", value);
  }

  /** {@code the accuracy 40.0 %}. */
  public static String accuracy(double share) {
    return String.format(Locale.ROOT, "the accuracy %.1f %%", 100 * share);
  }

  /**
   * What a network has learnt, as a sentence; empty where nothing is known of it.
   *
   * @param loss as {@link #loss} has it
   */
  public static String learnt(Learning learning, String when, String loss) {
    String said =
        switch (learning) {
          case UNKNOWN -> "";
          case WORSE -> "The network gets worse: ";
          case NOTHING -> "It has learnt hardly anything so far: ";
          case SOME, FITTED -> "The network learns: ";
        };
    return said.isEmpty() ? "" : said + when + " " + loss + ".";
  }

  /**
   * {@code at the initial weights}, {@code at the file's weights}, {@code after 300 steps}, {@code
   * after epoch 2}.
   *
   * @param step steps that are done, as in {@link MeasuredBackward}
   * @param stepsPerEpoch how many there are
   */
  public static String when(long step, long stepsPerEpoch) {
    if (step == MeasuredBackward.UNKNOWN_STEP) {
      return "at the file's weights";
    }
    if (step == 0) {
      return "at the initial weights";
    }
    return step % stepsPerEpoch == 0
        ? "after epoch " + step / stepsPerEpoch
        : "after " + step + (step == 1 ? " step" : " steps");
  }
}
