package org.unvanish.initialization;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.unvanish.data.SampleChecksums;
import org.unvanish.internal.safetensors.StoredTensor;
import org.unvanish.internal.safetensors.TensorFile;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/** A file that parameters start from. */
final class WeightsFile {

  /** What a model file has beside its parameters. */
  private static final Set<String> SCALING = Set.of("input/mean", "input/deviation");

  private WeightsFile() {}

  /** The SHA-256 of a whole file. */
  static String sha256(String file) {
    MessageDigest digest = SampleChecksums.sha256();
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static IllegalArgumentException unreadable(String file, Exception e) {
    return new IllegalArgumentException(
        "initial values: the file "
            + file
            + " cannot be read ("
            + e.getMessage()
            + "); a path counts from the folder in which the command is started",
        e);
  }

  /** Looks whether a file is the one that was meant and has a network's tensors and no others. */
  static void requireFit(Initialization.FromFile expected, Network network) {
    String file = expected.file();
    if (!sha256(file).equals(expected.sha256())) {
      throw new IllegalArgumentException(
          "initial values: the file %s has changed: its SHA-256 is not %s"
              .formatted(file, expected.sha256()));
    }
    try (TensorFile stored = TensorFile.open(Path.of(file))) {
      Set<String> others = new HashSet<>(stored.names());
      others.removeAll(SCALING);
      for (ParameterTensor tensor : network.parameters()) {
        stored.requireShape(tensor.name(), StoredTensor.Type.F32, tensor.shape());
        others.remove(tensor.name());
      }
      if (!others.isEmpty()) {
        throw new IOException(
            "%s, tensor \"%s\": the network has none of that name"
                .formatted(file, others.stream().sorted().findFirst().orElseThrow()));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("initial values: " + e.getMessage(), e);
    }
  }

  /** Reads a tensor. */
  static void read(String file, ParameterTensor tensor, float[] parameters) {
    try (TensorFile stored = TensorFile.open(Path.of(file))) {
      stored.read(tensor.name(), tensor.shape(), parameters, tensor.offset());
    } catch (IOException e) {
      throw new IllegalArgumentException("initial values: " + e.getMessage(), e);
    }
  }
}
