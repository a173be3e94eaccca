package org.unvanish.internal.safetensors;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleFunction;

/**
 * A tensor to be written.
 *
 * @param name unique in its file
 * @param type of its values
 * @param shape empty for a single value; the values lie in row-major order
 * @param values by their place
 */
public record StoredTensor(
    String name, Type type, List<Integer> shape, IntToDoubleFunction values) {

  /** How a value is stored. The names are those of the format. */
  public enum Type {
    /** IEEE 754 double precision. */
    F64(Double.BYTES, ByteBuffer::getDouble, ByteBuffer::putDouble),
    /** IEEE 754 single precision. */
    F32(Float.BYTES, ByteBuffer::getFloat, (to, value) -> to.putFloat((float) value)),
    /** IEEE 754 half precision. */
    F16(
        Short.BYTES,
        from -> ShortFloat.HALF.value(from.getShort()),
        (to, value) -> to.putShort(ShortFloat.HALF.bits(value))),
    /** The upper half of single precision. */
    BF16(
        Short.BYTES,
        from -> ShortFloat.BRAIN.value(from.getShort()),
        (to, value) -> to.putShort(ShortFloat.BRAIN.bits(value))),
    /** Whole numbers of 64 bits; beyond 2⁵³ those are rounded that a double does not hold. */
    I64(Long.BYTES, ByteBuffer::getLong, (to, value) -> to.putLong((long) value)),
    /** Whole numbers of 32 bits. */
    I32(Integer.BYTES, ByteBuffer::getInt, (to, value) -> to.putInt((int) value)),
    /** Whole numbers of 16 bits. */
    I16(Short.BYTES, ByteBuffer::getShort, (to, value) -> to.putShort((short) value)),
    /** Whole numbers of 8 bits. */
    I8(Byte.BYTES, ByteBuffer::get, (to, value) -> to.put((byte) value)),
    /** Whole numbers of 8 bits without a sign. */
    U8(Byte.BYTES, from -> from.get() & 0xff, (to, value) -> to.put((byte) value)),
    /** 0 for false, 1 for true. */
    BOOL(
        Byte.BYTES,
        from -> from.get() == 0 ? 0 : 1,
        (to, value) -> to.put((byte) (value == 0 ? 0 : 1)));

    private final int bytes;
    private final ToDoubleFunction<ByteBuffer> reader;
    private final ObjDoubleConsumer<ByteBuffer> writer;

    Type(
        int bytes, ToDoubleFunction<ByteBuffer> reader, ObjDoubleConsumer<ByteBuffer> writer) {
      this.bytes = bytes;
      this.reader = reader;
      this.writer = writer;
    }

    /** How many bytes a value has. */
    public int bytes() {
      return bytes;
    }

    /** Whether its values are whole numbers, or true and false. */
    public boolean isWhole() {
      return switch (this) {
        case F64, F32, F16, BF16 -> false;
        case I64, I32, I16, I8, U8, BOOL -> true;
      };
    }

    /** The next value of a buffer, in the buffer's order of bytes. */
    public double get(ByteBuffer from) {
      return reader.applyAsDouble(from);
    }

    void put(double value, ByteBuffer to) {
      writer.accept(to, value);
    }
  }

  /** Copies the shape. */
  public StoredTensor {
    shape = List.copyOf(shape);
  }

  int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
