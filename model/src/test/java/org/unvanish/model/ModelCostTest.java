package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

class ModelCostTest {

  private static final int BATCH = 24;

  private static GraphStack stack(String file) {
    Path path = Path.of("src/test/resources/org/unvanish/model").resolve(file);
    return ModelDiagnosis.stack(ModelReader.read(path));
  }

  private static Run run(GraphStack stack, ModelData data) {
    int[] samples = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      samples[i] = i;
    }
    return new Interpreter(stack.graph()).run(Map.of(stack.input(), data.inputs(samples)));
  }

  private static long bytes(Iterable<Tensor> tensors) {
    long bytes = 0;
    for (Tensor tensor : tensors) {
      bytes += (long) Double.BYTES * tensor.size();
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "onnx/mlp_gelu.onnx",
        "onnx/cnn.onnx",
        "onnx/residual.onnx",
        "onnx/lstm_folded.onnx",
        "torch/mlp.pt",
        "keras/mlp-keras-3.h5"
      })
  void memoryIsCountedFromAboveAndOfTheRightOrder(String file) {
    GraphStack stack = stack(file);
    ModelData data = UserData.none(stack, BATCH, 1);
    BatchAxes axes = new BatchAxes(stack, data);
    Run run = run(stack, data);
    assertThat(axes.bytes(BATCH)).isEqualTo(run.bytes());
    Tensor output = run.value(stack.output());
    Map<String, Tensor> gradients = run.backward(Map.of(stack.output(), output));
    // What is there at one time for sure: the model, its values, and all gradients.
    long least =
        bytes(stack.graph().constants().values()) + run.bytes() + bytes(gradients.values());
    assertThat(ModelCost.of(stack, axes, BATCH, 4).bytes()).isBetween(least, 6 * least);
  }

  @Test
  void operationsGrowWithSamplesAndWeights() {
    GraphStack stack = stack("onnx/mlp_gelu.onnx");
    BatchAxes axes = new BatchAxes(stack, UserData.none(stack, BATCH, 1));
    ModelCost one = ModelCost.of(stack, axes, BATCH, 1);
    assertThat(ModelCost.of(stack, axes, BATCH, 3).operations()).isEqualTo(3 * one.operations());
    assertThat(one.parameters()).isEqualTo(stack.parameterCount());
    // Each weight multiplies once forward and twice back, and twice more for a test gradient.
    assertThat(one.operations()).isGreaterThan(5 * BATCH * axes.multiplyAdds(stack));
    assertThat(one.secondsOfProbe()).isPositive();
  }
}
