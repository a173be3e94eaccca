package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * Dropout (Srivastava et al. 2014): in training, each value is 0 with a probability, else divided
 * by what is left of 1. In testing and predicting it does nothing.
 *
 * @param rate share of values that are dropped, at least 0 and below 1
 * @since 0.1
 */
public record Dropout(double rate) implements Layer {
  /**
   * @throws IllegalArgumentException if the rate is outside its range
   */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "a dropout rate must be at least 0 and below 1, but is " + rate);
    }
  }

  @Override
  public Role role() {
    return Role.NOISE;
  }

  @Override
  public String name() {
    return "dropout";
  }

  @Override
  public boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  public Shape output(Shape input) {
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
