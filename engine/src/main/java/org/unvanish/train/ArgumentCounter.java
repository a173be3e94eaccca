package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.Knee;
import org.unvanish.diagnosis.Saturation;
import org.unvanish.kernel.LaneTensor;
import org.unvanish.kernel.LaneValues;
import org.unvanish.kernel.Lanes;

/** Counts where an activation's arguments lie. */
final class ArgumentCounter {

  private static final double[] STARTS =
      Saturation.RANGES.stream().mapToDouble(Double::doubleValue).toArray();

  private final Knee knee;
  private final float inner;
  private final boolean[] alive;
  private final long[] counts = new long[STARTS.length];
  private double squares;

  /**
   * @param inner the factor in front of z, for a learned α as it stands
   */
  ArgumentCounter(Activation activation, float inner, int channels) {
    this.knee = Knee.of(activation.function());
    this.inner = inner;
    this.alive = new boolean[channels];
  }

  /** Adds what the activation is about to be applied to. */
  void add(LaneTensor z, int samples) {
    LaneValues.forEachRow(
        z, (channel, values, from, to) -> addRow(channel, values, from, to, samples));
  }

  private void addRow(int channel, float[] values, int from, int to, int samples) {
    boolean relu = knee.function() == ActivationFunction.RELU;
    boolean living = false;
    double sum = 0;
    for (int i = from; i < to; i += Lanes.COUNT) {
      for (int lane = 0; lane < samples; lane++) {
        float u = inner * values[i + lane];
        // NaN, of a network that has overflowed, is not dead.
        living |= !relu || !(u <= 0);
        double distance = knee.distance(u);
        sum += distance * distance;
        counts[range(distance)]++;
      }
    }
    alive[channel] |= living;
    squares += sum;
  }

  private static int range(double distance) {
    int range = 0;
    while (range + 1 < STARTS.length && distance >= STARTS[range + 1]) {
      range++;
    }
    return range;
  }

  Saturation result() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    List<Double> shares = new ArrayList<>();
    long saturated = 0;
    for (int range = 0; range < counts.length; range++) {
      shares.add((double) counts[range] / total);
      saturated += STARTS[range] >= 1 ? counts[range] : 0;
    }
    int dead = 0;
    for (boolean living : alive) {
      dead += living ? 0 : 1;
    }
    return new Saturation(
        (double) saturated / total,
        (double) dead / alive.length,
        Math.sqrt(squares / total),
        shares);
  }
}
