package org.unvanish.model.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jhdf.api.Group;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/**
 * What lies in a Keras file, whichever of the two kinds it is.
 *
 * @param version of Keras, as the file says
 * @param backend what Keras ran on; empty if the file does not say
 * @param archive whether it is a {@code .keras} file
 * @param training how the model was compiled; missing if it was not
 * @param model what it consists of
 * @param weights of its layers
 */
record KerasFile(
    String version,
    String backend,
    boolean archive,
    JsonNode training,
    ModelConfig model,
    Weights weights) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final String WEIGHTS = "model.weights.h5";
  private static final int LONGEST_CONFIG = 64 << 20;

  /** A file that unfolds to more than this many times its length was not written by Keras. */
  private static final long MOST_EXPANSION = 100;

  private static final String WHOLE_MODEL =
      "Save the whole model: model.save(\"model.keras\"). To do so, build it and call"
          + " model.load_weights(...) first.";

  /** The main version: 2 or 3. */
  int major() {
    return version.startsWith("2") ? 2 : 3;
  }

  /** Reads a {@code .h5} file. */
  static KerasFile hdf5(FileChannel channel, Limits limits) throws IOException {
    Hdf5 file = new Hdf5("the HDF5 file", BoundedChannel.of(channel), limits);
    Group root = file.root();
    String version = file.text(root, "keras_version").orElse("");
    if (!file.has(root, "model_config")) {
      throw weightsOnly(file, root);
    }
    String config =
        file.text(root, "model_config")
            .orElseThrow(() -> refused("attribute model_config", "it is not a text"));
    JsonNode node = json("attribute model_config", config);
    Group group =
        file.group(root, "model_weights")
            .orElseThrow(() -> refused("group model_weights", "it is missing"));
    version = file.text(group, "keras_version").orElse(version);
    if (version.isEmpty() || version.startsWith("1")) {
      throw new ModelRefusedException(
          "the HDF5 file",
          "it was written by Keras 1, whose layers had other settings",
          "Load it with Keras 2.2 and save it again: load_model(\"old.h5\").save(\"new.h5\").");
    }
    ModelConfig model = new ModelParser(limits).model(node);
    String training = file.text(root, "training_config").orElse("");
    return new KerasFile(
        version,
        file.text(root, "backend").orElse(""),
        false,
        training.isEmpty()
            ? MissingNode.getInstance()
            : json("attribute training_config", training),
        model,
        Weights.byName(file, group, model));
  }

  private static ModelRefusedException weightsOnly(Hdf5 file, Group root) {
    boolean weights =
        file.has(root, "layer_names")
            || file.has(root, "layer_names0")
            || file.group(root, "layers").isPresent()
            || file.group(root, "_layer_checkpoint_dependencies").isPresent();
    return weights
        ? new ModelRefusedException(
            "the HDF5 file", "it has weights only, and not what they belong to", WHOLE_MODEL)
        : new ModelRefusedException(
            "the HDF5 file",
            "it has no attribute model_config, so it is not a Keras model",
            WHOLE_MODEL);
  }

  /** Reads a {@code .keras} file. */
  static KerasFile archive(Path path, Limits limits) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      JsonNode config = json("config.json", text(zip, "config.json"));
      JsonNode metadata = json("metadata.json", text(zip, "metadata.json"));
      if (zip.getEntry(WEIGHTS) == null && zip.getEntry("model.weights.npz") != null) {
        throw new ModelRefusedException(
            "model.weights.npz", "its weights are arrays of NumPy", Hdf5.SAVE_AGAIN);
      }
      ModelConfig model = new ModelParser(limits).model(config);
      byte[] bytes = bytes(zip, WEIGHTS, (int) Math.min(limits.fileBytes(), Integer.MAX_VALUE - 9));
      Hdf5 file = new Hdf5(WEIGHTS, BoundedChannel.of(bytes), limits);
      return new KerasFile(
          metadata.path("keras_version").asText("3"),
          "",
          true,
          config.path("compile_config"),
          model,
          Weights.byPath(file, model));
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw refused("the archive", "it is damaged (" + e.getMessage() + ")");
    }
  }

  private static String text(ZipFile zip, String name) throws IOException {
    return new String(bytes(zip, name, LONGEST_CONFIG), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ZipFile zip, String name, int most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw refused(name, "the archive has no such file, so it is not a whole .keras file");
    }
    long size = entry.getSize();
    if (size < 0 || size > most) {
      throw new ModelRefusedException(
          name,
          "it claims " + size + " bytes, and at most " + most + " are read",
          "Save a large model as model.save(\"model.h5\").");
    }
    if (size > MOST_EXPANSION * Math.max(1, entry.getCompressedSize()) + (1 << 16)) {
      throw refused(name, "it unfolds to " + size + " bytes, which no file of Keras does");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size);
      if (bytes.length != size) {
        throw refused(name, "it ends after " + bytes.length + " bytes of " + size);
      }
      return bytes;
    }
  }

  private static JsonNode json(String place, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw refused(place, "it is no object of JSON");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw refused(place, "it is not JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static ModelRefusedException refused(String place, String reason) {
    return new ModelRefusedException(place, reason, Hdf5.SAVE_AGAIN);
  }
}
