package org.unvanish.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a colleague would say about a network at its decisive moment. */
final class Words {

  private final MomentDiagnosis decisive;
  private final MomentDiagnosis rest;

  /**
   * @param rest what is left for the other remedies to mend once the data is scaled, if that is
   *     prescribed; else the decisive moment
   */
  Words(MomentDiagnosis decisive, MomentDiagnosis rest) {
    this.decisive = decisive;
    this.rest = rest;
  }

  String why(
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable StartingValues initial,
      List<OtherRemedy> other,
      @Nullable Prediction prediction) {
    if (decisive.verdict().isHealthy()) {
      return "Nothing to mend: from the last layer to the first the signal changes by "
          + decades(decisive.evidence().endToEndLog10())
          + ", and no layer is saturated.";
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(when() + finding(decisive));
    if (other.contains(OtherRemedy.SCALE_INPUTS)) {
      sentences.add("Standardise the data, or scale it to [0, 1].");
      if (!rest.verdict().isHealthy()) {
        sentences.add("That is not all: with scaled data " + finding(rest));
      }
    }
    if (l2 != null) {
      sentences.add(
          format(
              "A penalty with r = %s pushes parameters of this size as strongly as the data pulls at"
                  + " the last layer, where nothing is lost yet.",
              number(l2)));
    }
    if (alpha != null) {
      sentences.add(
          format("α = %s keeps the arguments where f′ is near its largest value.", number(alpha)));
    }
    if (initial != null && !other.contains(OtherRemedy.USE_TANH)) {
      sentences.add(
          (initial == StartingValues.GLOROT ? "Glorot's" : "He's")
              + " initial values keep the signal's size in every layer.");
    }
    if (l2 == null && alpha == null) {
      sentences.add(
          initial != null && hasLargeParameters()
              ? "With them no penalty is needed; it is the remedy if the present ones must stay."
              : "Neither of the paper's two remedies acts here: " + neither(other));
    }
    if (other.contains(OtherRemedy.USE_TANH)) {
      sentences.add("With tanh and Glorot's initial values the signal would get through.");
    }
    if (prediction != null) {
      sentences.add(prediction(prediction));
    }
    return String.join(" ", sentences);
  }

  /** What was found at the decisive moment. */
  String found() {
    return when() + finding(decisive);
  }

  private boolean hasLargeParameters() {
    Cause cause = rest.verdict().cause();
    return cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
  }

  private String when() {
    long step = decisive.evidence().step();
    return step == 0 ? "At the initial values " : "After " + step + " steps ";
  }

  private static String finding(MomentDiagnosis moment) {
    MomentEvidence evidence = moment.evidence();
    int layers = moment.layers().size();
    String total = decades(evidence.endToEndLog10());
    return switch (moment.verdict().cause()) {
      case LARGE_PARAMETERS ->
          format(
              "%d of %d layers are saturated or amplify the signal, because their parameters are"
                  + " large: f′ changes it by %s and the weights by %s, from end to end.",
              count(moment, Cause.LARGE_PARAMETERS),
              layers,
              decades(evidence.activationLog10()),
              decades(evidence.weightsLog10()));
      case MANY_LAYERS ->
          format(
              "no layer alone is to blame, but all %d together change the signal by %s: f′ by %s, the"
                  + " weights by %s.",
              layers, total, decades(evidence.activationLog10()), decades(evidence.weightsLog10()));
      case BOTH ->
          format(
              "%d of %d layers are saturated or amplify the signal, because their parameters are"
                  + " large, and the others together do not keep it either: %s from end to end.",
              count(moment, Cause.LARGE_PARAMETERS), layers, total);
      case LARGE_INPUTS ->
          format(
              "the data has a root mean square of %s, which saturates %d of %d layers although their"
                  + " weights are not large.",
              number(evidence.inputRms()), count(moment, Cause.LARGE_INPUTS), layers);
      case DEAD_UNITS ->
          format(
              "in %d of %d layers nearly all units of relu are off for all samples.",
              count(moment, Cause.DEAD_UNITS), layers);
      case LARGE_LEARNING_RATE ->
          "training has destroyed the network: its learning rate is too large.";
      case SMALL_LEARNING_RATE ->
          "training hardly moves the parameters: its learning rate is small.";
      case STRONG_PENALTY -> "the penalty outweighs the data and has made the weights small.";
      case CAPACITY -> "the signal arrives, but the network has too few units for its task.";
      case ZERO_LOSS -> "the loss is exactly 0, so that there is nothing to learn.";
      case EQUAL_UNITS -> "units of a layer are equal, and training cannot tell them apart.";
      case CONSTANT_PREDICTION -> "all samples are predicted to be one and the same class.";
      case CONSTANT_INPUTS -> "all samples have the same inputs.";
      case CONSTANT_TARGETS -> "all samples have the same target.";
      case NONE -> "nothing is wrong.";
    };
  }

  private String neither(List<OtherRemedy> other) {
    if (other.contains(OtherRemedy.LOWER_LEARNING_RATE)) {
      return "the network was healthy at its initial values, and training has brought it here. Try a"
          + " lower learning rate, a tenth of the present one first; only training can show what it"
          + " does.";
    }
    if (other.contains(OtherRemedy.WEAKER_PENALTY)) {
      return "the network was healthy at its initial values, and its penalty has made the weights"
          + " small since. Try a weaker one, a tenth of it first; only training can show what it"
          + " does.";
    }
    return switch (rest.verdict().cause()) {
      case NONE, LARGE_INPUTS -> "the data is the cause, not the parameters.";
      case DEAD_UNITS -> "f′ is 0 whatever the scale, and a penalty sees no difference.";
      case LARGE_LEARNING_RATE,
          SMALL_LEARNING_RATE,
          STRONG_PENALTY,
          CAPACITY,
          ZERO_LOSS,
          EQUAL_UNITS,
          CONSTANT_PREDICTION,
          CONSTANT_INPUTS,
          CONSTANT_TARGETS ->
          "the signal is not the cause.";
      case LARGE_PARAMETERS, MANY_LAYERS, BOTH ->
          rest.verdict().mechanism() == Mechanism.LINEAR
              ? "the weights change the signal, not f′, and a penalty makes weights smaller only."
              : "no scale brings the signal through, and the parameters are not large.";
    };
  }

  private static String prediction(Prediction prediction) {
    String shrunk =
        prediction.shrunk() == 1
            ? ""
            : " once the penalty has shrunk the parameters to "
                + number(prediction.shrunk())
                + " of their size";
    return format(
        "The first layer's gradient goes from %s to %s%s, the signal's change from %s to %s.",
        power(prediction.before().firstGradientLog10()),
        power(prediction.after().firstGradientLog10()),
        shrunk,
        decades(prediction.before().endToEndLog10()),
        decades(prediction.after().endToEndLog10()));
  }

  private static long count(MomentDiagnosis moment, Cause cause) {
    return moment.layers().stream().filter(layer -> layer.cause() == cause).count();
  }

  private static String power(double log10) {
    return DecadeText.power(log10);
  }

  private static String decades(double decades) {
    return DecadeText.of(decades) + " decades";
  }

  /** To three digits, without zeros behind them: {@code 0.02}, {@code 140}, {@code 1.5e-05}. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = format("%.3g", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+(e|$)", "$1") : text;
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
