package org.unvanish.probe;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.diagnosis.measurement.ScaledSum;

/** Reads from the data what a diagnosis needs to know. */
public final class DataReading {

  private DataReading() {}

  /** What there is to know. */
  public static DataEvidence of(Dataset data) {
    return new DataEvidence(
        data.train().count(),
        data.train().shape().size(),
        constantInputs(data.train()),
        data.train().targets().different(),
        data.test().targets().different(),
        givenInputRms(data.train()));
  }

  /** Of the numbers of tables and sequences; of categories, which are names, it says nothing. */
  private static double givenInputRms(ImageSet samples) {
    if (!(samples.pixels() instanceof Pixels.Floats floats)) {
      return Double.NaN;
    }
    ScaledSum sum = new ScaledSum();
    for (int sample = 0; sample < samples.count(); sample++) {
      for (int channel = 0; channel < samples.shape().channels(); channel++) {
        int start = samples.start(sample, channel);
        int end = samples.columns().isNumeric(channel) ? start + samples.realValues(sample) : start;
        for (int i = start; i < end; i++) {
          sum.add((double) floats.values()[i] * floats.values()[i], 0, 1);
        }
      }
    }
    return sum.rms();
  }

  /**
   * Values that are the same in all samples that have them, and not one alone has: padding is none.
   * Few are left to compare after some samples, and mostly none.
   */
  private static int constantInputs(ImageSet samples) {
    int size = samples.shape().size();
    int ofChannel = samples.shape().rows() * samples.shape().columns();
    int[] byLength =
        IntStream.range(0, samples.count())
            .boxed()
            .sorted(Comparator.comparingInt(sample -> -samples.realValues(sample)))
            .mapToInt(Integer::intValue)
            .toArray();
    int shared = samples.realValues(byLength[Math.min(1, byLength.length - 1)]);
    int[] left = IntStream.range(0, size).filter(i -> i % ofChannel < shared).toArray();
    int count = left.length;
    for (int n = 1; n < byLength.length && count > 0; n++) {
      int real = samples.realValues(byLength[n]);
      int same = 0;
      for (int i = 0; i < count; i++) {
        int place = left[i];
        if (place % ofChannel >= real
            || isSame(samples.pixels(), byLength[0] * size + place, byLength[n] * size + place)) {
          left[same++] = place;
        }
      }
      count = same;
    }
    return count;
  }

  private static boolean isSame(Pixels pixels, int one, int other) {
    if (pixels instanceof Pixels.Bytes bytes) {
      return bytes.values()[one] == bytes.values()[other];
    }
    float[] values = ((Pixels.Floats) pixels).values();
    return values[one] == values[other];
  }
}
