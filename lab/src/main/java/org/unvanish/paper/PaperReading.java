package org.unvanish.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.spec.SpecWords;

/**
 * How an experiment reads what Ven &amp; Lederer (2021) leave open, as the options of {@code
 * unvanish reproduce} would say it.
 */
final class PaperReading {

  private PaperReading() {}

  /** What the experiment makes of the points that the paper leaves open. */
  static Overrides of(Experiment experiment) {
    Arm first = experiment.arms().get(0);
    Optional<Optimizer.Adam> adam =
        first.settings().optimizer() instanceof Optimizer.Adam a
            ? Optional.of(a)
            : Optional.empty();
    List<Layer> layers = new ArrayList<>();
    experiment.arms().forEach(arm -> layers.addAll(arm.network().layers()));
    return new Overrides(
        Optional.empty(),
        Optional.of(first.settings().pixelScaling()),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.of(first.settings().batchSize()),
        adam.map(a -> OptionalDouble.of(a.epsilon())).orElse(OptionalDouble.empty()),
        adam.map(Optimizer.Adam::form),
        Optional.of(
            experiment.arms().stream()
                    .anyMatch(arm -> arm.settings().penalty() instanceof Penalty.KerasL2)
                ? PenaltyForm.KERAS
                : PenaltyForm.PAPER),
        Optional.of(
            any(layers, layer -> layer instanceof SeparableConvolution)
                ? ConvolutionKind.SEPARABLE
                : ConvolutionKind.PLAIN),
        Optional.of(any(layers, layer -> layer instanceof Dense dense && dense.bias())),
        Optional.of(
            experiment.arms().stream()
                    .flatMap(arm -> arm.network().activations().stream())
                    .anyMatch(a -> a.function() == ActivationFunction.LOG_SIGMOID)
                ? LogisticReading.LOG_SIGMOID
                : LogisticReading.LOGISTIC),
        initialization(first.settings().weights()));
  }

  /**
   * A scheme that has a word: a distribution is what the paper states, and stays the spec's own.
   */
  private static Optional<Initialization> initialization(Initialization weights) {
    return Optional.of(weights).filter(SpecWords.INITIALIZATIONS::containsValue);
  }

  private static boolean any(List<Layer> layers, Predicate<Layer> property) {
    return layers.stream().anyMatch(property);
  }
}
