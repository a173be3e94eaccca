package org.unvanish.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.unvanish.data.SampleChecksums;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/** A SHA-256 of what an epoch came to: who trains it again must come to the same. */
final class Bits {

  private static final int CHUNK = 1 << 14;

  private Bits() {}

  /** Of all values but the time; as text, which tells every number exactly. */
  static String of(EpochRecord record, Checkpoint checkpoint) {
    EpochRecord timeless = record.withSeconds(0);
    MessageDigest digest = SampleChecksums.sha256();
    digest.update((timeless + " " + checkpoint.step()).getBytes(UTF_8));
    update(digest, checkpoint.parameters());
    update(digest, checkpoint.firstMoments());
    update(digest, checkpoint.secondMoments());
    return SampleChecksums.hex(digest);
  }

  private static void update(MessageDigest digest, float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK);
    for (int i = 0; i < values.length; i += CHUNK) {
      int count = Math.min(CHUNK, values.length - i);
      bytes.asFloatBuffer().put(values, i, count);
      digest.update(bytes.array(), 0, Float.BYTES * count);
    }
  }
}
