package org.unvanish.model.torch;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.unvanish.internal.safetensors.JsonObject;
import org.unvanish.internal.safetensors.StrictJson;
import org.unvanish.model.graph.Tensor;

/** What src/test/fixtures/torch_models.py wrote. */
public final class Fixture {
  private Fixture() {}

  public static Path file(String name) {
    URL url = Fixture.class.getResource("/org/unvanish/model/torch/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What PyTorch computed, by name: input, output, signal, gradient. */
  public static Map<String, Tensor> expected(String name) throws IOException {
    JsonObject json = json(name);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String key : json.names()) {
      if (!key.equals("parameters")) {
        tensors.put(key, tensor(json.object(key)));
      }
    }
    return tensors;
  }

  /** The gradients with respect to parameters. */
  public static Map<String, Tensor> gradients(String name) throws IOException {
    JsonObject json = json(name).object("parameters");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String key : json.names()) {
      tensors.put(key, tensor(json.object(key)));
    }
    return tensors;
  }

  private static JsonObject json(String name) throws IOException {
    return new JsonObject(StrictJson.read(Files.readString(file(name + ".json"))));
  }

  private static Tensor tensor(JsonObject json) {
    int[] shape = json.wholeNumbers("shape").stream().mapToInt(Math::toIntExact).toArray();
    List<?> values = json.list("values");
    return Tensor.of(
        values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray(), shape);
  }
}
