package org.unvanish.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.safetensors.SafetensorsFile;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;

class NamedWeightsTest {

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  private static NamedWeights read(String name) throws IOException {
    return NamedWeights.read(Fixture.file(name), Limits.DEFAULT);
  }

  /** The class Net of torch_models.py. */
  private static Network net() {
    return new Network(
        new Shape(1, 4, 4),
        List.of(
            new Convolution(3, 2, true),
            BatchNormalization.DEFAULT,
            new Activated(TANH),
            new Dense(6, true),
            new Activated(TANH),
            new Dense(6, true),
            new Activated(TANH),
            new Dense(3, true)));
  }

  private static Network sequences(boolean gru) {
    Recurrent first =
        gru
            ? new Gru(
                2,
                TANH,
                ActivationFunction.LOGISTIC,
                Recurrent.Output.ALL,
                Recurrent.Direction.BOTH,
                true,
                0)
            : new Lstm(
                2,
                TANH,
                ActivationFunction.LOGISTIC,
                Recurrent.Output.ALL,
                Recurrent.Direction.BOTH,
                true,
                0,
                1);
    Recurrent second =
        new SimpleRecurrent(3, TANH, Recurrent.Output.ALL, Recurrent.Direction.FORWARD, true, 0);
    return new Network(new Shape(3, 5, 1), List.of(first, second, new Dense(2, true)));
  }

