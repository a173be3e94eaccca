package org.unvanish.diagnosis.evidence;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured at one snapshot of a training, over a window of mini-batches.
 *
 * @param step steps done before, 0 for the initial weights; {@link #UNKNOWN_STEP} for the weights
 *     of a file
 * @param batches mini-batches in the window
 * @param batchSize samples in each
 * @param inputRms root mean square of the data as the network reads it
 * @param layers first to last
 * @param typicalLog10 what all layers do to the gradient's energy of the typical sample: the median
 *     over all samples of the window, where {@link #endToEndLog10} is of their root mean square.
 *     Few samples rule that, so that it can explode while the typical gradient vanishes. −∞ if half
 *     of the samples or more lose their gradient on the way, NaN if it is not known
 * @param time what becomes of the gradient on its way back through the steps of each recurrent
 *     layer, first to last, forward before reverse; none where there is no such layer
 * @param output where the gradient starts
 * @param adamEpsilon the ε of Adam, below which a gradient moves little; null for other optimizers
 * @since 0.1
 */
public record MeasuredBackward(
    long step,
    int batches,
    int batchSize,
    double inputRms,
    List<LayerEvidence> layers,
    double typicalLog10,
    List<TimeEvidence> time,
    OutputEvidence output,
    @Nullable Double adamEpsilon) {

  /** Of the weights of a file, of which nobody knows whether and how long they were trained. */
  public static final long UNKNOWN_STEP = -1;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is no layer
   */
  public MeasuredBackward {
    layers = List.copyOf(layers);
    time = List.copyOf(time);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs a layer with weights to be diagnosed");
    }
  }

  /** Of a network without recurrent layers. */
  public MeasuredBackward(
      long step,
      int batches,
      int batchSize,
      double inputRms,
      List<LayerEvidence> layers,
      double typicalLog10,
      OutputEvidence output,
      @Nullable Double adamEpsilon) {
    this(step, batches, batchSize, inputRms, layers, typicalLog10, List.of(), output, adamEpsilon);
  }

  /** Whether steps of training are known to have been done; weights of a file may be a start. */
  public boolean isTrained() {
    return step > 0;
  }

  /**
   * What all layers do to the gradient's energy, from the pre-activations or logits behind the last
   * weights to the first layer, as log₁₀.
   */
  public double endToEndLog10() {
    return layers.stream().mapToDouble(LayerEvidence::netLog10).sum();
  }

  /** The part of {@link #endToEndLog10} that is the activation factors'. */
  public double activationLog10() {
    return layers.stream().mapToDouble(LayerEvidence::activationLog10).sum();
  }

  /** The part of {@link #endToEndLog10} that is the weights'. */
  public double weightsLog10() {
    return layers.stream().mapToDouble(LayerEvidence::weightsLog10).sum();
  }

  /** The {@linkplain TimeEvidence#decisive decisive} way back through time; empty without any. */
  public Optional<TimeEvidence> decisiveTime() {
    return TimeEvidence.decisive(time);
  }

  /**
   * What becomes of the gradient on the {@linkplain #decisiveTime decisive} way back through time,
   * over all of its steps, as log₁₀; 0 without recurrent layers.
   */
  public double throughTimeLog10() {
    return decisiveTime().map(TimeEvidence::wholeLog10).orElse(0.0);
  }

  /**
   * What becomes of the gradient from the last layer to the first or through time, whichever is
   * further from 0.
   */
  public double worstLog10() {
    return isWorseThroughTime() ? throughTimeLog10() : endToEndLog10();
  }

  /** Whether the gradient's size changes more through time than from layer to layer. */
  public boolean isWorseThroughTime() {
    return Math.abs(throughTimeLog10()) > Math.abs(endToEndLog10());
  }

  /**
   * The largest update-to-weight ratio of a layer's weights, as {@link TensorEvidence#updateLog10};
   * NaN where none is known.
   */
  public double largestUpdateLog10() {
    return layers.stream()
        .mapToDouble(layer -> layer.tensors().get(0).updateLog10())
        .filter(update -> !Double.isNaN(update))
        .max()
        .orElse(Double.NaN);
  }

  /** The gradient of the first layer's weights, as in {@link TensorEvidence#gradientLog10}. */
  public double firstGradientLog10() {
    return layers.get(0).tensors().get(0).gradientLog10();
  }
}
