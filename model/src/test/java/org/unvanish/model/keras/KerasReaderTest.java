package org.unvanish.model.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

class KerasReaderTest {
  /** The script prints 12 digits. */
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  static List<String> models() {
    return KerasFixture.MODELS;
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelComputesWhatItDoesInKeras(String name) throws IOException {
    JsonNode expected = KerasFixture.expected(name);
    Tensor output =
        run(KerasReader.read(KerasFixture.path(name)).graph(), expected).outputs().get(0);

    assertThat(output.shape()).isEqualTo(shape(expected.get("output_shape")));
    assertThat(output.values())
        .containsExactly(KerasFixture.numbers(expected.get("output")), CLOSE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void gradientsAreThoseOfPyTorch(String name) throws IOException {
    JsonNode expected = KerasFixture.expected(name);
    Graph graph = KerasReader.read(KerasFixture.path(name)).graph();
    Run run = run(graph, expected);
    Tensor output = run.outputs().get(0);
    double[] direction = new double[output.size()];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = Math.cos(i);
    }
    Map<String, Tensor> gradients =
        run.backward(Map.of(graph.outputs().get(0), Tensor.of(direction, output.shape())));

    for (int i = 0; i < expected.get("input_gradients").size(); i++) {
      assertThat(gradients.get(graph.inputs().get(i).name()).values())
          .containsExactly(KerasFixture.numbers(expected.get("input_gradients").get(i)), CLOSE);
    }
    expected
        .get("gradients")
        .properties()
        .forEach(
            weight -> {
              String constant =
                  graph.constants().keySet().stream()
                      .filter(
                          key -> key.equals(weight.getKey()) || key.endsWith("/" + weight.getKey()))
                      .findFirst()
                      .orElseThrow();
              assertThat(gradients.get(constant).values())
                  .as(constant)
                  .containsExactly(KerasFixture.numbers(weight.getValue()), CLOSE);
            });
  }

  @Test
  void channelsAreMovedOnceAndBackBeforeFlatten() throws IOException {
    Graph graph = KerasReader.read(KerasFixture.path("cnn-keras-2.11.h5")).graph();

    assertThat(graph.nodes().stream().map(Node::operator))
        .containsExactly(
            "Mul",
            "Add",
            "Transpose",
            "Conv",
            "Relu",
            "BatchNormalization",
            "MaxPool",
            "Conv",
            "Tanh",
            "AveragePool",
            "Dropout",
            "Transpose",
            "Flatten",
            "Gemm",
            "Softmax");
  }

  @Test
  void aSharedLayerHasItsWeightsOnce() throws IOException {
    Graph graph = KerasReader.read(KerasFixture.path("functional-keras-2.3.h5")).graph();

    assertThat(graph.constants().keySet().stream().filter(name -> name.startsWith("shared")))
        .containsExactly("shared/kernel", "shared/bias");
    assertThat(graph.readers("shared/kernel")).hasSize(2);
  }

  @Test
  void nodesAndWeightsHaveTheNamesOfLayers() throws IOException {
    Graph graph = KerasReader.read(KerasFixture.path("mlp-keras-2.1.h5")).graph();

    assertThat(graph.nodes().stream().map(Node::name))
        .containsExactly(
            "dense_1", "dense_1/tanh", "dense_2", "dense_2/hardsigmoid", "activation_1/softmax");
    assertThat(graph.parameters())
        .containsExactly("dense_1/kernel", "dense_1/bias", "dense_2/kernel");
  }

  @Test
  void theFileSaysWhatWroteIt() throws IOException {
    ImportedModel old = KerasReader.read(KerasFixture.path("mlp-keras-2.1.h5"));
    ImportedModel archive = KerasReader.read(KerasFixture.path("recurrent.keras"));

    assertThat(old.format() + ", " + old.producer())
        .isEqualTo("Keras HDF5, Keras 2.1.6 tensorflow");
    assertThat(archive.format() + ", " + archive.producer())
        .isEqualTo("Keras archive, Keras 3.8.0");
  }

  @Test
  void classesBecomePathsAsInKeras() {
    assertThat(
            List.of("Dense", "BatchNormalization", "Conv2D", "SimpleRNN", "LSTM", "MaxPooling2D")
                .stream()
                .map(Weights::snakeCase))
        .containsExactly(
            "dense", "batch_normalization", "conv2d", "simple_rnn", "lstm", "max_pooling2d");
  }

  private static Run run(Graph graph, JsonNode expected) {
    List<Tensor> given = KerasFixture.inputs(expected);
    Map<String, Tensor> inputs = new HashMap<>();
    List<GraphInput> names = new ArrayList<>(graph.inputs());
    for (int i = 0; i < given.size(); i++) {
      inputs.put(names.get(i).name(), given.get(i));
    }
    return new Interpreter(graph).run(inputs);
  }

  private static int[] shape(JsonNode node) {
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get(i).asInt();
    }
    return shape;
  }
}
