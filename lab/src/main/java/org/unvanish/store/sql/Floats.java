package org.unvanish.store.sql;

import java.nio.ByteBuffer;

/** Floats as bytes, the highest first. */
public final class Floats {

  private Floats() {}

  public static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /**
   * The numbers of bytes.
   *
   * @throws IllegalArgumentException if the bytes are not a whole number of floats
   */
  public static float[] of(byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are not floats");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
