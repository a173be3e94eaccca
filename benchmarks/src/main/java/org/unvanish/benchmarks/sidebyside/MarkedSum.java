package org.unvanish.benchmarks.sidebyside;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Randomness;
import org.unvanish.data.Shape;

/**
 * What recurrent networks are measured on: the adding problem (Hochreiter &amp; Schmidhuber 1997)
 * as a question with two answers. Each step of a sequence has a value and a marker, both bytes; two
 * steps are marked, one in either half. Is the sum of their values above 255?
 */
final class MarkedSum {

  /** Of a sequence. */
  static final int STEPS = 100;

  private static final int FEATURES = 2;
  private static final int BYTES = 256;

  private MarkedSum() {}

  /** A data set of so many sequences to train on. */
  static Dataset draw(int count) {
    ImageSet train = draw(count, new Randomness(Tasks.SEED, "marked sums"));
    return new Dataset(
        "marked-sums", "marked sums", List.of("at most 255", "above 255"), train, train, "");
  }

  private static ImageSet draw(int count, Randomness random) {
    Shape shape = new Shape(FEATURES, STEPS, 1);
    byte[] values = new byte[count * shape.size()];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int from = i * shape.size();
      for (int step = 0; step < STEPS; step++) {
        values[from + step] = (byte) random.between(0, BYTES);
      }
      int first = from + (int) random.between(0, STEPS / 2);
      int second = from + (int) random.between(STEPS / 2, STEPS);
      values[first + STEPS] = (byte) (BYTES - 1);
      values[second + STEPS] = (byte) (BYTES - 1);
      int sum = Byte.toUnsignedInt(values[first]) + Byte.toUnsignedInt(values[second]);
      labels[i] = (byte) (sum < BYTES ? 0 : 1);
    }
    return new ImageSet(shape, values, labels);
  }
}
