package org.unvanish.model.onnx;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * Walks through the bytes of a message before objects are made of them: a damaged file is refused
 * with the byte where it is damaged, and one of millions of empty messages before they fill the
 * memory. See protobuf.dev/programming-guides/encoding.
 */
final class WireCheck {
  /** Messages, strings and blocks of bytes that a node may have on average. */
  private static final int PARTS_OF_A_NODE = 40;

  private final byte[] bytes;
  private final int depth;
  private final long parts;
  private long seen;
  private int at;

  private WireCheck(byte[] bytes, Limits limits) {
    this.bytes = bytes;
    this.depth = limits.depth();
    this.parts = (long) limits.nodes() * PARTS_OF_A_NODE;
  }

  /**
   * Walks through all bytes.
   *
   * @throws ModelRefusedException with the place of the first byte that is wrong
   */
  static void check(byte[] bytes, Descriptor message, Limits limits) {
    new WireCheck(bytes, limits).message(message, bytes.length, 0);
  }

  private void message(Descriptor message, int end, int level) {
    if (level > depth) {
      throw refused(at, "messages are nested more than " + depth + " deep");
    }
    while (at < end) {
      int start = at;
      long tag = varint(end);
      int number = (int) (tag >>> 3);
      if (tag <= 0 || tag >>> 32 != 0 || number == 0) {
        throw refused(start, "no field begins here");
      }
      FieldDescriptor field = message.findFieldByNumber(number);
      switch ((int) (tag & 7)) {
        case WireFormat.WIRETYPE_VARINT -> varint(end);
        case WireFormat.WIRETYPE_FIXED64 -> skip(8, start, end);
        case WireFormat.WIRETYPE_FIXED32 -> skip(4, start, end);
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> part(field, start, end, level);
        default -> throw refused(start, "a field of the wire type " + (tag & 7));
      }
    }
  }

  private void part(FieldDescriptor field, int start, int end, int level) {
    long length = varint(end);
    if (length < 0 || length > end - at) {
      throw refused(start, "a part of " + length + " bytes is longer than what is left");
    }
    if (++seen > parts) {
      throw refused(start, "it has more than " + parts + " parts");
    }
    int partEnd = at + (int) length;
    if (field != null && field.getType() == FieldDescriptor.Type.MESSAGE) {
      message(field.getMessageType(), partEnd, level + 1);
    } else if (field != null
        && field.getType() == FieldDescriptor.Type.STRING
        && !UnsafeByteOperations.unsafeWrap(bytes, at, (int) length).isValidUtf8()) {
      throw refused(start, "the text of " + field.getName() + " is not UTF-8");
    }
    at = partEnd;
  }

  private void skip(int length, int start, int end) {
    if (length > end - at) {
      throw refused(start, "a number is cut off");
    }
    at += length;
  }

  private long varint(int end) {
    int start = at;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw refused(start, "a number is cut off");
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw refused(start, "a number has more than ten bytes");
  }

  private static ModelRefusedException refused(int at, String reason) {
    return new ModelRefusedException(
        "byte " + at, reason, "The file is damaged or no ONNX model. Export or copy it again.");
  }
}
