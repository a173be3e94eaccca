package org.unvanish.spec;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.Words;
import org.unvanish.codec.yaml.OtherWords;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Backend;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.theory.Audit;

/** The words that command lines use for values, in the order in which errors list them. */
public final class SpecWords {

  /** Activation functions of which the theory says something. */
  public static final Map<String, ActivationFunction> THEORY_FUNCTIONS =
      Words.of(List.copyOf(Audit.FUNCTIONS), ActivationFunction::label);

  /** Activation functions. */
  public static final Map<String, ActivationFunction> FUNCTIONS = ActivationCodec.FUNCTIONS;

  /** How values become inputs. */
  public static final Map<String, PixelScaling> INPUT_SCALINGS = ScalingCodec.WORDS;

  /** Where Adam's ε stands. */
  public static final Map<String, Optimizer.EpsilonForm> EPSILON_FORMS =
      OptimizerCodec.EPSILON_FORMS;

  /** What computes. */
  public static final Map<String, Backend> BACKENDS =
      Words.of(List.of(Backend.ENGINE, Backend.PYTORCH), Backend::label);

  /** How an ℓ₂ penalty is read. */
  public static final Map<String, PenaltyForm> PENALTY_FORMS = PenaltyForm.WORDS;

  /** How the paper's "convolution" is read. */
  public static final Map<String, ConvolutionKind> CONVOLUTIONS =
      Words.of(List.of(ConvolutionKind.values()), SpecWords::lowerCase);

  /** Which layers have biases. */
  public static final Map<String, Boolean> BIASES =
      Words.of(List.of(true, false), biases -> biases ? "dense" : "none");

  /** How the paper's "logsigmoid" is read. */
  public static final Map<String, LogisticReading> LOGISTIC_READINGS =
      Words.of(List.of(LogisticReading.values()), SpecWords::lowerCase);

  /** Where weights start: schemes that need no number, or have a usual one. */
  public static final Map<String, Initialization> INITIALIZATIONS = InitializationCodec.WORDS;

  private SpecWords() {}

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a word means, also one in another case or of another program that means the same. */
  public static <T> Optional<T> meaning(String word, Map<String, T> words) {
    return OtherWords.meaning(word, words);
  }
}
