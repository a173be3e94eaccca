package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.dataset.ArrayDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.djl.DjlDiagnosis;
import org.unvanish.model.GraphProbe;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ModelDiagnosis;
import org.unvanish.model.ModelReader;
import org.unvanish.model.TrainingNote;
import org.unvanish.model.UserData;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.network.ParameterTensor;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbeProgress;
import org.unvanish.train.TrainingSettings;

/**
 * One network of the engine, as a block of DJL and as ONNX, Keras and PyTorch files, which {@code
 * one_network.py} wrote by the same formula: the same verdict and the same numbers.
 */
class OneNetworkTest {

  private static final int[] UNITS = {4, 6, 6, 6, 6, 6, 6, 3};
  private static final int SAMPLES = 64;
  private static final int SEED = 5;
  private static final Path FILES = Path.of("../model/src/test/resources/org/unvanish/model/one");

  /** Of the engine and of DJL, which compute in single precision. */
  private static final double TOLERANCE = 1e-6;

  private final Network network = network();
  private final Dataset data = data();
  private final TrainingSettings settings =
      TrainingSettings.DEFAULT.withBatchSize(SAMPLES).withPixelScaling(PixelScaling.RAW);
  private final MeasuredBackward expected =
      new GradientProbe(network, settings, data, SEED).measure(parameters(), 0);

  @ParameterizedTest
  @ValueSource(strings = {"one.onnx", "one.h5", "one.keras", "one.pt"})
  void aFileHasTheNumbersOfTheNetwork(String file) {
    GraphStack stack = ModelDiagnosis.stack(ModelReader.read(FILES.resolve(file)));
    GraphProbe probe =
        new GraphProbe(
            stack,
            UserData.of(stack, data, PixelScaling.RAW),
            settings.loss(),
            TrainingNote.NONE,
            GraphProbe.window(SAMPLES, SAMPLES, GradientProbe.BATCHES, SEED),
            SEED,
            ProbeProgress.SILENT);
    assertSame(probe.measure(probe.initialValues(), 0));
  }

  /** All samples are one batch, so that the engine's window has it twenty times. */
  @Test
  void aBlockOfDjlHasTheNumbersOfTheNetwork() throws Exception {
    try (Model model = Model.newInstance("one")) {
      SequentialBlock block = new SequentialBlock();
      for (int k = 1; k < UNITS.length; k++) {
        block.add(Linear.builder().setUnits(UNITS[k]).build());
        if (k < UNITS.length - 1) {
          block.add(Activation.tanhBlock());
        }
      }
      NDManager manager = model.getNDManager();
      model.setBlock(block);
      block.initialize(manager, DataType.FLOAT32, new ai.djl.ndarray.types.Shape(1, UNITS[0]));
      List<Parameter> own = block.getParameters().values();
      for (int i = 0; i < own.size(); i++) {
        own.get(i).getArray().set(values(network.parameters().get(i)));
      }
      float[] labels = new float[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        labels[i] = data.train().label(i);
      }
      float[] inputs = ((Pixels.Floats) data.train().pixels()).values();
      ArrayDataset batches =
          new ArrayDataset.Builder()
              .setData(manager.create(inputs, new ai.djl.ndarray.types.Shape(SAMPLES, UNITS[0])))
              .optLabels(manager.create(labels))
              .setSampling(SAMPLES, false)
              .build();
      assertSame(DjlDiagnosis.diagnose(model, batches.getData(manager)).decisive().evidence());
    }
  }

  private void assertSame(MeasuredBackward measured) {
    Verdict verdict = SnapshotDiagnosis.of(expected, Thresholds.DEFAULT).verdict();
    assertThat(verdict).hasToString("vanishing, many-layers, linear");
    assertThat(SnapshotDiagnosis.of(measured, Thresholds.DEFAULT).verdict()).isEqualTo(verdict);
    assertNear("loss", measured.output().loss(), expected.output().loss());
    assertNear("first gradient", measured.firstGradientLog10(), expected.firstGradientLog10());
    assertNear("typical", measured.typicalLog10(), expected.typicalLog10());
    assertThat(measured.layers()).hasSameSizeAs(expected.layers());
    for (int i = 0; i < expected.layers().size(); i++) {
      LayerEvidence found = measured.layers().get(i);
      LayerEvidence wanted = expected.layers().get(i);
      assertNear(wanted.name(), found.enteringLog10(), wanted.enteringLog10());
      assertNear(wanted.name(), found.leavingLog10(), wanted.leavingLog10());
      assertNear(wanted.name(), found.activationLog10(), wanted.activationLog10());
      assertNear(wanted.name(), found.linearLog10(), wanted.linearLog10());
      assertNear(wanted.name(), found.inputRms(), wanted.inputRms());
      assertNear(wanted.name(), found.weightGain(), wanted.weightGain());
    }
  }

  private static void assertNear(String what, double found, double wanted) {
    assertThat(found).as(what).isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
  }

  private static Network network() {
    NetworkBuilder builder = Network.builder(Shape.flat(UNITS[0]));
    for (int k = 1; k < UNITS.length; k++) {
      builder.dense(UNITS[k]);
      if (k < UNITS.length - 1) {
        builder.activation(ActivationFunction.TANH);
      }
    }
    return builder.build();
  }

  private float[] parameters() {
    float[] all = new float[network.parameterCount()];
    for (ParameterTensor tensor : network.parameters()) {
      float[] own = values(tensor);
      System.arraycopy(own, 0, all, tensor.offset(), own.length);
    }
    return all;
  }

  /** By the formula of one_network.py: of weights [unit, input], or of biases [unit]. */
  private static float[] values(ParameterTensor tensor) {
    int k = Integer.parseInt(tensor.name().replaceAll("[^0-9]", "")) - 1;
    boolean weights = tensor.shape().size() == 2;
    int inputs = weights ? tensor.shape().get(1) : 1;
    float[] values = new float[tensor.size()];
    for (int at = 0; at < values.length; at++) {
      int u = at / inputs;
      int i = at % inputs;
      values[at] = (weights ? (7 * u + 13 * i + 5 * k) % 17 - 8 : (5 * u + 3 * k) % 11 - 5) / 64f;
    }
    return values;
  }

  private static Dataset data() {
    Random random = new Random(1);
    float[] values = new float[SAMPLES * UNITS[0]];
    byte[] labels = new byte[SAMPLES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    ImageSet samples = new ImageSet(Shape.flat(UNITS[0]), new Pixels.Floats(values), labels);
    return new Dataset("drawn", "drawn", List.of("a", "b", "c"), samples, samples, "");
  }
}
