package org.unvanish.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.unvanish.data.DataException;
import org.unvanish.model.keras.KerasReader;
import org.unvanish.model.onnx.OnnxReader;
import org.unvanish.model.torch.TorchReader;

/**
 * Reads the models of others, whatever they were written by.
 *
 * @since 0.1
 */
public final class ModelReader {

  /** What reads one family of files. */
  private interface Reader {
    ImportedModel read(Path file, Limits limits) throws IOException;
  }

  /**
   * A family of files.
   *
   * @param endings of their names
   * @param starts whether a file with such first bytes is one, whatever its name; endings that
   *     several families have leave it to them
   */
  private record Family(List<String> endings, Predicate<byte[]> starts, Reader reader) {
    boolean has(Path file) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      return endings.stream().anyMatch(name::endsWith);
    }
  }

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              List.of(".h5", ".hdf5", ".keras"), start -> begins(start, HDF5), KerasReader::read),
          new Family(List.of(".pt", ".pth", ".safetensors"), start -> false, TorchReader::read),
          new Family(List.of(".onnx"), start -> false, OnnxReader::read));

  private ModelReader() {}

  /** Whether a file is taken for a model: by its first bytes or by its name. */
  public static boolean isModel(Path file) {
    return Files.isRegularFile(file)
        && (FAMILIES.stream().anyMatch(family -> family.has(file)) || begins(start(file), HDF5));
  }

  private static boolean begins(byte[] start, byte[] expected) {
    return start.length >= expected.length
        && Arrays.equals(start, 0, expected.length, expected, 0, expected.length);
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HDF5.length);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /**
   * Reads a model within the {@link Limits#DEFAULT default limits}.
   *
   * @throws ModelRefusedException if it is none that is known, or damaged, or too large
   */
  public static ImportedModel read(Path file) {
    byte[] start = start(file);
    Family family =
        FAMILIES.stream()
            .filter(one -> one.starts().test(start))
            .findFirst()
            .or(() -> FAMILIES.stream().filter(one -> one.has(file)).findFirst())
            .orElseThrow(
                () ->
                    new ModelRefusedException(
                        file.toString(),
                        "it is not a known kind of model",
                        "Models are .onnx, .h5, .keras, .pt and .safetensors files."));
    try {
      return family.reader().read(file, Limits.DEFAULT);
    } catch (IOException e) {
      throw new ModelRefusedException(
          file.toString(), "it cannot be read: " + DataException.reason(e), "");
    }
  }
}
