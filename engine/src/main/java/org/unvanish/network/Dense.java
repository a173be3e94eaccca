package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * A dense layer on all values of its input.
 *
 * @param units outputs, at least 1
 * @param bias whether each unit has a bias
 * @since 0.1
 */
public record Dense(int units, boolean bias) implements Layer {
  /**
   * @throws IllegalArgumentException if there are no units
   */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1, but is " + units);
    }
  }

  @Override
  public Role role() {
    return Role.WEIGHTS;
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  public Shape output(Shape input) {
    return Shape.flat(units);
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    int inputs = input.size();
    return Parameters.withBias(
        List.of(Parameters.weights("weights", List.of(units, inputs), inputs, units)),
        bias,
        units,
        inputs);
  }

  @Override
  public Dense widened(int factor) {
    return new Dense(units * factor, bias);
  }
}
