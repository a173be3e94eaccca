package org.unvanish.model.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** ONNX Runtime computes a written file as the interpreter computes its graph. */
class OnnxWriterTest {
  @TempDir Path folder;

  static List<String> models() throws IOException {
    return Fixture.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void aWrittenModelComputesTheSame(String name) throws IOException, OrtException {
    Fixture fixture = Fixture.of(name);
    Graph graph = OnnxReader.read(fixture.file()).graph();
    assertComputed(graph, fixture.inputs());
    assertComputed(GraphFolding.fold(graph), fixture.inputs());
  }

  @Test
  void lengthsAndSettingsOfOldVersionsAreWrittenInTheFormOfToday()
      throws IOException, OrtException {
    Attributes none = Attributes.NONE;
    Graph graph =
        new Graph(
            List.of(new GraphInput("x", 3, -1, 2)),
            Map.of(
                "w", Tensor.of(new double[] {1, 2}, 1, 1, 2),
                "r", Tensor.of(new double[] {0.5}, 1, 1, 1),
                "lengths", Tensor.integers(3, 2)),
            List.of(
                new Node(
                    "rnn",
                    "RNN",
                    List.of("x", "w", "r", "", "lengths"),
                    List.of("", "h"),
                    none.with("hidden_size", 1).with("activation_alpha", List.of())),
                new Node("s", "Squeeze", List.of("h"), List.of("s"), none.with("axes", List.of(0))),
                new Node("c", "Clip", List.of("s"), List.of("c"), none.with("min", 0.125)),
                new Node("swish", "Swish", List.of("c"), List.of("a"), none.with("alpha", 2.0)),
                new Node("gelu", "Gelu", List.of("a"), List.of("g"), none),
                new Node(
                    "mean",
                    "ReduceMean",
                    List.of("g"),
                    List.of("y"),
                    none.with("axes", List.of(1)))),
            List.of("y"));
    double[] x = {0.1, 0.2, -0.3, 0.4, 0.5, 0.6, 0.7, -0.8, 0.9, 1, -0.1, 0.2};
    assertComputed(graph, Map.of("x", Tensor.of(x, 3, 2, 2)));
  }

  private void assertComputed(Graph graph, Map<String, Tensor> inputs)
      throws IOException, OrtException {
    Path file = Files.write(folder.resolve("written.onnx"), OnnxWriter.bytes(graph));
    Tensor expected = new Interpreter(graph).run(inputs).outputs().get(0);
    OnnxReaderTest.assertEqual(Runtime.run(file, inputs).get(0), expected, 1e-6);
    Graph again = OnnxReader.read(file).graph();
    OnnxReaderTest.assertEqual(new Interpreter(again).run(inputs).outputs().get(0), expected, 1e-6);
  }
}
