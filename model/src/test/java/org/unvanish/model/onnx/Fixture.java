package org.unvanish.model.onnx;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.unvanish.model.graph.Tensor;

/** A model that {@code onnx_models.py} wrote, with what PyTorch computes of it. */
public record Fixture(
    Path file,
    Map<String, Tensor> inputs,
    Map<String, Tensor> outputs,
    Map<String, Tensor> errors,
    Map<String, Tensor> gradients) {

  /** The names of all models that have expected numbers. */
  public static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.replace(".txt", ""))
          .sorted()
          .toList();
    }
  }

  static Path file(String name) {
    return folder().resolve(name);
  }

  public static Fixture of(String name) throws IOException {
    Map<String, Map<String, Tensor>> kinds = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file(name + ".txt"))) {
      String[] words = line.split(" ");
      int[] shape = Arrays.stream(words[2].split(",")).mapToInt(Integer::parseInt).toArray();
      double[] values =
          Arrays.stream(words, 3, words.length).mapToDouble(Double::parseDouble).toArray();
      kinds
          .computeIfAbsent(words[0], kind -> new LinkedHashMap<>())
          .put(words[1], Tensor.of(values, shape));
    }
    return new Fixture(
        file(name + ".onnx"),
        kinds.get("input"),
        kinds.get("output"),
        kinds.get("error"),
        kinds.get("gradient"));
  }

  private static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Fixture.class.getResource("cnn.onnx")).toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
