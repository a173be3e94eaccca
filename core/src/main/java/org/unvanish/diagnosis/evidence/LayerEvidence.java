package org.unvanish.diagnosis.evidence;

import java.util.List;
import org.unvanish.activation.SaturationPoint;

/**
 * What one layer does to the backpropagated gradient at one snapshot.
 *
 * <p>A layer is one with weights, together with the normalization, activation, dropout and pooling
 * that follow it before the next weights; or a residual block, which is measured as one, because
 * its paths meet only in front of it and behind it. A block that trains nothing belongs to the
 * layer before it. The backpropagated gradient is that of the loss with respect to the values in
 * between. It <em>enters</em> behind the last step and <em>leaves</em> in front of the weights. On
 * its way f′ multiplies it by the activation factor and all else by the linear factor. Each factor
 * is the ratio of root mean squares after and before, over all values and samples of a mini-batch.
 *
 * <p>All factors are decimal logarithms: 0 keeps the size, −1 leaves a tenth. They and all other
 * logarithms are means over the middle half of the window's mini-batches, ranked by what is left of
 * the gradient in the end. A step of training sees one mini-batch, and this is what a typical one
 * sees. In a saturated network one sample in a hundred can carry ten orders of magnitude more than
 * all others, and would decide a mean over the window. −∞ says that in some of these mini-batches
 * nothing is left in single precision; the layers before such a layer are then measured with a test
 * gradient.
 *
 * @param name as in the network: {@code conv1}
 * @param enteringLog10 root mean square of the gradient where it enters
 * @param leavingLog10 root mean square of the gradient where it leaves; of the first layer, where
 *     it reaches the weights, for there the backward pass ends
 * @param activationLog10 the activation factor
 * @param linearLog10 the linear factor; of the first layer that of the pooling alone
 * @param shapeLog10 the part of the linear factor that is geometry: the same energy spread over
 *     another number of values, ½·log₁₀(values where it enters ÷ values where it leaves). 2×2
 *     pooling has −0.30
 * @param typicalLog10 what the layer does to the gradient's energy of the typical sample: the
 *     median over all samples of the window that the gradient comes to, where {@link #netLog10} is
 *     of their root mean square; −∞ if half of them or more lose it, NaN if it is not known
 * @param testGradient true if the real gradient does not arrive here, so that the two factors were
 *     measured with a random one
 * @param saturation of the activation
 * @param inputRms root mean square of what the layer reads
 * @param weightGain root mean square of the weights times √fanIn: by how much the layer multiplies
 *     the root mean square of independent inputs; of a separable convolution the product of both
 *     halves
 * @param criticalGain the gain at which a small gradient keeps its size, see {@link
 *     SaturationPoint#criticalGain}
 * @param equalUnits share of units that {@link EqualUnits equal} another one, in [0, 1]
 * @param tensors the parameter tensors of the layer and of what belongs to it, of a residual block
 *     also those of its branch: at least one, but for what stands before the first weights of a
 *     branch
 * @param steps what it is made of, first to last, with the factor of each
 * @param inside of a residual block the layers of its branch, first to last; there the gradient is
 *     that of the branch alone. Of other layers none
 * @since 0.1
 */
public record LayerEvidence(
    String name,
    double enteringLog10,
    double leavingLog10,
    double activationLog10,
    double linearLog10,
    double shapeLog10,
    double typicalLog10,
    boolean testGradient,
    Saturation saturation,
    double inputRms,
    double weightGain,
    double criticalGain,
    double equalUnits,
    List<TensorEvidence> tensors,
    List<StepEvidence> steps,
    List<LayerEvidence> inside) {

  /** Copies the lists. */
  public LayerEvidence {
    tensors = List.copyOf(tensors);
    steps = List.copyOf(steps);
    inside = List.copyOf(inside);
  }

  /** True of a residual block. */
  public boolean isResidual() {
    return !inside.isEmpty();
  }

  /** What the layer does to the gradient's root mean square, as log₁₀. */
  public double gainLog10() {
    return activationLog10 + linearLog10;
  }

  /** The linear factor without geometry: what the weights do to the gradient's energy. */
  public double weightsLog10() {
    return linearLog10 - shapeLog10;
  }

  /**
   * The part of the linear factor that is normalization's; of a residual block, what normalization
   * does within its branch.
   */
  public double normalizationLog10() {
    double own =
        steps.stream()
            .filter(step -> step.role() == StepRole.NORMALIZATION)
            .mapToDouble(StepEvidence::log10)
            .sum();
    return own + inside.stream().mapToDouble(LayerEvidence::normalizationLog10).sum();
  }

  /** What the layer does to the gradient's energy: its gain without geometry. */
  public double netLog10() {
    return activationLog10 + weightsLog10();
  }
}
