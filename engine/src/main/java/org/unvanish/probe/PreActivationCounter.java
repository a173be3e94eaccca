package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.SaturationPoint;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.PreActivationKernel;

/** Counts where an activation's arguments lie. */
final class PreActivationCounter {

  private static final double[] STARTS =
      Saturation.RANGES.stream().mapToDouble(Double::doubleValue).toArray();

  /** The first range behind the knee. */
  private static final int KNEE = Saturation.RANGES.indexOf(1.0);

  private final SaturationPoint knee;
  private final boolean relu;
  private final float inner;
  private final boolean[] alive;
  private final PreActivationKernel kernel;
  private long total;

  /**
   * @param inner the factor in front of z, for a learned α as it stands
   */
  PreActivationCounter(Activation activation, float inner, int channels) {
    this.knee = SaturationPoint.of(activation.function());
    this.relu = activation.function() == ActivationFunction.RELU;
    this.inner = inner;
    this.alive = new boolean[channels];
    Arrays.fill(alive, !relu);
    this.kernel = new PreActivationKernel(inner, knee.oneSided(), bounds(knee));
  }

  /** The smallest argument in each range but the first; dividing by the knee is monotone. */
  private static float[] bounds(SaturationPoint knee) {
    float[] bounds = new float[PreActivationKernel.BOUNDS];
    if (Double.isInfinite(knee.position())) {
      Arrays.fill(bounds, Float.POSITIVE_INFINITY);
      return bounds;
    }
    for (int i = 0; i < bounds.length; i++) {
      float bound = (float) (STARTS[i + 1] * knee.position());
      while (knee.distance(bound) >= STARTS[i + 1]) {
        bound = Math.nextDown(bound);
      }
      while (knee.distance(bound) < STARTS[i + 1]) {
        bound = Math.nextUp(bound);
      }
      bounds[i] = bound;
    }
    return bounds;
  }

  /** Adds what the activation is about to be applied to. */
  void add(LaneTensor z, int samples) {
    kernel.add(z, samples);
    total += (long) z.shape().size() * samples;
    if (relu) {
      LaneValues.forEachRow(
          z,
          (channel, values, from, to) ->
              alive[channel] = alive[channel] || lives(values, from, to, samples));
    }
  }

  private boolean lives(float[] values, int from, int to, int samples) {
    for (int i = from; i < to; i += Lanes.COUNT) {
      for (int lane = 0; lane < samples; lane++) {
        // NaN, of a network that has overflowed, is not dead.
        if (!(inner * values[i + lane] <= 0)) {
          return true;
        }
      }
    }
    return false;
  }

  Saturation result() {
    List<Double> shares = new ArrayList<>();
    for (int range = 0; range < STARTS.length; range++) {
      shares.add((double) (reached(range) - reached(range + 1)) / total);
    }
    int dead = 0;
    for (boolean living : alive) {
      dead += living ? 0 : 1;
    }
    return new Saturation(
        (double) reached(KNEE) / total,
        (double) dead / alive.length,
        Math.sqrt(kernel.squares() / total) / knee.position(),
        shares);
  }

  /** How many arguments lie in a range or beyond it. */
  private long reached(int range) {
    if (range == 0) {
      return total;
    }
    return range < STARTS.length && Double.isFinite(knee.position())
        ? kernel.reached(range - 1)
        : 0;
  }
}
