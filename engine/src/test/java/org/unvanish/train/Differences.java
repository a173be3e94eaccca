package org.unvanish.train;

import org.unvanish.data.ImageSet;
import org.unvanish.network.Network;

/**
 * What the reference's loss does around a point, to hold its gradients against.
 *
 * @param slope the central difference
 * @param bend the slope ahead less the slope behind
 */
record Differences(double slope, double bend) {

  /**
   * Moves one parameter.
   *
   * @param p which one
   * @param step how far, to either side
   */
  static Differences of(Network network, ImageSet images, double[] parameters, int p, double step) {
    double ahead = loss(network, images, parameters, p, step);
    double here = loss(network, images, parameters, p, 0);
    double behind = loss(network, images, parameters, p, -step);
    return new Differences(
        (ahead - behind) / (2 * step), ((ahead - here) - (here - behind)) / step);
  }

  /** The central difference alone. */
  static double slope(Network network, ImageSet images, double[] parameters, int p, double step) {
    return (loss(network, images, parameters, p, step)
            - loss(network, images, parameters, p, -step))
        / (2 * step);
  }

  private static double loss(
      Network network, ImageSet images, double[] parameters, int p, double step) {
    double[] moved = parameters.clone();
    moved[p] += step;
    ReferenceNetwork reference = new ReferenceNetwork(network, moved);
    Batch.addAll(reference, images, images.count());
    return reference.loss() / images.count();
  }
}
