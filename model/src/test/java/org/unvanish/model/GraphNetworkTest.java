package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.TargetKind;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.network.GraphNetwork;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.random.RandomStream;
import org.unvanish.train.TrainingSettings;

/** Imported models become networks of the engine that compute the same. */
class GraphNetworkTest {

  private static final Path FIXTURES = Path.of("src/test/resources/org/unvanish/model");
  private static final int SAMPLES = 96;
  private static final int BATCH = 16;
  private static final int SEED = 3;

  static List<SameNetworks.Case> cases() {
    return SameNetworks.all().stream().filter(one -> !isWrittenInNodes(one.network())).toList();
  }

  /** Exporters write these as several nodes, which are not put together again. */
  private static boolean isWrittenInNodes(Network network) {
    return network.layers().stream()
        .flatMap(Layer::flat)
        .anyMatch(GroupNormalization.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aNetworkComesBackFromItsGraph(SameNetworks.Case one) {
    float[] parameters = one.probe().initialValues();
    Graph graph = NetworkGraph.of(one.network(), parameters);
    GraphStack stack = ModelDiagnosis.stack(new ImportedModel(graph, "", "", List.of()));
    GraphNetwork back = GraphNetwork.of(stack, one.network().input());
    // What a file of weights says nothing of.
    String expected = one.network().toString().replace("forgetBias=0.0", "forgetBias=1.0");
    assertThat(back.network()).as(one.name()).hasToString(expected);
    assertThat(back.parameters()).isEqualTo(parameters);
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      return files.filter(ModelReader::isModel).sorted().toList().stream();
    }
  }

  private static GraphStack stack(Path file) {
    return ModelDiagnosis.stack(ModelReader.read(file));
  }

  /** Files that tell the shape of a sample, and whose layers are all known to the engine. */
  private static Stream<Path> convertible() throws IOException {
    return files().filter(file -> shape(file).isPresent());
  }

  /** The shape of samples with which a file becomes a network. */
  private static Optional<Shape> shape(Path file) {
    try {
      GraphStack stack = stack(file);
      for (Shape shape : shapes(InputLayout.of(stack).closed())) {
        try {
          GraphNetwork.of(stack, shape);
          return Optional.of(shape);
        } catch (ModelRefusedException e) {
          // Of another shape, or no network of the engine.
        }
      }
    } catch (ModelRefusedException e) {
      // No layer stack.
    }
    return Optional.empty();
  }

  private static List<Shape> shapes(int[] read) {
    return switch (read.length) {
      case 1 -> List.of(Shape.flat(read[0]));
      case 2 -> List.of(new Shape(read[1], read[0], 1), new Shape(read[0], 1, read[1]));
      case 3 -> List.of(new Shape(read[0], read[1], read[2]), new Shape(read[2], read[0], read[1]));
      default -> List.of();
    };
  }

  /** But those that drop values: which ones, each draws for itself. */
  private static Stream<Path> dropless() throws IOException {
    return convertible()
        .filter(file -> stack(file).all().noneMatch(layer -> layer.role() == StepRole.DROPOUT));
  }

  @ParameterizedTest
  @MethodSource("dropless")
  void anImportedNetworkHasTheNumbersOfItsGraph(Path file) {
    GraphStack stack = stack(file);
    Shape shape = shape(file).orElseThrow();
    GraphNetwork converted = GraphNetwork.of(stack, shape);
    Network network = converted.network();
    Dataset data = data(shape, network.outputs());
    ModelData samples = UserData.of(stack, data, PixelScaling.RAW);
    Loss loss = new MeanSquaredError().on(TargetKind.NUMBERS, network.outputs(), data.title());
    TrainingSettings settings =
        TrainingSettings.DEFAULT
            .withLoss(loss)
            .withPixelScaling(PixelScaling.RAW)
            .withInitialValues(new Initialization.Glorot(), new Initialization.Zeros())
            .withBatchSize(BATCH);
    MeasuredBackward expected =
        new GradientProbe(network, settings, data, SEED).measure(converted.parameters(), 0);
    List<int[]> window = GraphProbe.window(SAMPLES, BATCH, expected.batches(), SEED);
    GraphProbe probe =
        new GraphProbe(stack, samples, loss, TrainingNote.NONE, window, SEED, ProbeProgress.SILENT);
    assertThat(SameNumbersTest.differences(probe.initial(), expected)).isEmpty();
  }

  @Test
  void eachKindOfLayerIsAmongTheFiles() throws IOException {
    assertThat(convertible().map(file -> FIXTURES.relativize(file).toString()))
        .contains(
            "keras/mlp-keras-3.h5",
            "onnx/batchnorm_training.onnx",
            "onnx/cnn1d.onnx",
            "onnx/gru_unfolded.onnx",
            "onnx/lstm_folded.onnx",
            "onnx/mlp_scaledtanh.onnx",
            "onnx/rnn_folded.onnx",
            "onnx/skl2onnx_three.onnx",
            "onnx/tf2onnx_cnn.onnx",
            "torch/mlp.pt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "onnx/mlp_mish.onnx | 4 | 1 | layer \"mul\" | no layer that computes Softplus, Tanh, Mul",
        "onnx/dense3d_folded.onnx | 4 | 7 | layer \"0\" | applied to each step",
        "onnx/dynamo_gru_wrong.onnx | 3 | 7 | layer \"gru1\" | reset gate",
        "keras/recurrent.keras | 3 | 5 | layer \"simple_rnn\" | backwards only",
        "torch/tied.pt | 3 | 1 | layer \"0\" | in common with another layer",
        "torch/rnn.pt | 3 | 7 | layer \"0.l0\" | another order",
      })
  void whatTheEngineDoesNotHaveIsRefusedByItsLayer(
      String file, int channels, int rows, String place, String reason) {
    GraphStack stack = stack(FIXTURES.resolve(file));
    assertThatThrownBy(() -> GraphNetwork.of(stack, new Shape(channels, rows, 1)))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> {
              assertThat(refused.place()).isEqualTo(place);
              assertThat(refused.reason()).contains(reason);
            });
  }

  /** Normal inputs, and targets of the same size. */
  private static Dataset data(Shape shape, int outputs) {
    RandomStream random = new RandomStream(1, "samples");
    float[] values = new float[SAMPLES * shape.size()];
    float[] targets = new float[SAMPLES * outputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.normal();
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) random.normal();
    }
    ImageSet samples =
        new ImageSet(shape, new Pixels.Floats(values), new Targets.Numbers(targets, outputs));
    return new Dataset("drawn", "drawn", List.of(), samples, samples, "");
  }
}
