package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * yᵢ = exp(zᵢ)/Σⱼ exp(zⱼ) over all values of a flat input: probabilities. The loss
 * softmax-cross-entropy does that itself and needs no such layer before it.
 *
 * @since 0.1
 */
public record Softmax() implements Layer {

  @Override
  public Role role() {
    return Role.ACTIVATION;
  }

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  public Shape output(Shape input) {
    if (input.rows() * input.columns() > 1) {
      throw new IllegalArgumentException(
          "softmax, needs values without rows and columns, but "
              + input
              + " reaches it; put it after a dense layer");
    }
    return input;
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    return List.of();
  }

  @Override
  public Layer widened(int factor) {
    return this;
  }
}
