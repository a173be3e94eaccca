package org.unvanish.diagnosis;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.Saturation;

/**
 * How evidence becomes verdicts. Each rule compares ratios, so that scaling the loss changes none.
 *
 * <p>A cause is a counterfactual: it holds if, with all other causes fixed, the gradient would
 * still vanish or explode. So saturated layers make for {@code large-parameters}, the other layers
 * for {@code many-layers} if they alone do not keep the gradient, and {@code both} is said only if
 * each would do.
 */
final class DiagnosisRules {

  private static final Verdict HEALTHY = new Verdict(Signal.STABLE, Cause.NONE, null);

  private final MeasuredBackward evidence;
  private final @Nullable MeasuredBackward initial;
  private final Thresholds thresholds;
  private final Learning learning;
  private final Signal signal;

  /**
   * @param initial at the initial weights of the same training; null if that is not known
   */
  DiagnosisRules(
      MeasuredBackward evidence, @Nullable MeasuredBackward initial, Thresholds thresholds) {
    this.evidence = evidence;
    this.initial = evidence.step() == 0 ? null : initial;
    this.thresholds = thresholds;
    this.learning =
        Learning.of(evidence.output(), this.initial == null ? null : this.initial.output());
    // Values that overflow are the clearest explosion; what comes back through them says nothing.
    this.signal =
        !Double.isFinite(evidence.output().loss())
            ? Signal.EXPLODING
            : isKeptWhileLearning()
                ? Signal.STABLE
                : signal(evidence.endToEndLog10(), thresholds.networkLog10());
  }

  /**
   * What learns from a stable start may use up some of its gradient: it is lost once that is
   * clearly worse than it was.
   */
  private boolean isKeptWhileLearning() {
    if (initial == null || learning != Learning.SOME) {
      return false;
    }
    double start = Math.abs(initial.endToEndLog10());
    return start < thresholds.networkLog10()
        && Math.abs(evidence.endToEndLog10()) < start + thresholds.networkLog10();
  }

  Learning learning() {
    return learning;
  }

  List<Verdict> layers() {
    return evidence.layers().stream().map(this::layer).toList();
  }

  private Verdict layer(LayerEvidence layer) {
    if (isFitted()) {
      return HEALTHY;
    }
    Signal own = signal(layer.netLog10(), thresholds.layerLog10());
    return new Verdict(own, cause(layer), mechanism(own, List.of(layer)));
  }

  Verdict network() {
    Cause brought = initial == null ? Cause.NONE : brought(initial);
    if (isFitted() && brought == Cause.NONE) {
      return HEALTHY;
    }
    return new Verdict(
        signal,
        brought == Cause.NONE ? networkCause() : brought,
        Double.isFinite(evidence.output().loss())
            ? mechanism(signal, evidence.layers())
            : Mechanism.LINEAR);
  }

  /** What training has done wrong, if it has made the network what it is. */
  private Cause brought(MeasuredBackward start) {
    TrainingCourse course = new TrainingCourse(evidence, start, learning, thresholds);
    Verdict before = new DiagnosisRules(start, null, thresholds).network();
    if (course.isDestroyed(before.isHealthy())) {
      // Of data that are not scaled, each step is as much too large.
      return before.cause() == Cause.LARGE_INPUTS ? Cause.LARGE_INPUTS : Cause.LARGE_LEARNING_RATE;
    }
    return course.isHeldByPenalty() ? Cause.STRONG_PENALTY : Cause.NONE;
  }

  /**
   * What has fitted its data is well, however small its gradients, and however large its weights
   * have grown on the way.
   */
  private boolean isFitted() {
    return learning == Learning.FITTED;
  }

  private static Signal signal(double decades, double limit) {
    return decades <= -limit
        ? Signal.VANISHING
        : decades >= limit ? Signal.EXPLODING : Signal.STABLE;
  }

