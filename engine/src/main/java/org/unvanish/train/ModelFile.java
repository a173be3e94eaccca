package org.unvanish.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.safetensors.StoredTensor;
import org.unvanish.internal.safetensors.StrictJson;
import org.unvanish.internal.safetensors.TensorFile;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/** A {@link Model} as a safetensors file; docs/api.md has the form. */
final class ModelFile {

  private static final String FORM = "unvanish-model";
  private static final String PRESENT_FORM = "1";
  private static final String NETWORK = "network";
  private static final String CLASSES = "classes";
  private static final String THRESHOLD = "threshold";

  /** What may be there. PyTorch's own writer is often told to add the last one. */
  private static final Set<String> METADATA =
      Set.of(FORM, NETWORK, CLASSES, THRESHOLD, TensorFile.SEAL, "format");

  /** What becomes 0, channel by channel, and what becomes the distance 1. */
  private static final String MEAN = "input/mean";

  private static final String DEVIATION = "input/deviation";

  private static final SecureRandom RANDOM = new SecureRandom();

  private ModelFile() {}

  /**
   * Writes beside its place and renames.
   *
   * @throws FileAlreadyExistsException if something is there that Unvanish did not write as it is
   * @throws IOException if it cannot be written; what was there is there still
   */
  static void write(Model model, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isReplaceable(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "it exists already, and was changed or not written by Unvanish");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORM, PRESENT_FORM);
    metadata.put(NETWORK, NetworkForm.write(model.network()));
    metadata.put(CLASSES, StrictJson.write(model.classes()));
    if (isOneOutputOfTwoClasses(model.network(), model.classes())) {
      metadata.put(THRESHOLD, Double.toString(model.threshold()));
    }
    byte[] name = new byte[12];
    RANDOM.nextBytes(name);
    // A name that nobody can foresee. Not Files.createTempFile: only its owner may read that.
    Path temporary = folder.resolve(".unvanish-" + HexFormat.of().formatHex(name) + ".tmp");
    try {
      TensorFile.write(temporary, metadata, tensors(model));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean isReplaceable(Path file) throws IOException {
    // A rename would replace a link, not what it points to.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.size(file) == 0) {
      return true;
    }
    try (TensorFile present = TensorFile.open(file)) {
      return present.metadata().containsKey(FORM) && present.isIntact();
    } catch (IOException e) {
      return false;
    }
  }

  /** The input scaling first: eight bytes each need no padding then. */
  private static List<StoredTensor> tensors(Model model) {
    List<ChannelScaling> scaling = model.scaling();
    List<Integer> channels = List.of(scaling.size());
    List<StoredTensor> tensors = new ArrayList<>();
    tensors.add(
        new StoredTensor(MEAN, StoredTensor.Type.F64, channels, i -> scaling.get(i).mean()));
    tensors.add(
        new StoredTensor(
            DEVIATION, StoredTensor.Type.F64, channels, i -> scaling.get(i).deviation()));
    float[] parameters = model.parameters();
    for (ParameterTensor tensor : model.network().parameters()) {
      tensors.add(
          new StoredTensor(
              tensor.name(),
              StoredTensor.Type.F32,
              tensor.shape(),
              i -> parameters[tensor.offset() + i]));
    }
    return tensors;
  }

  /**
   * Reads a model.
   *
   * @throws IOException if it cannot be read or is no whole model; the message names file, place
   *     and reason
   */
  static Model read(Path file) throws IOException {
    try (TensorFile stored = TensorFile.open(file)) {
      Map<String, String> metadata = stored.metadata();
      requireForm(file, metadata.get(FORM));
      for (String name : metadata.keySet()) {
        if (!METADATA.contains(name)) {
          throw new IOException(file + ", metadata: \"" + name + "\" is not known");
        }
      }
      if (metadata.containsKey(TensorFile.SEAL) && !stored.isIntact()) {
        throw new IOException(
            file
                + " is damaged: its SHA-256 is not that of its metadata. If you have changed it"
                + " on purpose, leave \"sha256\" out of the metadata");
      }
      Network network = network(file, metadata);
      List<String> classes = classes(file, metadata, network);
      requireTensors(file, stored, network);
      List<ChannelScaling> scaling = scaling(file, stored, network);
      float[] parameters = new float[network.parameterCount()];
      for (ParameterTensor tensor : network.parameters()) {
        stored.read(tensor.name(), tensor.shape(), parameters, tensor.offset());
      }
      double threshold = threshold(file, metadata, isOneOutputOfTwoClasses(network, classes));
      return new Model(
          network, scaling, classes, threshold, parameters, new TrainingHistory(List.of()));
    }
  }

