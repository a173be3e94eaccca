package org.unvanish.diagnosis;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.TensorEvidence;

/** What training has made of a network: a snapshot beside the initial weights. */
final class TrainingCourse {

  /**
   * A layer has left its initial weights behind once it has moved as far from them as they were
   * from 0. Weights that are large from the start do not get there: those of the paper's figure 1
   * move by a sixth of their size in an epoch, at most.
   */
  private static final double MOVED = 1;

  /**
   * From weights that were well, half of that: nothing but training can have made them unhealthy.
   */
  private static final double MOVED_FROM_HEALTH = 0.5;

  /**
   * The penalty holds a layer if its gradient is at least this part of the data gradient of a
   * mini-batch, most of which is noise that averages out.
   */
  private static final double HELD = 0.5;

  /** And if it has shrunk the layer's weights to this part of their initial size. */
  private static final double SHRUNK = 0.8;

  /**
   * Steps that change weights by so much of their size toss them about; healthy ones take 0.001.
   */
  private static final double TOSSED = 0.3;

  /** A penalty that leaves no more than this part of a constant predictor's loss does its work. */
  private static final double WELL_FITTED = 0.25;

  /** Or no more than this part of a constant predictor's errors. */
  private static final double WELL_FITTED_ERROR = 0.1;

  private final MeasuredBackward now;
  private final MeasuredBackward initial;
  private final Learning learning;
  private final Thresholds thresholds;

  TrainingCourse(
      MeasuredBackward now, MeasuredBackward initial, Learning learning, Thresholds thresholds) {
    this.now = now;
    this.initial = initial;
    this.learning = learning;
    this.thresholds = thresholds;
  }

  /**
   * Whether steps that were too large have destroyed the network: it has learnt nothing, it is
   * clearly worse than it was, and a layer's weights were carried away.
   *
   * @param fromHealth whether the network was healthy at its initial weights
   */
  boolean isDestroyed(boolean fromHealth) {
    double far = fromHealth ? MOVED_FROM_HEALTH : MOVED;
    return (learning == Learning.NOTHING || learning == Learning.WORSE)
        && isWorse()
        && now.layers().stream().anyMatch(layer -> isCarriedAway(layer, far));
  }

  /**
   * Whether steps are so large beside the weights that these are tossed about and nothing is
   * learnt.
   */
  boolean isTossed() {
    return (learning == Learning.NOTHING || learning == Learning.WORSE)
        && now.largestUpdateLog10() >= StrictMath.log10(TOSSED);
  }

  /** Grown and far from where it was: a penalty moves weights as well, but makes them small. */
  private boolean isCarriedAway(LayerEvidence layer, double far) {
    double change = 0;
    double size = 0;
    double before = 0;
    LayerEvidence start = initial.layers().get(now.layers().indexOf(layer));
    for (int i = 0; i < layer.tensors().size(); i++) {
      TensorEvidence tensor = layer.tensors().get(i);
      change += tensor.size() * tensor.change() * tensor.change();
      size += tensor.size() * tensor.rms() * tensor.rms();
      before += tensor.size() * start.tensors().get(i).rms() * start.tensors().get(i).rms();
    }
    // What began with zeros has moved as far as one likes, so that this tells nothing; and what is
    // no number any more has moved as far as it can.
    return before > 0 && !(change < far * far * before) && !(size <= before);
  }

  private boolean isWorse() {
    // Units that saturate while the loss falls are learning.
    boolean gained = now.output().loss() < now.output().constantLoss();
    return learning == Learning.WORSE
        || distance(now) >= distance(initial) + thresholds.networkLog10()
        || (!gained
            && (hasCrossed(s -> s.saturatedShare(), thresholds.saturatedShare())
                || hasCrossed(s -> s.deadShare(), thresholds.deadShare())));
  }

  private static double distance(MeasuredBackward evidence) {
    return Math.abs(evidence.worstLog10());
  }

  /** Whether a layer is saturated or dead now and none was at the start. */
  private boolean hasCrossed(ToDoubleFunction<Saturation> share, double threshold) {
    return most(now, share) >= threshold && most(initial, share) < threshold;
  }

  private static double most(MeasuredBackward evidence, ToDoubleFunction<Saturation> share) {
    return evidence.layers().stream()
        .mapToDouble(layer -> share.applyAsDouble(layer.saturation()))
        .max()
        .orElse(0);
  }

  /**
   * Whether the penalty has made the weights small and outweighs the data, in the last layer, to
   * which the gradient always comes, and in half of all layers; and the loss tells of it.
   */
  boolean isHeldByPenalty() {
    List<LayerEvidence> layers = now.layers();
    long held = layers.stream().filter(this::isHeld).count();
    return !isWellFitted(now.output())
        && isHeld(layers.get(layers.size() - 1))
        && 2 * held >= layers.size();
  }

  private static boolean isWellFitted(OutputEvidence output) {
    return output.excessLoss() <= WELL_FITTED * output.constantExcess()
        || Learning.way(output) >= 1 - WELL_FITTED_ERROR;
  }

  private boolean isHeld(LayerEvidence layer) {
    TensorEvidence weights = layer.tensors().get(0);
    LayerEvidence before = initial.layers().get(now.layers().indexOf(layer));
    return weights.penaltyLog10() >= weights.gradientLog10() + StrictMath.log10(HELD)
        && weights.penaltyLog10() > Double.NEGATIVE_INFINITY
        && weights.rms() <= SHRUNK * before.tensors().get(0).rms();
  }
}
