package org.unvanish.data;

import java.util.Locale;

/** Memory for data sets, refused with a reason if there is not enough. */
public final class Memory {
  /** What one set of samples may take, in bytes: an array holds no more bytes than this. */
  public static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private Memory() {}

  /**
   * New bytes, all 0.
   *
   * @throws DataException if they are more than an array or the memory holds
   */
  public static byte[] bytes(long count) {
    requireRoom(count);
    try {
      return new byte[(int) count];
    } catch (OutOfMemoryError e) {
      throw tooLittle(count, e);
    }
  }

  /**
   * New numbers, all 0.
   *
   * @throws DataException if they are more than an array or the memory holds
   */
  public static float[] floats(long count) {
    requireRoom(Float.BYTES * count);
    try {
      return new float[(int) count];
    } catch (OutOfMemoryError e) {
      throw tooLittle(Float.BYTES * count, e);
    }
  }

  /**
   * New numbers for sequences, all 0.
   *
   * @param what the sequences are called: their file, or the name of what is drawn
   * @param count of the sequences, at least 1
   * @param features of each step
   * @param steps of the longest, which all are padded to
   * @throws DataException if they are more than an array or the memory holds
   */
  public static float[] sequences(String what, long count, long features, long steps) {
    long mostSteps = MOST_BYTES / Float.BYTES / Math.multiplyExact(count, features);
    if (steps > mostSteps) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %,d sequences of %,d %s, the longest of %,d steps. All take as much "
                  + "memory as the longest, and at most %,d steps fit into 2 GiB. Shorten the "
                  + "longest, or use fewer sequences.",
              what,
              count,
              features,
              features == 1 ? "feature" : "features",
              steps,
              mostSteps));
    }
    return floats(count * features * steps);
  }

  private static void requireRoom(long bytes) {
    if (bytes > MOST_BYTES) {
      throw new DataException(
          "the data take "
              + gibibytes(bytes)
              + " in memory, but at most 2 GiB are allowed. Use fewer or smaller samples. A "
              + "training subset does not help, because all samples are read first.");
    }
  }

  private static DataException tooLittle(long bytes, OutOfMemoryError cause) {
    return new DataException(
        "the data take "
            + gibibytes(bytes)
            + " in memory, but Java may use no more than "
            + gibibytes(Runtime.getRuntime().maxMemory())
            + ". Allow more with the environment variable JDK_JAVA_OPTIONS=-Xmx8g (for 8 GiB), or"
            + " use fewer or smaller samples.",
        cause);
  }

  private static String gibibytes(long bytes) {
    return "%.1f GiB".formatted((double) bytes / (1 << 30));
  }
}
