package org.unvanish.probe;

import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.PenaltyGradient;

/** What is measured of parameters alone, without data. */
final class ParameterReading {

  private final float[] parameters;
  private final float[] initial;
  private final float[] penalty;

  /**
   * @param parameters in the network's order
   * @param initial those that the run began with
   * @param penalty of the run
   */
  ParameterReading(Network network, float[] parameters, float[] initial, Penalty penalty) {
    this.parameters = parameters;
    this.initial = initial;
    this.penalty = new float[parameters.length];
    new PenaltyGradient(penalty, network.parameters()).compute(parameters, this.penalty);
  }

  /** The root mean square of a tensor's difference from its initial values. */
  double change(ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      double difference = (double) parameters[i] - initial[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / tensor.size());
  }

  /** The decimal logarithm of the root mean square of the penalty's gradient; −∞ for 0. */
  double penaltyLog10(ParameterTensor tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += (double) penalty[i] * penalty[i];
    }
    return StrictMath.log10(sum / tensor.size()) / 2;
  }
}
