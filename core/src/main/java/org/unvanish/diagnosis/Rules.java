package org.unvanish.diagnosis;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How evidence becomes verdicts. Each rule compares ratios, so that scaling the loss changes none.
 *
 * <p>A cause is a counterfactual: it holds if, with all other causes mended, the signal would still
 * vanish or explode. So saturated layers make for {@code large-parameters}, the other layers for
 * {@code many-layers} if they alone do not keep the signal, and {@code both} is said only if each
 * would do.
 */
final class Rules {

  private final MomentEvidence evidence;
  private final Thresholds thresholds;

  Rules(MomentEvidence evidence, Thresholds thresholds) {
    this.evidence = evidence;
    this.thresholds = thresholds;
  }

  List<Verdict> layers() {
    return evidence.layers().stream().map(this::layer).toList();
  }

  private Verdict layer(LayerEvidence layer) {
    Signal signal = signal(layer.netLog10(), thresholds.layerDecades());
    return new Verdict(signal, cause(layer), mechanism(signal, List.of(layer)));
  }

  Verdict network() {
    if (!Double.isFinite(evidence.output().loss())) {
      // Values that overflow are the clearest explosion; what comes back through them says nothing.
      Cause cause = has(Cause.LARGE_PARAMETERS) ? Cause.LARGE_PARAMETERS : Cause.MANY_LAYERS;
      return new Verdict(Signal.EXPLODING, cause, Mechanism.LINEAR);
    }
    Signal signal = signal(evidence.endToEndLog10(), thresholds.networkDecades());
    return new Verdict(signal, networkCause(signal), mechanism(signal, evidence.layers()));
  }

  private static Signal signal(double decades, double limit) {
    return decades <= -limit
        ? Signal.VANISHING
        : decades >= limit ? Signal.EXPLODING : Signal.STEADY;
  }

  private Cause networkCause(Signal signal) {
    if (has(Cause.DEAD_UNITS)) {
      return Cause.DEAD_UNITS;
    }
    if (has(Cause.LARGE_PARAMETERS)) {
      return restIsSteady() ? Cause.LARGE_PARAMETERS : Cause.BOTH;
    }
    if (has(Cause.LARGE_INPUTS)) {
      return Cause.LARGE_INPUTS;
    }
    return signal == Signal.STEADY ? Cause.NONE : Cause.MANY_LAYERS;
  }

  private boolean has(Cause cause) {
    return evidence.layers().stream().anyMatch(layer -> cause(layer) == cause);
  }

  /**
   * Whether the layers that have no cause of their own would keep the signal without the others.
   */
  private boolean restIsSteady() {
    double rest =
        evidence.layers().stream()
            .filter(layer -> cause(layer) == Cause.NONE)
            .mapToDouble(LayerEvidence::netLog10)
            .sum();
    return signal(rest, thresholds.networkDecades()) == Signal.STEADY;
  }

  private Cause cause(LayerEvidence layer) {
    Saturation saturation = layer.saturation();
    if (saturation.deadShare() >= thresholds.deadShare()) {
      return Cause.DEAD_UNITS;
    }
    if (saturation.saturatedShare() >= thresholds.saturatedShare()) {
      return inputsSaturate(layer) ? Cause.LARGE_INPUTS : Cause.LARGE_PARAMETERS;
    }
    // Net, not the weights alone: those of a healthy logistic layer make good for its f′ ≤ ¼.
    return layer.netLog10() >= thresholds.layerDecades() ? Cause.LARGE_PARAMETERS : Cause.NONE;
  }

  /** Whether the data's inputs saturate the layer, and inputs of size 1 would not. */
  private boolean inputsSaturate(LayerEvidence layer) {
    return evidence.inputRms() >= thresholds.largeInput()
        && layer.inputRms() >= thresholds.largeInput()
        && layer.saturation().rmsInKnees() < thresholds.reach() * layer.inputRms();
  }

  /** The factor that makes up most of what goes the signal's way. */
  private @Nullable Mechanism mechanism(Signal signal, List<LayerEvidence> layers) {
    if (signal == Signal.STEADY) {
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
