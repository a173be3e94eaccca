package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.dataset.ArrayDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.TrainingSettings;

/** DJL's recurrent blocks beside the engine's layers with the same parameters. */
class RecurrentDiagnosisTest {

  private static final int SAMPLES = 32;
  private static final int FEATURES = 3;
  private static final int UNITS = 5;
  private static final ActivationFunction LOGISTIC = ActivationFunction.LOGISTIC;

  /** Kinds of layers, so many of which are in one block. */
  private enum Kind {
    TANH,
    RELU,
    LSTM,
    GRU;

    Recurrent layer(Output output, Direction direction) {
      boolean bias = direction == Direction.FORWARD;
      Activation tanh = Activation.of(ActivationFunction.TANH);
      Activation relu = Activation.of(ActivationFunction.RELU);
      return switch (this) {
        case TANH -> new SimpleRecurrent(UNITS, tanh, output, direction, bias, 0);
        case RELU -> new SimpleRecurrent(UNITS, relu, output, direction, bias, 0);
        case LSTM -> new Lstm(UNITS, tanh, LOGISTIC, output, direction, bias, 0, 1);
        case GRU -> new Gru(UNITS, tanh, LOGISTIC, output, direction, bias, 0);
      };
    }

    RecurrentBlock block(int layers, boolean both) {
      return switch (this) {
        case TANH ->
            configured(RNN.builder().setActivation(RNN.Activation.TANH), layers, both).build();
        case RELU ->
            configured(RNN.builder().setActivation(RNN.Activation.RELU), layers, both).build();
        case LSTM -> configured(ai.djl.nn.recurrent.LSTM.builder(), layers, both).build();
        case GRU -> configured(ai.djl.nn.recurrent.GRU.builder(), layers, both).build();
      };
    }
  }

  private static <B extends RecurrentBlock.BaseBuilder<B>> B configured(
      B builder, int layers, boolean both) {
    return builder
        .setStateSize(UNITS)
        .setNumLayers(layers)
        .optBidirectional(both)
        .optHasBiases(!both);
  }

