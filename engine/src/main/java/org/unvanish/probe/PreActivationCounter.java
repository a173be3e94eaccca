package org.unvanish.probe;

import java.util.EnumMap;
import java.util.Map;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.measurement.PreActivationCounts;
import org.unvanish.diagnosis.measurement.PreActivationCounts.Side;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.PreActivationKernel;

/** Counts with vectors where the pre-activations of an activation lie. */
final class PreActivationCounter implements SaturationCounter {

  private final PreActivationCounts counts;
  private final float inner;
  private final boolean[] alive;
  private final Map<Side, PreActivationKernel> kernels = new EnumMap<>(Side.class);
  private long total;

  /**
   * @param inner the factor in front of z, for a learned α as it stands
   */
  PreActivationCounter(ActivationFunction function, float inner, int channels) {
    this.counts = new PreActivationCounts(function);
    this.inner = inner;
    this.alive = new boolean[channels];
    for (Side side : counts.sides()) {
      // What lies below 0 lies above it with the other sign.
      float signed = side == Side.BELOW ? -inner : inner;
      kernels.put(side, new PreActivationKernel(signed, side != Side.BOTH, counts.bounds(side)));
    }
  }

  @Override
  public void add(LaneTensor z, int samples) {
    kernels.values().forEach(kernel -> kernel.add(z, samples));
    total += (long) z.shape().size() * samples;
    if (counts.canDie()) {
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

  @Override
  public Saturation result() {
    counts.addCount(total);
    kernels.forEach(this::add);
    for (int channel = 0; channel < alive.length; channel++) {
      counts.addUnit(channel, alive[channel]);
    }
    return counts.saturation();
  }

  private void add(Side side, PreActivationKernel kernel) {
    long[] beyond = new long[PreActivationKernel.BOUNDS];
    for (int bound = 0; bound < beyond.length; bound++) {
      beyond[bound] = kernel.reached(bound);
    }
    counts.addAll(side, beyond, kernel.squares());
  }
}
