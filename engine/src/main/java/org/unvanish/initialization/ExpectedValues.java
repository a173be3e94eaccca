package org.unvanish.initialization;

import org.unvanish.network.ParameterTensor;
import org.unvanish.random.RandomStream;

/**
 * What is known of a tensor's initial values before they are drawn.
 *
 * @param meanSquare expected mean square; of values that are not drawn the actual one
 * @param form how the values depend on each other
 * @since 0.1
 */
public record ExpectedValues(double meanSquare, Form form) {

  /** How the values of a tensor depend on each other. */
  public enum Form {
    /** Drawn one by one, with mean 0. */
    INDEPENDENT,
    /** The rows of a matrix are at right angles to each other, or its columns. */
    ORTHOGONAL,
    /** Nearly the identity: each output has an input of its own. */
    IDENTITY,
    /** Given, and not drawn at all. */
    GIVEN
  }

  static ExpectedValues independent(double meanSquare) {
    return new ExpectedValues(meanSquare, Form.INDEPENDENT);
  }

  /** Of values that are the same whatever is drawn. */
  static ExpectedValues given(Initialization values, ParameterTensor tensor, int first) {
    ParameterTensor alone =
        new ParameterTensor(
            tensor.name(),
            tensor.kind(),
            tensor.shape(),
            0,
            tensor.fanIn(),
            tensor.fanOut(),
            tensor.start());
    float[] parameters = new float[tensor.size()];
    values.fill(alone, new RandomStream(0, "nothing is drawn"), first, parameters);
    double squares = 0;
    for (float parameter : parameters) {
      squares += (double) parameter * parameter;
    }
    return new ExpectedValues(squares / parameters.length, Form.GIVEN);
  }

  /** Of a matrix with rows or columns of a length at right angles to each other. */
  static ExpectedValues orthogonal(ParameterTensor tensor, double length) {
    int rows = tensor.shape().get(0);
    int columns = tensor.size() / rows;
    if (tensor.kind() == ParameterTensor.Kind.RECURRENT) {
      return new ExpectedValues(length * length / columns, Form.ORTHOGONAL);
    }
    return new ExpectedValues(length * length / Math.max(rows, columns), Form.ORTHOGONAL);
  }
}
