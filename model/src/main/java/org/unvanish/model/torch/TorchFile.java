package org.unvanish.model.torch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.unvanish.internal.safetensors.StoredTensor;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;

/** A file that {@code torch.save} wrote: an object, and the numbers of its tensors. */
final class TorchFile implements Closeable {

  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** Tensors of a file hardly overlap: there are not many more numbers than it has bytes. */
  private static final int MOST_OF_FILE = 2 * Double.BYTES;

  private final Path file;
  private final Limits limits;
  private final long mostBytes;
  private final Content content;
  private long valueBytes;
  private long readBytes;
  private @Nullable TorchStorage lastStorage;
  private ByteBuffer lastBytes = ByteBuffer.allocate(0);

  /** The two forms of such a file: of PyTorch 1.6 and later, and before. */
  interface Content extends Closeable {
    /** What {@code torch.load} would give. */
    Object root();

    /**
     * The numbers of a storage.
     *
     * @param bytes how many it has
     * @throws ModelRefusedException if they are not there
     */
    ByteBuffer read(TorchStorage storage, int bytes) throws IOException;
  }

  private TorchFile(Path file, long size, Limits limits, Content content) {
    this.file = file;
    this.limits = limits;
    this.mostBytes = Math.min(limits.valueBytes(), MOST_OF_FILE * size);
    this.content = content;
  }

  /**
   * Opens a file and reads all but the numbers.
   *
   * @throws ModelRefusedException if it is no such file, or one that is not read
   * @throws IOException if it cannot be read
   */
  static TorchFile open(Path file, Limits limits) throws IOException {
    long size = Files.size(file);
    try {
      if (size > limits.fileBytes()) {
        throw new ModelRefusedException(
            "",
            "the file has %d bytes, but at most %d are read".formatted(size, limits.fileBytes()),
            "");
      }
      byte[] start = start(file);
      Content content = Arrays.equals(start, ZIP) ? ZipContent.open(file) : open(file, start);
      return new TorchFile(file, size, limits, content);
    } catch (ModelRefusedException e) {
      throw e.in(file.toString());
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ZIP.length);
    }
  }

  private static Content open(Path file, byte[] start) throws IOException {
    if (start.length < 2 || start[0] != (byte) 0x80) {
      throw new ModelRefusedException(
          "",
          "torch.save did not write it: it is neither a zip archive nor a pickle",
          "Save the model with torch.save(model, file).");
    }
    return LegacyContent.open(file);
  }

  /** What {@code torch.load} would give. */
  Object root() {
    return content.root();
  }

  /**
   * The numbers of a tensor.
   *
   * @param place for messages
   * @throws ModelRefusedException if they are not there, of a type that is not read, or too many
   * @throws IOException if the file cannot be read
   */
  Tensor tensor(String place, TorchTensor tensor) throws IOException {
    try {
      return values(tensor);
    } catch (ModelRefusedException e) {
      throw e.in(place).in(file.toString());
    }
  }

  private Tensor values(TorchTensor tensor) throws IOException {
    TorchStorage storage = tensor.storage();
    StoredTensor.Type type =
        storage
            .numbers()
            .orElseThrow(
                () ->
                    new ModelRefusedException(
                        "",
                        "its numbers are of the type %s, which is not read"
                            .formatted(storage.type()),
                        "Convert the model in Python with model.float()."));
    int size =
        limits.elements("a tensor", tensor.shape().stream().mapToLong(Long::longValue).toArray());
    if (!fits(tensor) || storage.count() > Integer.MAX_VALUE / type.bytes()) {
      throw new ModelRefusedException(
          "",
          "shape %s, strides %s and offset %d do not fit a storage of %d numbers"
              .formatted(tensor.shape(), tensor.strides(), tensor.offset(), storage.count()),
          "");
    }
    valueBytes = budgeted(valueBytes, (long) size * Double.BYTES);
    int[] shape = tensor.shape().stream().mapToInt(Math::toIntExact).toArray();
    double[] values = new double[size];
    if (size > 0) {
      ByteBuffer bytes = bytes(storage, (int) storage.count() * type.bytes());
      gather(tensor, shape, type, bytes, values);
    }
    return Tensor.of(kind(type), values, shape);
  }

  private static Tensor.Kind kind(StoredTensor.Type type) {
    if (type == StoredTensor.Type.BOOL) {
      return Tensor.Kind.BOOLEAN;
    }
    return type.isWhole() ? Tensor.Kind.INTEGER : Tensor.Kind.FLOAT;
  }

  private long budgeted(long before, long more) {
    if (more > mostBytes - before) {
      throw new ModelRefusedException(
          "",
          "the tensors up to this one have more than %d bytes, which a file of its size has not"
              .formatted(mostBytes),
          "Save the model again, each tensor with its own numbers.");
    }
    return before + more;
  }

  /** The last one is kept: several tensors in a row are often views of one storage. */
  private ByteBuffer bytes(TorchStorage storage, int size) throws IOException {
    if (!storage.equals(lastStorage)) {
      readBytes = budgeted(readBytes, size);
      lastBytes = content.read(storage, size);
      lastStorage = storage;
    }
    return lastBytes;
  }

  private static boolean fits(TorchTensor tensor) {
    try {
      return tensor.fits();
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** Walks along the last axis fastest. */
  private static void gather(
      TorchTensor tensor, int[] shape, StoredTensor.Type type, ByteBuffer bytes, double[] values) {
    int[] index = new int[shape.length];
    long at = tensor.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(bytes.position((int) at * type.bytes()));
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at += tensor.strides().get(axis);
        index[axis]++;
        if (index[axis] < shape[axis]) {
          break;
        }
        at -= shape[axis] * tensor.strides().get(axis);
        index[axis] = 0;
      }
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
