package org.unvanish.codec;

import java.security.MessageDigest;
import org.unvanish.data.SampleChecksums;

/** The SHA-256 of bytes that are at hand. */
public final class Sha256 {

  private Sha256() {}

  /** In lower-case hexadecimal. */
  public static String of(byte[] bytes) {
    MessageDigest digest = SampleChecksums.sha256();
    digest.update(bytes);
    return SampleChecksums.hex(digest);
  }
}
