package org.unvanish.model.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.unvanish.model.ModelRefusedException;

/**
 * The bytes of pickles, read once from first to last. What a length says is believed only as far as
 * there are bytes.
 */
final class PickleInput {

  /** A description of a model is far shorter; its numbers are no part of it. */
  private static final long MOST_BYTES = 64L << 20;

  /** Names of modules and classes. */
  private static final int LONGEST_LINE = 1000;

  private final String name;
  private final InputStream in;
  private long at;

  /**
   * @param name for messages
   */
  PickleInput(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** How many bytes were read. */
  long at() {
    return at;
  }

  /** A refusal at the byte that was read last. */
  ModelRefusedException refused(String reason, String wayOut) {
    return new ModelRefusedException(name + ", byte " + at, reason, wayOut);
  }

  int unsignedByte() throws IOException {
    return bytes(1)[0] & 0xff;
  }

  int unsignedShort() throws IOException {
    return number(2).getShort() & 0xffff;
  }

  int integer() throws IOException {
    return number(4).getInt();
  }

  long unsignedInteger() throws IOException {
    return integer() & 0xffff_ffffL;
  }

  long longInteger() throws IOException {
    return number(8).getLong();
  }

  /** Unlike all others it has the highest byte first. */
  double floatingPoint() throws IOException {
    return number(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  private ByteBuffer number(int bytes) throws IOException {
    return ByteBuffer.wrap(bytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  String text(long length) throws IOException {
    return new String(bytes(length), UTF_8);
  }

  byte[] bytes(long length) throws IOException {
    if (length < 0 || length > MOST_BYTES - at) {
      throw refused(
          "%s bytes are said to follow, but at most %d are read"
              .formatted(Long.toUnsignedString(length), MOST_BYTES),
          "");
    }
    // It takes memory as bytes come, not as they are promised.
    byte[] bytes = in.readNBytes((int) length);
    at += bytes.length;
    if (bytes.length < length) {
      throw refused("it ends too early", "The file is cut off; copy or save it again.");
    }
    return bytes;
  }

  /** Text up to the end of a line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      if (line.length() == LONGEST_LINE) {
        throw refused("a name has more than " + LONGEST_LINE + " characters", "");
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
