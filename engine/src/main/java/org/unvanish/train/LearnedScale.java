package org.unvanish.train;

import java.util.List;
import org.unvanish.network.ParameterTensor;

/**
 * The value of a learned α.
 *
 * @param parameter the tensor's name: {@code activation1/alpha}, or {@link
 *     ParameterTensor#SHARED_ALPHA}
 * @param value of α
 * @since 0.1
 */
public record LearnedScale(String parameter, double value) {

  /**
   * All of a network.
   *
   * @param tensors the network's, in its order
   * @param parameters the values of all
   */
  static List<LearnedScale> of(List<ParameterTensor> tensors, float[] parameters) {
    return tensors.stream()
        .filter(tensor -> tensor.kind() == ParameterTensor.Kind.SCALE)
        .map(tensor -> new LearnedScale(tensor.name(), parameters[tensor.offset()]))
        .toList();
  }
}
