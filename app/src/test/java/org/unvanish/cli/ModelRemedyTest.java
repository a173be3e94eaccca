package org.unvanish.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.onnx.OnnxWriter;
import org.unvanish.random.RandomStream;

/** The remedy for somebody's model, from one end to the other. */
class ModelRemedyTest {

  @TempDir private Path folder;
  private Terminal terminal;
  private Path model;

  @BeforeEach
  void aModel() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    model = write("deep.onnx", "Sigmoid", 8, 0.3);
  }

  /** Dense layers with 12 units each, as PyTorch's exporter names a Sequential. */
  private Path write(String file, String activation, int layers, double deviation)
      throws IOException {
    RandomStream random = new RandomStream(7, "weights");
    Map<String, Tensor> constants = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    String value = "input";
    for (int layer = 0; layer < layers; layer++) {
      String name = String.valueOf(2 * layer);
      double[] weights = new double[144];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = deviation * random.normal();
      }
      constants.put(name + ".weight", Tensor.of(weights, 12, 12));
      constants.put(name + ".bias", Tensor.zeros(12));
      String z = "/%s/Gemm_output_0".formatted(name);
      nodes.add(
          new Node(
              "/%s/Gemm".formatted(name),
              "Gemm",
              List.of(value, name + ".weight", name + ".bias"),
              List.of(z),
              Attributes.NONE.with("transB", 1)));
      value = z;
      if (layer < layers - 1) {
        value = "/%d/out".formatted(2 * layer + 1);
        nodes.add(
            new Node(
                "/%d/%s".formatted(2 * layer + 1, activation),
                activation,
                List.of(z),
                List.of(value),
                Attributes.NONE));
      }
    }
    Graph graph =
        new Graph(List.of(new GraphInput("input", -1, 12)), constants, nodes, List.of(value));
    return Files.write(folder.resolve(file), OnnxWriter.bytes(graph));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private JsonNode json(String... arguments) throws IOException {
    assertThat(terminal.execute(arguments)).isZero();
    return terminal.json("diagnosis-schema");
  }

  @Test
  void theWrittenModelIsAsForetold() throws IOException {
    String mended = path("mended.onnx");
    JsonNode before = json("diagnose", model.toString(), "--write", mended, "--json");
    assertThat(before.path("written").asText()).isEqualTo(mended);
    assertThat(before.path("prescription").path("initial").asText()).isEqualTo("glorot");
    assertThat(before.path("prescription").path("other").toString()).contains("use-tanh");
    JsonNode after = json("diagnose", mended, "--json");
    assertThat(after.path("signal").asText()).isEqualTo("stable");
    assertThat(after.path("prescription").path("initial").isNull()).isTrue();
    for (String number : List.of("first_gradient_log10", "net_log10")) {
      assertThat(after.path("snapshots").path(0).path(number).asDouble())
          .isCloseTo(before.path("predicted").path("after").path(number).asDouble(), within(1e-6));
    }
  }

  @Test
  void whatWasWrittenIsToldInWords() {
    assertThat(terminal.execute("diagnose", model.toString(), "--write", path("mended.onnx")))
        .isZero();
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains("mended.onnx: the model, with initialization: glorot, tanh")
        .doesNotContain("To paste");
  }

  @Test
  void initialWeightsHaveTheNamesOfTheModel() throws IOException {
    String weights = path("mended.safetensors");
    assertThat(terminal.execute("diagnose", model.toString(), "--write", weights)).isZero();
    String header = Files.readString(Path.of(weights), ISO_8859_1);
    assertThat(header).contains("\"0.weight\"", "\"14.bias\"", "\"format\":\"pt\"");
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains("with initialization: glorot")
        .contains("Prescribed as well, but not in the file: tanh. For your program (pytorch):")
        .contains("torch.nn.Tanh()");
  }

  @Test
  void whereNothingIsPrescribedNothingIsWritten() throws IOException {
    Path healthy = write("healthy.onnx", "Tanh", 3, 0.25);
    Path mended = folder.resolve("mended.onnx");
    JsonNode json = json("diagnose", healthy.toString(), "--write", mended.toString(), "--json");
    assertThat(json.path("written").isNull()).isTrue();
    assertThat(terminal.err().replaceAll("\\s+", " "))
        .contains("Nothing is prescribed, so " + mended + " was not written.");
    assertThat(mended).doesNotExist();
  }

  @Test
  void onlyWhatUnvanishWroteIsReplaced() throws IOException {
    Path mended = folder.resolve("mended.onnx");
    String[] command = {"diagnose", model.toString(), "--write", mended.toString()};
    assertThat(terminal.execute(command)).isZero();
    assertThat(terminal.execute(command)).isZero();
    Files.copy(model, mended, StandardCopyOption.REPLACE_EXISTING);
    assertThat(terminal.execute(command)).isEqualTo(1);
    assertThat(terminal.err()).contains("mended.onnx", "was changed or not written by Unvanish");
    assertThat(mended).hasSameBinaryContentAs(model);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void theModelItselfIsNoPlaceToWriteTo() throws IOException {
    byte[] before = Files.readAllBytes(model);
    assertThat(terminal.execute("diagnose", model.toString(), "--write", model.toString()))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("is the model itself");
    assertThat(model).hasBinaryContent(before);
    assertThat(terminal.execute("diagnose", model.toString(), "--write", path("no/x.onnx")))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("the folder ", " does not exist");
  }

  @Test
  void otherEndingsAndSpecsAreRefused() throws IOException {
    assertThat(terminal.execute("diagnose", model.toString(), "--write", path("x.pt")))
        .isEqualTo(2);
    assertThat(terminal.err()).contains(".onnx or .safetensors");
    Path spec = Files.writeString(folder.resolve("own.yaml"), "name: own\n");
    assertThat(terminal.execute("diagnose", spec.toString(), "--write", path("x.onnx")))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("--write", "are for models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch", "keras", "djl", "spec"})
  void linesAreInJsonToo(String language) throws IOException {
    JsonNode json = json("diagnose", model.toString(), "--as", language, "--json");
    assertThat(json.path("code").path("language").asText()).isEqualTo(language);
    assertThat(json.path("code").path("lines")).isNotEmpty();
    assertThat(terminal.execute("diagnose", model.toString(), "--as", language)).isZero();
    json.path("code").path("lines").forEach(l -> assertThat(terminal.out()).contains(l.asText()));
  }
}