  /** What the engine computes with the weights is what PyTorch does. */
  private static void assertOutputs(
      Network network, float[] parameters, String expected, int[] order) throws IOException {
    Tensor input = Fixture.expected(expected).get("input");
    Tensor output = Fixture.expected(expected).get("output");
    int samples = input.extent(0);
    int size = input.size() / samples;
    float[] pixels = new float[input.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) input.value(i / size * size + order[i % size]);
    }
    ImageSet set = new ImageSet(network.input(), new Pixels.Floats(pixels), new byte[samples]);
    List<ChannelScaling> none = new ArrayList<>();
    for (int i = 0; i < network.input().channels(); i++) {
      none.add(new ChannelScaling(0, 1));
    }
    LaneNetwork lanes = new LaneNetwork(network);
    lanes.setParameters(parameters);
    ImageKernel reader = new ImageKernel(set, none);
    int[] all = IntStream.range(0, samples).toArray();
    lanes.predict(
        samples,
        new LaneNetwork.Visitor() {
          @Override
          public void enter(int from, int count) {
            lanes.read(reader, all, from);
          }

          @Override
          public void leave(int from, int count) {
            for (int i = 0; i < network.outputs(); i++) {
              for (int lane = 0; lane < count; lane++) {
                assertThat((double) lanes.output().value(i, lane))
                    .isEqualTo(output.value((from + lane) * network.outputs() + i), within(1e-5));
              }
            }
          }
        });
  }

  private static int[] inOrder(int size) {
    return IntStream.range(0, size).toArray();
  }

  /** The last one has its names sorted: fc10 before fc2 as texts, and after it as numbers. */
  @ParameterizedTest
  @ValueSource(strings = {"net-weights.pt", "net.safetensors"})
  void aNetworkWithTheWeightsComputesWhatPyTorchDoes(String file) throws IOException {
    float[] parameters = read(file).onto(net());
    assertOutputs(net(), parameters, "net-weights", inOrder(16));
  }

  @ParameterizedTest
  @CsvSource({"sequences-lstm, false", "sequences-gru, true"})
  void aRecurrentNetworkWithTheWeightsComputesWhatPyTorchDoes(String name, boolean gru)
      throws IOException {
    // PyTorch has (step, feature), the engine (feature, step).
    int[] order = IntStream.range(0, 15).map(i -> i % 5 * 3 + i / 5).toArray();
    Network network = sequences(gru);
    assertOutputs(network, read(name + ".pt").onto(network), name, order);
  }

  @Test
  void aWholeModelOfAnyClassHasWeightsToo() throws IOException {
    assertThat(read("net-whole.pt").tensors().keySet())
        .containsExactly(
            "conv.weight",
            "conv.bias",
            "norm.weight",
            "norm.bias",
            "norm.running_mean",
            "norm.running_var",
            "norm.num_batches_tracked",
            "fc10.weight",
            "fc10.bias",
            "fc2.weight",
            "fc2.bias",
            "out.weight",
            "out.bias");
    assertThat(read("net-whole.pt").onto(net())).isEqualTo(read("net-weights.pt").onto(net()));
  }

  /** Beside an optimizer, an object of a class that is not read, and a number of NumPy's. */
  @Test
  void aCheckpointHasThemUnderAUsualKey() throws IOException {
    NamedWeights weights = read("checkpoint.pt");
    assertThat(weights.tensors()).containsKey("module.fc10.weight").hasSize(13);
    assertThat(weights.onto(net())).hasSize(net().parameterCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.pt", "types.safetensors"})
  void allTypesOfNumbersAreRead(String file) throws IOException {
    Map<String, Tensor> tensors = read(file).tensors();
    assertThat(tensors.get("half").values()).containsExactly(1, -2.5, 65504, 0x1p-24);
    assertThat(tensors.get("brain").values()).containsExactly(1, -2.5, 0x1.c4p127, 0x1p-133);
    assertThat(tensors.get("double").values()).containsExactly(1 / 3.0);
    assertThat(tensors.get("long").values()).containsExactly(0x1p53, -1);
    assertThat(tensors.get("long").hasShape(1, 2)).isTrue();
    assertThat(tensors.get("int").values()).containsExactly(7);
    assertThat(tensors.get("int").rank()).isZero();
    assertThat(tensors.get("short").values()).containsExactly(-300);
    assertThat(tensors.get("char").values()).containsExactly(-3);
    assertThat(tensors.get("byte").values()).containsExactly(200);
    assertThat(tensors.get("bool").values()).containsExactly(1, 0);
    assertThat(tensors.get("turned").values()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(tensors.get("part").values()).containsExactly(2, 4);
    assertThat(tensors.get("empty").hasShape(0, 3)).isTrue();
    assertThat(tensors.get("half").kind()).isEqualTo(Tensor.Kind.FLOAT);
    assertThat(tensors.get("byte").kind()).isEqualTo(Tensor.Kind.INTEGER);
    assertThat(tensors.get("bool").kind()).isEqualTo(Tensor.Kind.BOOLEAN);
  }

  @Test
  void aMismatchIsRefusedByNameAndShape() throws IOException {
    NamedWeights weights = read("net-weights.pt");
    List<Layer> layers = new ArrayList<>(net().layers());
    layers.set(3, new Dense(7, true));
    Network wider = new Network(net().input(), layers);
    assertThatThrownBy(() -> weights.onto(wider))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("net-weights.pt: no module fits the layer dense1 of the network")
        .hasMessageContaining("which needs weight [7, 32], bias [7]; left are fc10.weight [6, 32],")
        .hasMessageContaining("Write the layers of the spec as the model has them");
    layers.set(3, new Dense(6, false));
    Network unbiased = new Network(net().input(), layers);
    assertThatThrownBy(() -> weights.onto(unbiased))
        .hasMessageContaining("the layer dense1 of the network, which needs weight [6, 32];");
    Network shorter =
        new Network(
            net().input(),
            List.of(
                new Convolution(3, 2, true),
                BatchNormalization.DEFAULT,
                new Dense(6, true),
                new Dense(3, true)));
    assertThatThrownBy(() -> weights.onto(shorter))
        .hasMessageContaining("the network has no layer for fc2.weight [6, 6], fc2.bias [6]");
  }

  @Test
  void namesOfTheEngineDecideAndAreWrittenToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("parameters.safetensors");
    float[] parameters = read("net-weights.pt").onto(net());
    Files.write(file, SafetensorsFile.bytes(net(), parameters));
    NamedWeights written = NamedWeights.read(file, Limits.DEFAULT);
    assertThat(written.tensors()).containsKey("dense3/bias");
    assertThat(written.onto(net())).isEqualTo(parameters);
  }

  /** PyTorch has two modules for it. */
  @Test
  void aSeparableConvolutionIsTwoModules() {
    Network network =
        new Network(
            new Shape(2, 3, 3),
            List.of(new SeparableConvolution(3, 4, true, 1, org.unvanish.network.Padding.SAME)));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", counted(2, 1, 3, 3));
    tensors.put("1.weight", counted(4, 2, 1, 1));
    tensors.put("1.bias", counted(4));
    float[] parameters = new NamedWeights("here", tensors).onto(network);
    for (ParameterTensor tensor : network.parameters()) {
      for (int i = 0; i < tensor.size(); i++) {
        assertThat(parameters[tensor.offset() + i]).isEqualTo(i);
      }
    }
  }

  /** PyTorch has no learned α: it stays where the network starts it. */
  @Test
  void aLearnedScaleStays() {
    Network network =
        new Network(
            Shape.flat(2),
            List.of(
                new Dense(1, false),
                new Activated(Activation.learned(ActivationFunction.TANH, 3)),
                new Dense(1, false)));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", counted(1, 2));
    tensors.put("2.weight", counted(1, 1));
    assertThat(new NamedWeights("here", tensors).onto(network)).contains(3);
  }

  private static Tensor counted(int... shape) {
    int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
    return Tensor.of(IntStream.range(0, size).asDoubleStream().toArray(), shape);
  }
}
