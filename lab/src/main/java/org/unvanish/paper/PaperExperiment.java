package org.unvanish.paper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;

/**
 * An experiment of Ven &amp; Lederer (2021), told by what its arms train and not by any name.
 *
 * <p>An arm is the paper's if {@code unvanish reproduce} would train the same with some of its
 * options: data, seeds, epochs, backend and what the paper leaves open may differ, all else may
 * not. All arms must be the paper's and read in the same way, as arms of different batch sizes do
 * not compare; and there must be enough of them for at least one claim.
 *
 * <p>Figure 3 and table 4 train the same. Which of them is meant decides whether runs have the
 * machine to themselves, and is the one thing that the name {@code table4} says.
 *
 * @param name one of {@link PaperSpecs#NAMES}
 * @param arms the experiment's by the names of the paper's spec, in that spec's order
 */
record PaperExperiment(String name, Map<String, Arm> arms) {

  /** Which of the paper's experiments this is, if it is one. */
  static Optional<PaperExperiment> of(Experiment experiment) {
    if (experiment.arms().stream().anyMatch(Arm::isWatched)
        || experiment.arms().stream().map(Arm::epochs).distinct().count() > 1) {
      return Optional.empty();
    }
    boolean timed = experiment.name().equals(RuntimeTable.EXPERIMENT);
    return PaperSpecs.NAMES.stream()
        .filter(name -> name.equals(RuntimeTable.EXPERIMENT) == timed)
        .map(name -> new PaperExperiment(name, arms(PaperSpecs.spec(name), experiment)))
        .filter(paper -> Claim.all().stream().anyMatch(paper::hasArmsOf))
        .findFirst();
  }

  /** Whether all arms are here that a claim is about. */
  boolean hasArmsOf(Claim claim) {
    return claim.experiment().equals(name) && arms.keySet().containsAll(claim.arms());
  }

  /** None if any arm of the experiment is not the paper's. */
  private static Map<String, Arm> arms(ExperimentSpec paper, Experiment experiment) {
    Experiment expected;
    try {
      expected =
          paper
              .with(reading(experiment))
              .on(experiment.arms().get(0).backend())
              .experiment(experiment.data());
    } catch (SpecException e) {
      // The paper's network does not even fit these data.
      return Map.of();
    }
    Map<Definition, Arm> here = new HashMap<>();
    experiment.arms().forEach(arm -> here.put(Definition.of(arm, experiment.data()), arm));
    Map<String, Arm> arms = new LinkedHashMap<>();
    for (Arm arm : expected.arms()) {
      Optional.ofNullable(here.get(Definition.of(arm, experiment.data())))
          .ifPresent(found -> arms.put(arm.name(), found));
    }
    return arms.size() == experiment.arms().size() ? arms : Map.of();
  }

  /** What the experiment makes of the points that the paper leaves open. */
  private static Overrides reading(Experiment experiment) {
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
                : LogisticReading.LOGISTIC));
  }

  private static boolean any(List<Layer> layers, Predicate<Layer> property) {
    return layers.stream().anyMatch(property);
  }
}