  private static void requireForm(Path file, @Nullable String form) throws IOException {
    if (form == null) {
      throw new IOException(
          file
              + " has tensors, but no network: only files that Model.save wrote can be loaded. Its"
              + " metadata have no \""
              + FORM
              + "\"");
    }
    if (!form.equals(PRESENT_FORM)) {
      throw new IOException(
          "%s has form %s, but this version of Unvanish reads form %s: use a later one"
              .formatted(file, form, PRESENT_FORM));
    }
  }

  private static Network network(Path file, Map<String, String> metadata) throws IOException {
    try {
      return NetworkForm.read(metadata.getOrDefault(NETWORK, ""));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", metadata, network: " + e.getMessage(), e);
    }
  }

  private static List<String> classes(Path file, Map<String, String> metadata, Network network)
      throws IOException {
    try {
      if (StrictJson.read(metadata.getOrDefault(CLASSES, "")) instanceof List<?> names
          && (names.isEmpty()
              || names.size() == network.outputs()
              || isOneOutputOfTwoClasses(network, names))
          && names.stream().allMatch(String.class::isInstance)) {
        return names.stream().map(String.class::cast).toList();
      }
      throw new IllegalArgumentException(
          "there must be "
              + (network.outputs() == 1 ? "two" : network.outputs())
              + " names, or none where numbers are predicted");
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", metadata, classes: " + e.getMessage(), e);
    }
  }

  private static boolean isOneOutputOfTwoClasses(Network network, List<?> classes) {
    return network.outputs() == 1 && classes.size() == 2;
  }

  private static double threshold(Path file, Map<String, String> metadata, boolean needed)
      throws IOException {
    String text = metadata.get(THRESHOLD);
    if (needed != (text != null)) {
      throw new IOException(
          "%s, metadata, threshold: it must be there where one output tells two classes apart, and only there"
              .formatted(file));
    }
    try {
      return text == null ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + ", metadata, threshold: it is no number", e);
    }
  }

  /** Before there is room for them: the header was compared with the file's size already. */
  private static void requireTensors(Path file, TensorFile stored, Network network)
      throws IOException {
    Set<String> others = new HashSet<>(stored.names());
    List<Integer> channels = List.of(network.input().channels());
    stored.requireShape(MEAN, StoredTensor.Type.F64, channels);
    stored.requireShape(DEVIATION, StoredTensor.Type.F64, channels);
    others.removeAll(List.of(MEAN, DEVIATION));
    for (ParameterTensor tensor : network.parameters()) {
      stored.requireShape(tensor.name(), StoredTensor.Type.F32, tensor.shape());
      others.remove(tensor.name());
    }
    if (!others.isEmpty()) {
      throw new IOException(
          file
              + ", tensor \""
              + others.iterator().next()
              + "\": the network has none of that name");
    }
  }

  private static List<ChannelScaling> scaling(Path file, TensorFile stored, Network network)
      throws IOException {
    List<Integer> channels = List.of(network.input().channels());
    double[] means = stored.readDoubles(MEAN, channels);
    double[] deviations = stored.readDoubles(DEVIATION, channels);
    List<ChannelScaling> scaling = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      if (!Double.isFinite(means[i]) || !Double.isFinite(deviations[i]) || deviations[i] == 0) {
        throw new IOException(
            "%s, channel %d: nothing can be scaled by mean %s and deviation %s"
                .formatted(file, i, means[i], deviations[i]));
      }
      scaling.add(new ChannelScaling(means[i], deviations[i]));
    }
    return scaling;
  }
}
