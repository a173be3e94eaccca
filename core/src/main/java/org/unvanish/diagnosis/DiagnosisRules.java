package org.unvanish.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;

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

  /** Whether the signal is what it is because of the way back through time. */
  private final boolean throughTime;

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
                : isLostAtOutput()
                    ? Signal.VANISHING
                    : signal(evidence.worstLog10(), thresholds.networkLog10());
    this.throughTime =
        Double.isFinite(evidence.output().loss())
            && signal != Signal.STABLE
            && evidence.isWorseThroughTime()
            && signal(evidence.throughTimeLog10(), thresholds.networkLog10()) == signal;
  }

  /**
   * What learns from a stable start may use up some of its gradient: it is lost once that is
   * clearly worse than it was.
   */
  private boolean isKeptWhileLearning() {
    if (initial == null || learning != Learning.SOME) {
      return false;
    }
    double start = Math.abs(initial.worstLog10());
    return start < thresholds.networkLog10()
        && Math.abs(evidence.worstLog10()) < start + thresholds.networkLog10();
  }

  Learning learning() {
    return learning;
  }

  /**
   * What becomes of the typical sample's gradient from layer to layer; null if it is not known, or
   * where the signal is that of the way back through time.
   */
  @Nullable Signal typical() {
    return Double.isNaN(evidence.typicalLog10())
            || !Double.isFinite(evidence.output().loss())
            || throughTime
        ? null
        : signal(evidence.typicalLog10(), thresholds.networkLog10());
  }

  List<Verdict> layers() {
    return evidence.layers().stream().map(this::layer).toList();
  }

  /** Verdicts on the layers inside each residual block; of other layers none. */
  List<List<Verdict>> inside() {
    return evidence.layers().stream()
        .map(layer -> layer.inside().stream().map(this::layer).toList())
        .toList();
  }

  /** What is wrong with the outputs although the network's cause is another one. */
  List<Cause> besides() {
    Cause cause = network().cause();
    return Stream.of(Cause.SATURATED_OUTPUT, Cause.LARGE_TARGETS)
        .filter(other -> other != cause)
        .filter(other -> other == Cause.LARGE_TARGETS ? hasLargeTargets() : isOutputSaturated())
        .toList();
  }

  private Verdict layer(LayerEvidence layer) {
    if (isFitted()) {
      return HEALTHY;
    }
    Signal own = signal(layer.netLog10(), thresholds.layerLog10());
    if (own != signal && losesThroughTime(layer)) {
      return new Verdict(signal, cause(layer), mechanism(timeOf(layer).orElseThrow()));
    }
    return new Verdict(own, cause(layer), mechanism(own, List.of(layer)));
  }

  /** Of a recurrent layer, the direction that keeps more of the gradient. */
  private Optional<TimeEvidence> timeOf(LayerEvidence layer) {
    return TimeEvidence.decisive(
        evidence.time().stream().filter(time -> time.layer().equals(layer.name())).toList());
  }

  /** Whether the layer's steps do to the gradient what becomes of it in the network. */
  private boolean losesThroughTime(LayerEvidence layer) {
    return throughTime
        && timeOf(layer)
            .filter(time -> signal(time.wholeLog10(), thresholds.networkLog10()) == signal)
            .isPresent();
  }

  Verdict network() {
    Cause brought = initial == null ? Cause.NONE : brought(initial);
    if (isFitted() && brought == Cause.NONE) {
      return HEALTHY;
    }
    return new Verdict(signal, brought == Cause.NONE ? networkCause() : brought, mechanism());
  }

  private @Nullable Mechanism mechanism() {
    if (!Double.isFinite(evidence.output().loss())) {
      return Mechanism.LINEAR;
    }
    if (signal == Signal.VANISHING && isLostAtOutput()) {
      return Mechanism.ACTIVATION;
    }
    return throughTime
        ? mechanism(evidence.decisiveTime().orElseThrow())
        : mechanism(signal, evidence.layers());
  }

  /** What training has done wrong, if it has made the network what it is. */
  private Cause brought(MeasuredBackward start) {
    TrainingCourse course = new TrainingCourse(evidence, start, learning, thresholds);
    DiagnosisRules untrained = new DiagnosisRules(start, null, thresholds);
    Verdict before = untrained.network();
    // Of data or targets that are not scaled, each step is as much too large.
    Cause steps =
        before.cause() == Cause.LARGE_INPUTS
            ? Cause.LARGE_INPUTS
            : untrained.hasLargeTargets() ? Cause.LARGE_TARGETS : Cause.LARGE_LEARNING_RATE;
    if (course.isDestroyed(before.isHealthy())) {
      return steps;
    }
    if (course.isHeldByPenalty()) {
      return Cause.STRONG_PENALTY;
    }
    return before.isHealthy() && course.isTossed() ? steps : Cause.NONE;
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
      return has(Cause.LARGE_PARAMETERS)
          ? Cause.LARGE_PARAMETERS
          : evidence.isWorseThroughTime() ? Cause.MANY_STEPS : Cause.MANY_LAYERS;
    }
    if (has(Cause.DEAD_UNITS)) {
      return Cause.DEAD_UNITS;
    }
    if (has(Cause.LARGE_PARAMETERS)) {
      return restIsSteady() && !has(Cause.MANY_STEPS) ? Cause.LARGE_PARAMETERS : Cause.BOTH;
    }
    if (has(Cause.LARGE_INPUTS)) {
      return Cause.LARGE_INPUTS;
    }
    if (isLostAtOutput()) {
      return Cause.SATURATED_OUTPUT;
    }
    if (signal != Signal.STABLE) {
      return throughTime ? Cause.MANY_STEPS : Cause.MANY_LAYERS;
    }
    return isOutputSaturated()
        ? Cause.SATURATED_OUTPUT
        : hasLargeTargets() ? Cause.LARGE_TARGETS : Cause.NONE;
  }

  /**
   * Whether the activation behind the last weights is saturated, or its units are off, where the
   * outputs are wrong, so that its f′ takes from the output error. What has learnt something may
   * have saturated outputs: those are right.
   */
  private boolean isOutputSaturated() {
    OutputActivation last = evidence.output().last();
    return last != null
        && hasLearntNothing()
        && Math.max(last.saturation().saturatedShare(), last.saturation().deadShare())
            >= thresholds.saturatedShare()
        && (last.isDead() || last.lostLog10() <= -thresholds.layerLog10());
  }

  /** Whether a saturated output alone loses so much of the gradient that it vanishes. */
  private boolean isLostAtOutput() {
    OutputActivation last = evidence.output().last();
    return last != null && isOutputSaturated() && last.lostLog10() <= -thresholds.networkLog10();
  }

  /** Whether numbers to be learnt are far from what the network put out at first, and from 1. */
  private boolean hasLargeTargets() {
    OutputEvidence start = initial == null ? evidence.output() : initial.output();
    NumbersEvidence numbers = evidence.output().numbers();
    return numbers != null
        && hasLearntNothing()
        && numbers.targetRms() >= thresholds.largeTarget() * Math.max(1, start.logitsRms());
  }

  private boolean hasLearntNothing() {
    return learning == Learning.NOTHING || learning == Learning.WORSE;
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
    // where the gradient is stable from end to end, one layer makes good for another. What
    // normalization amplifies is no fault of the weights: it is 1/σ of what they put out.
    double byParameters = layer.netLog10() - Math.max(0, layer.normalizationLog10());
    if (isChangedByLayers() && byParameters >= thresholds.layerLog10()) {
      return Cause.LARGE_PARAMETERS;
    }
    if (losesThroughTime(layer)) {
      // All steps have the same weights: where each amplifies like a layer that does, they are.
      return timeOf(layer).orElseThrow().stepLog10() >= thresholds.layerLog10()
          ? Cause.LARGE_PARAMETERS
          : Cause.MANY_STEPS;
    }
    return Cause.NONE;
  }

  /** Whether the gradient is not stable, and not only because of the way back through time. */
  private boolean isChangedByLayers() {
    return signal != Signal.STABLE
        && (!throughTime
            || signal(evidence.endToEndLog10(), thresholds.networkLog10()) != Signal.STABLE);
  }

  /** Weights that have grown while the loss fell are what the network has learnt. */
  private boolean hasGrownWhileLearning(LayerEvidence layer) {
    return initial != null
        && evidence.output().loss() < evidence.output().constantLoss()
        && evidence.output().loss() < initial.output().loss()
        && signal == Signal.STABLE
        && before(initial, layer).saturation().saturatedShare() < thresholds.saturatedShare();
  }

  /** A layer, which may be inside a residual block, as it was at the initial weights. */
  private LayerEvidence before(MeasuredBackward start, LayerEvidence layer) {
    for (int i = 0; i < evidence.layers().size(); i++) {
      int inner = evidence.layers().get(i).inside().indexOf(layer);
      if (inner >= 0) {
        return start.layers().get(i).inside().get(inner);
      }
    }
    return start.layers().get(evidence.layers().indexOf(layer));
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
    return mechanism(
        signal,
        sum(layers, LayerEvidence::activationLog10),
        sum(layers, LayerEvidence::weightsLog10));
  }

  /** The same of the way back through time, as far as something is left. */
  private @Nullable Mechanism mechanism(TimeEvidence time) {
    Point farthest = time.farthest();
    return mechanism(signal, farthest.activationLog10(), farthest.recurrentLog10());
  }

  private @Nullable Mechanism mechanism(Signal signal, double activationLog10, double linearLog10) {
    if (signal == Signal.STABLE) {
      return null;
    }
    int sign = signal == Signal.VANISHING ? -1 : 1;
    double activation = Math.max(0, sign * activationLog10);
    double linear = Math.max(0, sign * linearLog10);
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
