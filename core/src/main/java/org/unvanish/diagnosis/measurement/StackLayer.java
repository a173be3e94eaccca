package org.unvanish.diagnosis.measurement;

import java.util.List;
import java.util.Optional;
import org.unvanish.activation.Activation;

/**
 * A layer of a stack, each of which reads what the one before puts out.
 *
 * @param name as reports give it; that of a layer without weights is not read
 * @param activation the function, if the layer is one
 * @param tensors what it trains, weights first; those of an activation are no weights
 */
public record StackLayer(String name, Optional<Activation> activation, List<StackTensor> tensors) {

  /** Copies the list. */
  public StackLayer {
    tensors = List.copyOf(tensors);
  }

  boolean hasWeights() {
    return activation.isEmpty() && tensors.stream().anyMatch(StackTensor::isWeights);
  }

  /** Root mean square of the weights times √fanIn; of several tensors of weights the product. */
  double weightGain() {
    double gain = 1;
    for (StackTensor tensor : tensors) {
      if (tensor.isWeights()) {
        gain *= tensor.rms() * Math.sqrt(tensor.fanIn());
      }
    }
    return gain;
  }
}
