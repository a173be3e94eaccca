package org.unvanish.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.graph.Tensor.Kind;

/** Makes tensors of what a file has: any type of number, in any of the places where it may be. */
final class OnnxTensors {
  private final ExternalFiles files;
  private final Limits limits;
  private long taken;

  OnnxTensors(ExternalFiles files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  /**
   * A tensor.
   *
   * @param place what it is, for messages
   * @throws ModelRefusedException if its numbers do not fill its shape, are of a type that is not
   *     read, or all tensors together take too much memory
   */
  Tensor read(TensorProto tensor, String place) {
    long[] extents = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int size = limits.elements(place, extents);
    taken += (long) size * Double.BYTES;
    if (taken > limits.valueBytes()) {
      throw new ModelRefusedException(
          place, "all tensors together take more than " + limits.valueBytes() + " bytes", "");
    }
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw new ModelRefusedException(
          place, "its numbers are of the unknown type " + tensor.getDataType(), "");
    }
    Kind kind = kind(type, place);
    IntToDoubleFunction source =
        tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.hasRawData()
            ? raw(tensor, type, size, place)
            : listed(tensor, type, size, place);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = source.applyAsDouble(i);
    }
    int[] shape = new int[extents.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = (int) extents[i];
    }
    return Tensor.of(kind, values, shape);
  }

  /** What a type's numbers are. */
  static Kind kind(DataType type, String place) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> Kind.FLOAT;
      case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> Kind.INTEGER;
      case BOOL -> Kind.BOOLEAN;
      default ->
          throw new ModelRefusedException(
              place,
              "its type is " + type,
              "Export the model with numbers of 32 bits, before it is quantised.");
    };
  }

  /**
   * Numbers that were rounded to fewer bits, as they are used.
   *
   * @param scale one number, or one for each place on the axis; so is zero
   */
  static Tensor dequantised(Tensor rounded, Tensor scale, Tensor zero, long axis, String place) {
    boolean single = scale.size() == 1 && zero.size() == 1;
    int length = single ? 1 : rounded.extent((int) axis);
    if (!single && scale.size() != length || zero.size() != 1 && zero.size() != scale.size()) {
      throw new ModelRefusedException(place, "its scales do not fit its numbers", "");
    }
    int step = 1;
    for (int i = single ? rounded.rank() : rounded.axis(axis) + 1; i < rounded.rank(); i++) {
      step *= rounded.extent(i);
    }
    double[] values = new double[rounded.size()];
    for (int i = 0; i < values.length; i++) {
      int at = i / step % length;
      values[i] = (rounded.value(i) - zero.value(zero.size() == 1 ? 0 : at)) * scale.value(at);
    }
    return Tensor.of(values, rounded.shape());
  }

  private IntToDoubleFunction raw(TensorProto tensor, DataType type, int size, String place) {
    int width = width(type);
    long needed = (long) size * width;
    ByteBuffer bytes =
        tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
            ? files.bytes(tensor, place, needed)
            : tensor.getRawData().asReadOnlyByteBuffer();
    if (bytes.remaining() != needed) {
      throw unfilled(place, bytes.remaining() + " bytes", tensor);
    }
    ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT -> i -> data.getFloat(4 * i);
      case DOUBLE -> i -> data.getDouble(8 * i);
      case FLOAT16 -> i -> half(data.getShort(2 * i));
      case BFLOAT16 -> i -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
      case INT8 -> data::get;
      case UINT8 -> i -> data.get(i) & 0xff;
      case BOOL -> i -> data.get(i) == 0 ? 0 : 1;
      case INT16 -> i -> data.getShort(2 * i);
      case UINT16 -> i -> data.getShort(2 * i) & 0xffff;
      case INT32 -> i -> data.getInt(4 * i);
      case UINT32 -> i -> data.getInt(4 * i) & 0xffffffffL;
      default -> i -> data.getLong(8 * i);
    };
  }

  private static IntToDoubleFunction listed(
      TensorProto tensor, DataType type, int size, String place) {
    int count =
        switch (type) {
          case FLOAT -> tensor.getFloatDataCount();
          case DOUBLE -> tensor.getDoubleDataCount();
          case INT64 -> tensor.getInt64DataCount();
          case UINT32, UINT64 -> tensor.getUint64DataCount();
          default -> tensor.getInt32DataCount();
        };
    if (count != size) {
      throw unfilled(place, count + " numbers", tensor);
    }
    return switch (type) {
      case FLOAT -> tensor::getFloatData;
      case DOUBLE -> tensor::getDoubleData;
      case INT64 -> tensor::getInt64Data;
      case UINT32, UINT64 -> tensor::getUint64Data;
      case FLOAT16 -> i -> half((short) tensor.getInt32Data(i));
      case BFLOAT16 -> i -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16);
      case BOOL -> i -> tensor.getInt32Data(i) == 0 ? 0 : 1;
      default -> tensor::getInt32Data;
    };
  }

  private static ModelRefusedException unfilled(String place, String have, TensorProto tensor) {
    return new ModelRefusedException(
        place,
        have + " do not fill the shape " + tensor.getDimsList(),
        "The file is damaged. Export or copy it again.");
  }

  private static int width(DataType type) {
    return switch (type) {
      case INT8, UINT8, BOOL -> 1;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case FLOAT, INT32, UINT32 -> 4;
      default -> 8;
    };
  }

  /** A number of 16 bits: IEEE 754-2008, 3.6. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent == 31
                ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                : Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
    return bits < 0 ? -size : size;
  }
}
