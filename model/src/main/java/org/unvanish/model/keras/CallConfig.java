package org.unvanish.model.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One call of a layer.
 *
 * @param operands what it is called with, in order
 * @param named tensors that are given by name, such as {@code initial_state}
 */
record CallConfig(List<Operand> operands, Map<String, List<Reference>> named) {
  /** An output of a call of a layer: the index of the call is Keras's, the model's own first. */
  record Reference(String layer, int call, int output) {}

  /** A tensor or a number. */
  record Operand(Optional<Reference> tensor, double number) {}

  /** All that must be there before. */
  List<Reference> references() {
    return Stream.concat(
            operands.stream().flatMap(operand -> operand.tensor().stream()),
            named.values().stream().flatMap(List::stream))
        .toList();
  }
}
