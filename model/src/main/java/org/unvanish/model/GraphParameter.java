package org.unvanish.model;

import org.unvanish.network.ParameterTensor.Kind;

/**
 * A constant of a graph that training changes.
 *
 * @param constant its name in the graph
 * @param kind what it is to its layer
 * @param unitAxis the axis along which a layer's units lie; −1 where nothing in it belongs to one
 *     unit alone
 * @param fanIn inputs that reach one output; of weights only it means something
 * @since 0.1
 */
public record GraphParameter(String constant, Kind kind, int unitAxis, double fanIn) {

  /** Whether a layer multiplies what it reads by it. */
  public boolean isWeights() {
    return kind == Kind.WEIGHTS;
  }
}
