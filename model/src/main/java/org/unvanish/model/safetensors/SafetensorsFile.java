package org.unvanish.model.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.internal.safetensors.StoredTensor;
import org.unvanish.internal.safetensors.TensorFile;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/**
 * Reads and writes safetensors files: floating-point numbers of 64, 32 and 16 bits, both kinds of
 * the latter, whole numbers and truth values.
 *
 * @since 0.1
 */
public final class SafetensorsFile {

  /** What an array may have, and room for the names. */
  private static final long LONGEST = Integer.MAX_VALUE - (64L << 20);

  private SafetensorsFile() {}

  /**
   * Reads all tensors.
   *
   * @return by name, in the order of the file's header, which is often that of names
   * @throws ModelRefusedException if it is no such file, or larger than allowed; names the file,
   *     the tensor and the reason
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> read(Path file, Limits limits) throws IOException {
    long size = Files.size(file);
    if (size > limits.fileBytes()) {
      throw new ModelRefusedException(
          file.toString(),
          "the file has %d bytes, but at most %d are read".formatted(size, limits.fileBytes()),
          "");
    }
    try (TensorFile stored = open(file)) {
      if (stored.names().size() > limits.nodes()) {
        throw new ModelRefusedException(
            file.toString(), "it has more than " + limits.nodes() + " tensors", "");
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      long bytes = 0;
      for (String name : stored.names()) {
        String place = file + ", tensor \"" + name + "\"";
        long[] shape = stored.shape(name).stream().mapToLong(Long::longValue).toArray();
        bytes += (long) limits.elements(place, shape) * Double.BYTES;
        if (bytes > limits.valueBytes()) {
          throw new ModelRefusedException(
              place, "all tensors have more than " + limits.valueBytes() + " bytes", "");
        }
        tensors.put(
            name,
            Tensor.of(
                kind(stored.type(name)),
                stored.readDoubles(name),
                Arrays.stream(shape).mapToInt(Math::toIntExact).toArray()));
      }
      return tensors;
    }
  }

  /** Whether a file begins as such a file does. */
  public static boolean isOne(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(Long.BYTES + 1);
      // The length of the header, of which the upper half is 0, and its first brace.
      return start.length > Long.BYTES
          && start[Long.BYTES] == '{'
          && start[4] == 0
          && start[5] == 0
          && start[6] == 0
          && start[7] == 0;
    }
  }

  /** An error of the format is the file's fault, one of the device is not. */
  private static TensorFile open(Path file) throws IOException {
    try {
      return TensorFile.open(file);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      ModelRefusedException refused =
          new ModelRefusedException("", String.valueOf(e.getMessage()), "");
      refused.initCause(e);
      throw refused;
    }
  }

  private static Tensor.Kind kind(StoredTensor.Type type) {
    return switch (type) {
      case F64, F32, F16, BF16 -> Tensor.Kind.FLOAT;
      case I64, I32, I16, I8, U8 -> Tensor.Kind.INTEGER;
      case BOOL -> Tensor.Kind.BOOLEAN;
    };
  }

  /**
   * The bytes of a file: floating-point numbers in single precision, as PyTorch has them, whole
   * ones in 64 bits.
   *
   * @param metadata texts for those who read it; may be empty
   * @param tensors by name; written in this order, but for whole numbers, which come first
   * @throws ModelRefusedException if the file would be longer than 2 GiB
   */
  public static byte[] bytes(Map<String, String> metadata, Map<String, Tensor> tensors) {
    List<StoredTensor> stored = new ArrayList<>();
    tensors.forEach(
        (name, tensor) ->
            stored.add(
                new StoredTensor(
                    name,
                    switch (tensor.kind()) {
                      case FLOAT -> StoredTensor.Type.F32;
                      case INTEGER -> StoredTensor.Type.I64;
                      case BOOLEAN -> StoredTensor.Type.BOOL;
                    },
                    Arrays.stream(tensor.shape()).boxed().toList(),
                    tensor::value)));
    requireShort(
        stored.stream()
            .mapToLong(
                tensor ->
                    tensor.shape().stream()
                        .mapToLong(Integer::longValue)
                        .reduce(tensor.type().bytes(), (one, other) -> one * other))
            .sum());
    // Values of eight bytes first: so each lies at a multiple of its size.
    stored.sort((one, other) -> other.type().bytes() - one.type().bytes());
    return TensorFile.bytes(metadata, stored);
  }

  /**
   * The bytes of a file with the parameters of a network of the engine, as a spec's {@code
   * initial-values: {file: …}} reads them.
   *
   * @param parameters as many as the network has
   * @throws IllegalArgumentException if they are not that many
   * @throws ModelRefusedException if the file would be longer than 2 GiB
   */
  public static byte[] bytes(Network network, float[] parameters) {
    if (parameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "the network has %d parameters, but %d are given"
              .formatted(network.parameterCount(), parameters.length));
    }
    requireShort((long) Float.BYTES * parameters.length);
    List<StoredTensor> stored = new ArrayList<>();
    for (ParameterTensor tensor : network.parameters()) {
      stored.add(
          new StoredTensor(
              tensor.name(),
              StoredTensor.Type.F32,
              tensor.shape(),
              i -> parameters[tensor.offset() + i]));
    }
    return TensorFile.bytes(Map.of(), stored);
  }

  private static void requireShort(long bytes) {
    if (bytes > LONGEST) {
      throw new ModelRefusedException("", "its weights take more than 2 GiB", "");
    }
  }
}
