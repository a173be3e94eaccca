package org.unvanish.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** SHA-256. */
public final class SampleChecksums {
  private SampleChecksums() {}

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** The checksum of what the digest was given, in lower-case hexadecimal. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The checksum of a set of samples: for each sample its target, a byte for a label or the four
   * bytes of each number, and its values, a byte each or the four bytes of a float, the lowest
   * first.
   */
  public static String of(ImageSet images) {
    MessageDigest digest = sha256();
    int size = images.shape().size();
    ByteBuffer floats = ByteBuffer.allocate(Float.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < images.count(); i++) {
      images.targets().addTo(digest, i);
      if (images.pixels() instanceof Pixels.Floats pixels) {
        floats.asFloatBuffer().put(pixels.values(), i * size, size);
        digest.update(floats.array());
      } else {
        digest.update(images.bytes(), i * size, size);
      }
    }
    return hex(digest);
  }

  /**
   * The checksum of a data set: that of its training and its test samples and, where inputs are
   * categories, of what each input is, for scaling depends on it. Where sequences are padded, their
   * lengths follow: four bytes each, the lowest first, training samples before test samples.
   */
  public static String of(ImageSet train, ImageSet test) {
    List<String> parts = new ArrayList<>(List.of(of(train), of(test)));
    List<InputColumn> inputs = train.columns().inputs();
    if (inputs.stream().anyMatch(input -> input.form() != InputColumn.Form.NUMBER)) {
      MessageDigest digest = sha256();
      inputs.forEach(input -> digest.update((form(input) + "\n").getBytes(US_ASCII)));
      parts.add(hex(digest));
    }
    if (!train.lengths().isFull() || !test.lengths().isFull()) {
      MessageDigest digest = sha256();
      addLengths(digest, train);
      addLengths(digest, test);
      parts.add(hex(digest));
    }
    return ofParts(parts);
  }

  private static void addLengths(MessageDigest digest, ImageSet samples) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.count(); i++) {
      digest.update(bytes.putInt(0, samples.steps(i)).array());
    }
  }

  private static String form(InputColumn input) {
    return input.form().label() + " " + input.categories().size();
  }

  /**
   * The checksum of a data set in parts: that of the parts' checksums, one a line. So every byte is
   * hashed once, parts can be hashed side by side, and anyone can check it by hand (see {@link
   * Dataset}).
   */
  public static String ofParts(List<String> parts) {
    MessageDigest digest = sha256();
    parts.forEach(part -> digest.update((part + "\n").getBytes(US_ASCII)));
    return hex(digest);
  }
}
