package org.unvanish.djl;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.SaturationPoint;

/** Counts where an activation's arguments lie. */
final class PreActivations {

  private final SaturationPoint knee;
  private final boolean relu;
  private final float inner;
  private final long[] inRange = new long[Saturation.RANGES.size()];
  private final MeanSquare size = new MeanSquare();
  private boolean[] alive = {};
  private long total;

  PreActivations(Activation activation) {
    this.knee = SaturationPoint.of(activation.function());
    this.relu = activation.function() == ActivationFunction.RELU;
    this.inner = (float) activation.inner();
  }

  /**
   * Adds what the activation is about to be applied to.
   *
   * @param z in the order sample, channel (or unit), place
   * @param channels how many there are
   * @param places how many a channel has
   */
  void add(float[] z, int channels, int places) {
    if (alive.length == 0) {
      alive = new boolean[channels];
    }
    float[] counted = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      float u = inner * z[i];
      counted[i] = knee.oneSided() ? Math.max(u, 0) : u;
      inRange[range(knee.distance(u))]++;
      // NaN, of a network that has overflowed, is not dead.
      if (!relu || !(u <= 0)) {
        alive[i / places % channels] = true;
      }
    }
    size.add(counted);
    total += z.length;
  }

  private static int range(double distance) {
    int range = 0;
    while (range + 1 < Saturation.RANGES.size() && distance >= Saturation.RANGES.get(range + 1)) {
      range++;
    }
    return range;
  }

  Saturation result() {
    List<Double> shares = new ArrayList<>();
    double saturated = 0;
    for (int range = 0; range < inRange.length; range++) {
      shares.add((double) inRange[range] / total);
      saturated += Saturation.RANGES.get(range) >= 1 ? inRange[range] : 0;
    }
    int dead = 0;
    for (boolean living : alive) {
      dead += living ? 0 : 1;
    }
    return new Saturation(
        saturated / total, (double) dead / alive.length, size.root() / knee.position(), shares);
  }
}
