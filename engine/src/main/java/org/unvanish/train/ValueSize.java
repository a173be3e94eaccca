package org.unvanish.train;

import java.util.List;
import org.unvanish.diagnosis.measurement.ScaledSum;
import org.unvanish.network.ParameterTensor;

/**
 * How large values are at the end of an epoch, by their root mean square: those of a trained
 * parameter tensor, or what a layer puts out.
 *
 * @param kind which of them
 * @param name of the tensor, {@code dense1/weights}, or of the layer, {@code dense1}
 * @param rms at least 0; infinite or NaN where a value is
 * @since 0.1
 */
public record ValueSize(Kind kind, String name, double rms) {

  /** What has a size. */
  public enum Kind {
    /** The values of a trained parameter tensor. */
    PARAMETER("parameter"),
    /**
     * What a layer puts out for test samples, after its activation function: {@link OutputSizes}.
     */
    ACTIVATION("activation");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As the store and CSV files name it. */
    public String label() {
      return label;
    }
  }

  /**
   * Of all trained tensors of a network.
   *
   * @param tensors the network's, in its order
   * @param parameters the values of all
   */
  static List<ValueSize> of(List<ParameterTensor> tensors, float[] parameters) {
    return tensors.stream()
        .filter(tensor -> tensor.kind().isTrained())
        .map(
            tensor -> {
              double squares = ScaledSum.ofSquares(parameters, tensor.offset(), tensor.end());
              double rms = Math.sqrt(squares / tensor.size());
              return new ValueSize(Kind.PARAMETER, tensor.name(), rms);
            })
        .toList();
  }
}
