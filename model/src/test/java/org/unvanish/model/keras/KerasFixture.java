package org.unvanish.model.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.unvanish.model.graph.Tensor;

/** The files that src/test/fixtures/keras_models.py wrote, and what their models compute. */
final class KerasFixture {
  static final List<String> MODELS =
      List.of(
          "mlp-keras-2.1.h5",
          "cnn-keras-2.11.h5",
          "functional-keras-2.3.h5",
          "recurrent-keras-2.2.h5",
          "mlp-keras-3.h5",
          "recurrent.keras",
          "functional.keras",
          "activations.keras",
          "cnn-keras-2.13.keras",
          "scaled.keras");

  private KerasFixture() {}

  static Path path(String name) {
    try {
      return Path.of(KerasFixture.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a model should compute. */
  static JsonNode expected(String name) {
    try {
      return new ObjectMapper().readTree(path("expected.json").toFile()).get(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The inputs that the script used: sin(1 + 0.7 i), or whole numbers. */
  static List<Tensor> inputs(JsonNode expected) {
    List<Tensor> result = new ArrayList<>();
    int whole = expected.get("whole").asInt();
    for (JsonNode shape : expected.get("shapes")) {
      int[] extents = IntStream.range(0, shape.size()).map(i -> shape.get(i).asInt()).toArray();
      int size = IntStream.of(extents).reduce(1, (a, b) -> a * b);
      result.add(
          Tensor.of(
              IntStream.range(0, size)
                  .mapToDouble(i -> whole > 0 ? (5 * i + 1) % whole : Math.sin(1 + 0.7 * i))
                  .toArray(),
              extents));
    }
    return result;
  }

  static double[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).mapToDouble(i -> list.get(i).asDouble()).toArray();
  }

  /** The files in an archive. */
  static Map<String, byte[]> entries(Path archive) throws IOException {
    Map<String, byte[]> result = new LinkedHashMap<>();
    try (ZipInputStream in =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        result.put(entry.getName(), in.readAllBytes());
      }
    }
    return result;
  }

  static Path archive(Path to, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return to;
  }

  /** A {@code .keras} file whose description was changed. */
  static Path altered(Path to, String name, UnaryOperator<String> change) throws IOException {
    Map<String, byte[]> entries = entries(path(name));
    String config = new String(entries.get("config.json"), StandardCharsets.UTF_8);
    String changed = change.apply(config);
    if (changed.equals(config)) {
      throw new IllegalStateException("nothing was changed");
    }
    entries.put("config.json", changed.getBytes(StandardCharsets.UTF_8));
    return archive(to, entries);
  }
}
