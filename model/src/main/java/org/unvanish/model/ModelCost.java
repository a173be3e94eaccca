package org.unvanish.model;

import org.unvanish.model.graph.MatrixProduct;

/**
 * What the diagnosis of a model takes, counted before it starts.
 *
 * @param parameters that training changes
 * @param operations of one probe: multiplications, each with an addition, and what values take
 *     beside them, as so many more
 * @param bytes that it takes in memory beside the data, at most
 * @since 0.1
 */
public record ModelCost(long parameters, double operations, long bytes) {

  /** Forward, back for the inputs and for the weights, and both once more for a test gradient. */
  private static final int PASSES = 5;

  /** What a value takes beside multiplications: to be computed, passed back and measured. */
  private static final int OPERATIONS_OF_VALUE = 40;

  /**
   * Numbers for each parameter: the model as read, as it trains and with a remedy; gradients of the
   * last mini-batch, of this one and of a test gradient; and in single precision its initial values
   * and other ones, and those of a layer with their gradients.
   */
  private static final int COPIES_OF_PARAMETERS = 8;

  /** Values, gradients, and copies of those that are looked at. */
  private static final int COPIES_OF_VALUES = 4;

  static ModelCost of(GraphStack stack, BatchAxes axes, int batch, int batches) {
    long bytes = axes.bytes(batch);
    double samples = (double) batch * batches;
    double values = (double) bytes / Double.BYTES * batches;
    return new ModelCost(
        stack.parameterCount(),
        PASSES * axes.multiplyAdds(stack) * samples + OPERATIONS_OF_VALUE * values,
        COPIES_OF_PARAMETERS * Double.BYTES * stack.parameterCount() + COPIES_OF_VALUES * bytes);
  }

  /** About how long a probe takes on this machine, by what a short product of matrices takes. */
  public double secondsOfProbe() {
    return operations / MatrixProduct.perSecond();
  }
}
