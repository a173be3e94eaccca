package org.unvanish.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.DataFormat;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.spec.Overrides.PenaltyForm;

/**
 * The words that specs and command lines use for values, in the order in which errors list them.
 */
public final class SpecWords {

  /** Activation functions. */
  public static final Map<String, ActivationFunction> FUNCTIONS = functions();

  static final Map<String, DataFormat> FORMATS = formats();

  /** How pixels become numbers. */
  public static final Map<String, PixelScaling> PIXELS =
      ordered(
          "unit", PixelScaling.UNIT,
          "standardised", PixelScaling.STANDARDISED,
          "raw", PixelScaling.RAW);

  static final Map<String, Initialization> INITIAL_VALUES =
      ordered(
          "glorot",
          new Initialization.Glorot(),
          "he",
          new Initialization.He(),
          "zeros",
          new Initialization.Zeros());

  /** Where Adam's ε stands. */
  public static final Map<String, Optimizer.EpsilonForm> EPSILON_FORMS =
      ordered(
          "kingma-ba", Optimizer.EpsilonForm.KINGMA_BA, "keras", Optimizer.EpsilonForm.EPSILON_HAT);

  /** What computes. */
  public static final Map<String, Backend> BACKENDS =
      ordered(Backend.ENGINE.label(), Backend.ENGINE, Backend.PYTORCH.label(), Backend.PYTORCH);

  /** How an ℓ₂ penalty is read. */
  public static final Map<String, PenaltyForm> PENALTY_FORMS =
      ordered("paper", PenaltyForm.PAPER, "keras", PenaltyForm.KERAS);

  /** How the paper's "convolution" is read. */
  public static final Map<String, ConvolutionKind> CONVOLUTIONS =
      ordered("plain", ConvolutionKind.PLAIN, "separable", ConvolutionKind.SEPARABLE);

  /** Which layers have biases. */
  public static final Map<String, Boolean> BIASES = ordered("dense", true, "none", false);

  /** How the paper's "logsigmoid" is read. */
  public static final Map<String, LogisticReading> LOGISTIC_READINGS =
      ordered("logistic", LogisticReading.LOGISTIC, "log-sigmoid", LogisticReading.LOG_SIGMOID);

  static final Map<String, Penalty.Scope> SCOPES =
      ordered("all", Penalty.Scope.ALL, "weights", Penalty.Scope.WEIGHTS);

  static final Map<String, Penalty> NO_PENALTY = Map.of("none", Penalty.none());
  static final Map<String, Optimizer> OPTIMIZERS = Map.of("adam", Optimizer.Adam.DEFAULT);

  private SpecWords() {}

  /** What a word means, also one in another case or of another program that means the same. */
  public static <T> Optional<T> meaning(String word, Map<String, T> words) {
    return OtherWords.ours(word, words.keySet()).map(words::get);
  }

  /** The word for a value, if there is one. */
  static <T> Optional<String> of(Map<String, T> words, T value) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<String, ActivationFunction> functions() {
    Map<String, ActivationFunction> words = new LinkedHashMap<>();
    for (ActivationFunction function : ActivationFunction.values()) {
      words.put(function.label(), function);
    }
    return words;
  }

  private static Map<String, DataFormat> formats() {
    Map<String, DataFormat> words = new LinkedHashMap<>();
    for (DataFormat format : DataFormat.values()) {
      words.put(format.label(), format);
    }
    return words;
  }

  private static <T> Map<String, T> ordered(String a, T first, String b, T second) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(a, first);
    words.put(b, second);
    return Collections.unmodifiableMap(words);
  }

  private static <T> Map<String, T> ordered(
      String a, T first, String b, T second, String c, T third) {
    Map<String, T> words = new LinkedHashMap<>(ordered(a, first, b, second));
    words.put(c, third);
    return Collections.unmodifiableMap(words);
  }
}
