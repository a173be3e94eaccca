package org.unvanish.train;

import java.util.Arrays;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
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
    ImageSet train = data.train();
    reference.add(
        Arrays.stream(batch).mapToObj(sample -> Batch.image(train, sample)).toList(),
        Arrays.stream(batch).mapToObj(train::label).toList(),
        batch.length);
    for (Bounded output : reference.values(layer)) {
      for (double value : output.value) {
        sum += value;
        squares += value * value;
        count++;
      }
    }
    return squares / count - sum / count * (sum / count);
  }
}
