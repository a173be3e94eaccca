package org.unvanish.spark;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Dataset;
import org.unvanish.data.SampleChecksums;

/**
 * A data set on its way to the executors: Spark ships it once to each of them, who look whether all
 * samples arrived as they were sent.
 */
final class SharedData implements Serializable {

  /** Of this process: Spark may forget what it shipped where memory is short. */
  private static @Nullable SharedData held;

  private static long heldId;

  private transient Dataset data;
  private String samples;

  private SharedData(Dataset data, String samples) {
    this.data = data;
    this.samples = samples;
  }

  /** Data that are to be shipped. */
  static SharedData of(Dataset data) {
    return new SharedData(data, checksum(data));
  }

  /**
   * The data on an executor, which come here once.
   *
   * @param samples their checksum
   */
  static synchronized Dataset here(Broadcast<SharedData> shipped, String samples) {
    SharedData known = held;
    if (known == null || heldId != shipped.id() || !known.samples.equals(samples)) {
      known = shipped.value();
      held = known;
      heldId = shipped.id();
    }
    return known.data;
  }

  /** Of the samples themselves; a data set's own may be that of the files that they came from. */
  String samples() {
    return samples;
  }

  private static String checksum(Dataset data) {
    return SampleChecksums.of(data.train(), data.test());
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    Wire.write(data, out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    data = Wire.read(in, Dataset.class);
    if (!checksum(data).equals(samples)) {
      throw new InvalidObjectException(
          "the samples of %s were damaged on their way to %s: their checksum is another one"
              .formatted(data.name(), ReportPlugin.host()));
    }
  }
}
