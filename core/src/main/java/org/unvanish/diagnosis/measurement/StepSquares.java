package org.unvanish.diagnosis.measurement;

/**
 * A step of a recurrent layer on the way back, of one sample: sums of the squares of gradients,
 * from the state after the step to the state before it.
 *
 * @param state with respect to the state after the step, with all that comes to it
 * @param sums with respect to what the recurrent weights made of the state before
 * @param recurrent what that becomes through the recurrent weights
 * @param before with respect to the state before, on all ways of the layer
 * @param past with respect to that which gates carry past the sums, an LSTM's cell or a GRU's
 *     state; NaN without gates
 * @param kept what the gate leaves of that; NaN without gates
 */
public record StepSquares(
    double state, double sums, double recurrent, double before, double past, double kept) {

  /** Without gates: there is no way but that over the sums. */
  public StepSquares(double state, double sums, double before) {
    this(state, sums, before, before, Double.NaN, Double.NaN);
  }
}
