package org.unvanish.diagnosis.measurement;

import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.StepRole;

/**
 * A layer of a stack; each layer reads the output of the one before.
 *
 * @param name as reports give it; that of a layer without weights names it in its layer's steps
 * @param role what it is
 * @param activation the function, if the layer applies one value by value
 * @param tensors what it trains, weights first; those of an activation or a normalization are no
 *     weights, those of a residual block are its projection's
 * @param inside the branch of a residual block, first to last; of other layers nothing
 */
public record StackLayer(
    String name,
    StepRole role,
    Optional<Activation> activation,
    List<StackTensor> tensors,
    List<StackLayer> inside) {

  /** Copies the lists. */
  public StackLayer {
    tensors = List.copyOf(tensors);
    inside = List.copyOf(inside);
  }

  /**
   * A layer that is no residual block: an activation, or one with weights, or neither.
   *
   * @param activation the function, if the layer is one
   */
  public static StackLayer of(
      String name, Optional<Activation> activation, List<StackTensor> tensors) {
    StepRole role =
        activation.isPresent()
            ? StepRole.ACTIVATION
            : tensors.stream().anyMatch(StackTensor::isWeights)
                ? StepRole.WEIGHTS
                : StepRole.POOLING;
    return new StackLayer(name, role, activation, tensors, List.of());
  }

  /** Whether a layer of the diagnosis begins here. */
  boolean hasWeights() {
    return role == StepRole.WEIGHTS || (role == StepRole.RESIDUAL && isTrained());
  }

  private boolean isTrained() {
    return !tensors.isEmpty() || inside.stream().anyMatch(StackLayer::isTrained);
  }

  /**
   * Root mean square of the weights times √fanIn; of several tensors of weights the product; NaN of
   * a layer without.
   */
  double weightGain() {
    if (role != StepRole.WEIGHTS) {
      return Double.NaN;
    }
    double gain = 1;
    for (StackTensor tensor : tensors) {
      if (tensor.isWeights()) {
        gain *= tensor.rms() * Math.sqrt(tensor.fanIn());
      }
    }
    return gain;
  }
}
