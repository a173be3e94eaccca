package org.unvanish.train;

import org.unvanish.data.Dataset;
import org.unvanish.network.Network;

/** What layers put out for a batch, by the oracle. */
public final class FirstBatch {

  private FirstBatch() {}

  /** The variance of all values that a layer puts out. */
  public static double variance(
      Network network, float[] parameters, Dataset data, int[] batch, int layer) {
    ReferenceNetwork reference = new ReferenceNetwork(network, Batch.toDouble(parameters));
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int sample : batch) {
      reference.add(Batch.image(data.train(), sample), data.train().label(sample), batch.length);
      for (double value : reference.value(layer).value) {
        sum += value;
        squares += value * value;
        count++;
      }
    }
    return squares / count - sum / count * (sum / count);
  }
}