  private Cause networkCause() {
    if (!Double.isFinite(evidence.output().loss())) {
      return has(Cause.LARGE_PARAMETERS) ? Cause.LARGE_PARAMETERS : Cause.MANY_LAYERS;
    }
    if (has(Cause.DEAD_UNITS)) {
      return Cause.DEAD_UNITS;
    }
    if (has(Cause.LARGE_PARAMETERS)) {
      return restIsSteady() ? Cause.LARGE_PARAMETERS : Cause.BOTH;
    }
    if (has(Cause.LARGE_INPUTS)) {
      return Cause.LARGE_INPUTS;
    }
    return signal == Signal.STABLE ? Cause.NONE : Cause.MANY_LAYERS;
  }

  private boolean has(Cause cause) {
    return evidence.layers().stream().anyMatch(layer -> cause(layer) == cause);
  }

  /**
   * Whether the layers that have no cause of their own would keep the gradient without the others.
   */
  private boolean restIsSteady() {
    double rest =
        evidence.layers().stream()
            .filter(layer -> cause(layer) == Cause.NONE)
            .mapToDouble(LayerEvidence::netLog10)
            .sum();
    return signal(rest, thresholds.networkLog10()) == Signal.STABLE;
  }

  private Cause cause(LayerEvidence layer) {
    Saturation saturation = layer.saturation();
    if (saturation.deadShare() >= thresholds.deadShare()) {
      return Cause.DEAD_UNITS;
    }
    if (saturation.saturatedShare() >= thresholds.saturatedShare()) {
      return inputsSaturate(layer)
          ? Cause.LARGE_INPUTS
          : hasGrownWhileLearning(layer) ? Cause.NONE : Cause.LARGE_PARAMETERS;
    }
    if (inputsFlood(layer)) {
      return Cause.LARGE_INPUTS;
    }
    // Net, not the weights alone: those of a healthy logistic layer make good for its f′ ≤ ¼. And
    // where the gradient is stable from end to end, one layer makes good for another.
    return signal != Signal.STABLE && layer.netLog10() >= thresholds.layerLog10()
        ? Cause.LARGE_PARAMETERS
        : Cause.NONE;
  }

  /** Weights that have grown while the loss fell are what the network has learnt. */
  private boolean hasGrownWhileLearning(LayerEvidence layer) {
    return initial != null
        && evidence.output().loss() < evidence.output().constantLoss()
        && evidence.output().loss() < initial.output().loss()
        && signal == Signal.STABLE
        && initial.layers().get(evidence.layers().indexOf(layer)).saturation().saturatedShare()
            < thresholds.saturatedShare();
  }

  /**
   * Whether unscaled data flood a first layer that cannot be saturated, as one of relu: what it
   * puts out is as large as the data, although its weights are not.
   */
  private boolean inputsFlood(LayerEvidence layer) {
    return layer == evidence.layers().get(0)
        && layer.saturation().relativeRms() == 0
        && evidence.inputRms() >= thresholds.largeInput()
        && layer.weightGain() <= thresholds.reach() * layer.criticalGain()
        && layer.weightGain() * evidence.inputRms() >= thresholds.largeInput();
  }

  /** Whether the data's inputs saturate the layer, and inputs of size 1 would not. */
  private boolean inputsSaturate(LayerEvidence layer) {
    return evidence.inputRms() >= thresholds.largeInput()
        && layer.inputRms() >= thresholds.largeInput()
        && layer.saturation().relativeRms() < thresholds.reach() * layer.inputRms();
  }

  /** The factor that makes up most of what goes the gradient's way. */
  private @Nullable Mechanism mechanism(Signal signal, List<LayerEvidence> layers) {
    if (signal == Signal.STABLE) {
      return null;
    }
    int sign = signal == Signal.VANISHING ? -1 : 1;
    double activation = Math.max(0, sign * sum(layers, LayerEvidence::activationLog10));
    double linear = Math.max(0, sign * sum(layers, LayerEvidence::weightsLog10));
    if (activation >= thresholds.mechanismShare() * (activation + linear)) {
      return Mechanism.ACTIVATION;
    }
    return linear >= thresholds.mechanismShare() * (activation + linear)
        ? Mechanism.LINEAR
        : Mechanism.BOTH;
  }

  private static double sum(List<LayerEvidence> layers, ToDoubleFunction<LayerEvidence> part) {
    return layers.stream().mapToDouble(part).sum();
  }
}