  static Stream<Arguments> networks() {
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, 1, Direction.FORWARD, 30, 0.15),
                    Arguments.of(kind, 1, Direction.FORWARD, 8, 0.4),
                    Arguments.of(kind, 2, Direction.FORWARD, 12, 0.4),
                    Arguments.of(kind, 1, Direction.BOTH, 12, 0.4),
                    Arguments.of(kind, 2, Direction.BOTH, 2, 1.0)));
  }

  @ParameterizedTest(name = "{1} × {0}, {2}, {3} steps, weights of {4}")
  @MethodSource("networks")
  void theWayThroughTimeAndTheVerdictAreTheEngines(
      Kind kind, int layers, Direction direction, int steps, double gain) {
    Network network = network(kind, layers, direction, steps);
    float[] parameters = parameters(network, gain);
    Dataset data = sequences(steps);
    GradientProbe probe =
        new GradientProbe(network, TrainingSettings.DEFAULT.withBatchSize(SAMPLES), data, 1);
    SnapshotDiagnosis expected =
        Diagnosis.of(List.of(probe.measure(parameters, 0)), Thresholds.DEFAULT).decisive();
    try (Model model = model(kind, layers, direction, network, parameters)) {
      SnapshotDiagnosis actual =
          DjlDiagnosis.diagnose(model, batches(data.train(), model)).decisive();
      assertThat(actual.verdict()).isEqualTo(expected.verdict());
      compareTime(actual.evidence().time(), expected.evidence().time());
      compareLayers(actual.evidence().layers(), expected.evidence().layers());
      assertThat(actual.evidence().output().loss())
          .isCloseTo(expected.evidence().output().loss(), within(1e-5));
    }
  }

  private static void compareTime(List<TimeEvidence> found, List<TimeEvidence> wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      TimeEvidence actual = found.get(i);
      TimeEvidence expected = wanted.get(i);
      assertThat(actual.reverse()).isEqualTo(expected.reverse());
      assertThat(actual.gated()).isEqualTo(expected.gated());
      assertThat(actual.steps()).isEqualTo(expected.steps());
      assertThat(actual.points()).hasSameSizeAs(expected.points());
      for (int p = 0; p < expected.points().size(); p++) {
        Point a = actual.points().get(p);
        Point e = expected.points().get(p);
        assertThat(a.back()).isEqualTo(e.back());
        close(a.sizeLog10(), e.sizeLog10());
        close(a.carriedLog10(), e.carriedLog10());
        close(a.typicalLog10(), e.typicalLog10());
        close(a.activationLog10(), e.activationLog10());
        close(a.recurrentLog10(), e.recurrentLog10());
        close(a.cellLog10(), e.cellLog10());
      }
    }
  }

  /** But for what takes the last state, which is a block of its own in DJL. */
  private static void compareLayers(List<LayerEvidence> found, List<LayerEvidence> wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      LayerEvidence actual = found.get(i);
      LayerEvidence expected = wanted.get(i);
      close(actual.enteringLog10(), expected.enteringLog10());
      close(actual.activationLog10(), expected.activationLog10());
      close(actual.weightGain(), expected.weightGain());
      close(actual.inputRms(), expected.inputRms());
      close(actual.saturation().saturatedShare(), expected.saturation().saturatedShare());
      close(actual.saturation().deadShare(), expected.saturation().deadShare());
      close(actual.saturation().relativeRms(), expected.saturation().relativeRms());
      assertThat(actual.equalUnits()).isEqualTo(expected.equalUnits());
      assertThat(actual.testGradient()).isEqualTo(expected.testGradient());
      assertThat(actual.tensors().get(0).size()).isEqualTo(expected.tensors().get(0).size());
      for (int t = 0; t < 2; t++) {
        close(actual.tensors().get(t).rms(), expected.tensors().get(t).rms());
        close(actual.tensors().get(t).gradientLog10(), expected.tensors().get(t).gradientLog10());
      }
    }
  }

  private static void close(double actual, double wanted) {
    if (Double.isFinite(wanted)) {
      assertThat(actual).isCloseTo(wanted, within(2e-4));
    } else {
      assertThat(actual).isEqualTo(Double.valueOf(wanted));
    }
  }

  private static Network network(Kind kind, int layers, Direction direction, int steps) {
    List<Layer> list = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      list.add(kind.layer(i < layers - 1 ? Output.ALL : Output.LAST, direction));
    }
    list.add(new Dense(3, true));
    return new Network(new org.unvanish.data.Shape(FEATURES, steps, 1), list);
  }

  private static float[] parameters(Network network, double size) {
    Random random = new Random(3);
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (size * random.nextGaussian());
    }
    return parameters;
  }

  private static Dataset sequences(int steps) {
    Random random = new Random(7);
    byte[] pixels = new byte[SAMPLES * FEATURES * steps];
    random.nextBytes(pixels);
    byte[] labels = new byte[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      labels[sample] = (byte) random.nextInt(3);
    }
    ImageSet samples =
        new ImageSet(
            new org.unvanish.data.Shape(FEATURES, steps, 1),
            new Pixels.Bytes(pixels),
            new Targets.Labels(labels),
            Columns.NONE,
            Lengths.FULL);
    return new Dataset("sequences", "sequences", List.of("a", "b", "c"), samples, samples, "");
  }

  /** [sample, step, feature]. */
  private static Iterable<ai.djl.training.dataset.Batch> batches(ImageSet samples, Model model) {
    NDManager manager = model.getNDManager();
    float[] values = new float[samples.bytes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(samples.bytes()[i]) / 255f;
    }
    float[] labels = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = samples.label(i);
    }
    int steps = samples.shape().rows();
    ArrayDataset data =
        new ArrayDataset.Builder()
            .setData(manager.create(values, new Shape(SAMPLES, FEATURES, steps)).transpose(0, 2, 1))
            .optLabels(manager.create(labels))
            .setSampling(SAMPLES, false)
            .build();
    try {
      return data.getData(manager);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Model model(
      Kind kind, int layers, Direction direction, Network network, float[] parameters) {
    boolean both = direction == Direction.BOTH;
    Block recurrent = kind.block(layers, both);
    Block block =
        new SequentialBlock()
            .add(recurrent)
            .add(new LambdaBlock(states -> new NDList(last(states.head(), both)), "last"))
            .add(Linear.builder().setUnits(3).build());
    Model model = Model.newInstance("net");
    model.setBlock(block);
    org.unvanish.data.Shape input = network.input();
    block.initialize(
        model.getNDManager(), DataType.FLOAT32, new Shape(SAMPLES, input.rows(), FEATURES));
    Iterator<Parameter> own = block.getParameters().values().iterator();
    for (ParameterTensor tensor : network.parameters()) {
      float[] values = Arrays.copyOfRange(parameters, tensor.offset(), tensor.end());
      if (tensor.name().endsWith("/bias") && !tensor.name().startsWith("dense")) {
        // DJL has two, whose sum counts; those of a GRU's candidate stand apart.
        float[] half = values.clone();
        float[] other = values.clone();
        int shared = kind == Kind.GRU ? 2 * UNITS : values.length;
        for (int i = 0; i < shared; i++) {
          half[i] = values[i] / 2;
          other[i] = values[i] / 2;
        }
        for (int i = shared; i < values.length; i++) {
          other[i] = parameters[tensor.end() + i - shared];
        }
        own.next().getArray().set(half);
        own.next().getArray().set(other);
      } else if (!tensor.name().endsWith("recurrent-bias")) {
        own.next().getArray().set(values);
      }
    }
    return model;
  }

  private static NDArray last(NDArray states, boolean both) {
    NDArray end = states.get(new NDIndex(":,-1,:"));
    if (!both) {
      return end;
    }
    return end.get(new NDIndex(":,:" + UNITS))
        .concat(states.get(new NDIndex(":,0," + UNITS + ":")), 1);
  }
}
