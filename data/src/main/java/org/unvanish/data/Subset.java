package org.unvanish.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** Some of a data set's training samples. */
public final class Subset {
  private Subset() {}

  /**
   * As many training samples as asked for, drawn without replacement by the seed and left in their
   * order. A smaller subset of the same seed is a part of a larger one.
   *
   * @throws DataException if there are fewer
   */
  public static Dataset of(Dataset data, int samples, long seed) {
    int all = data.train().count();
    if (samples > all) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%,d training samples were requested, but %s has only %,d. Request fewer.",
              samples,
              data.name(),
              all));
    }
    if (samples == all) {
      return data;
    }
    ImageSet train = data.train().select(draw(all, samples, seed));
    return new Dataset(
        data.name(),
        String.format(
            Locale.ROOT,
            "%s, %,d of %,d training %s (seed %d)",
            data.title(),
            samples,
            all,
            train.pixels() instanceof Pixels.Bytes ? "images" : "samples",
            seed),
        new TrainAndTest(data.classes(), train, data.test(), false));
  }

  private static int[] draw(int all, int samples, long seed) {
    int[] numbers = IntStream.range(0, all).toArray();
    new Randomness(seed, "training subset").drawFirst(numbers, samples);
    int[] drawn = Arrays.copyOf(numbers, samples);
    Arrays.sort(drawn);
    return drawn;
  }
}
