package org.unvanish.statistics;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The bootstrap's resamples of samples of one size: which elements each takes. They are the same
 * for every sample of that size, and so drawn once for the many comparisons of an experiment.
 */
final class Resamples {

  private static final int COUNT = 10_000;

  /** Larger samples are rare, and their resamples would fill the memory. */
  private static final int MOST_KEPT = 200;

  private static volatile @Nullable Resamples latest;

  private final int size;
  private final short[] places;

  private Resamples(int size) {
    this.size = size;
    places = new short[COUNT * size];
    Random random = random();
    for (int i = 0; i < places.length; i++) {
      places[i] = (short) random.nextInt(size);
    }
  }

  /** The one generator of the JDK whose numbers are specified to the bit. */
  private static Random random() {
    return new Random(1);
  }

  /** The mean of each resample. */
  static double[] means(double[] sample) {
    if (sample.length > MOST_KEPT) {
      Random random = random();
      double[] means = new double[COUNT];
      for (int i = 0; i < COUNT; i++) {
        double sum = 0;
        for (int j = 0; j < sample.length; j++) {
          sum += sample[random.nextInt(sample.length)];
        }
        means[i] = sum / sample.length;
      }
      return means;
    }
    Resamples resamples = latest;
    if (resamples == null || resamples.size != sample.length) {
      resamples = new Resamples(sample.length);
      latest = resamples;
    }
    return resamples.of(sample);
  }

  private double[] of(double[] sample) {
    double[] means = new double[COUNT];
    for (int i = 0, at = 0; i < COUNT; i++) {
      double sum = 0;
      for (int j = 0; j < size; j++) {
        sum += sample[places[at++]];
      }
      means[i] = sum / size;
    }
    return means;
  }
}
