package org.unvanish.probe;

import java.util.List;
import org.unvanish.activation.ActivationFunction;

/**
 * What other tools' rules read, of one mini-batch in single precision.
 *
 * @param finite whether loss and gradients are finite
 * @param scaled whether the data lies in [−1, 1]
 * @param accuracy in [0, 1]
 * @param activations first to last
 * @param gradients of the mean loss, one for each parameter tensor
 */
record PeerEvidence(
    boolean finite,
    boolean scaled,
    double accuracy,
    List<Activated> activations,
    List<Gradient> gradients) {

  /**
   * Of one activation; units are single outputs, of a convolution each pixel of each channel.
   *
   * @param beyond5 share of arguments beyond ±5
   * @param outside share of units with less than 1 % of their arguments within (−9.4999, 9.4999),
   *     for the logistic function (−23, 16.99999)
   * @param zeros share of arguments of at most 0
   * @param inactive share of units with less than 1 % of their arguments above 0
   */
  record Activated(
      ActivationFunction function, double beyond5, double outside, double zeros, double inactive) {}

  /**
   * Of one parameter tensor.
   *
   * @param weights false for biases
   * @param dense whether the layer is fully connected
   * @param mean of its coordinates
   * @param meanSize mean of their absolute values
   * @param norm Euclidean
   * @param zeros how many are exactly 0
   */
  record Gradient(
      boolean weights,
      boolean dense,
      int size,
      double mean,
      double meanSize,
      double norm,
      int zeros) {}
}
