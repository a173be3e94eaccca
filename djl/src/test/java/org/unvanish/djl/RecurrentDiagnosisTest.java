package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.EngineException;
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
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.djl.probe.KeptBatches;
import org.unvanish.gradient.GradientSource;
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
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;
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

  @ParameterizedTest
  @EnumSource(Kind.class)
  void stepsThatAreLostInSinglePrecisionEndWhereTheEnginesDo(Kind kind) {
    Network network = network(kind, 1, Direction.FORWARD, 80);
    float[] parameters = parameters(network, 0.02);
    SnapshotDiagnosis expected = engine(network, parameters, sequences(80));
    try (Model model = model(kind, 1, Direction.FORWARD, network, parameters)) {
      SnapshotDiagnosis actual = djl(sequences(80), model);
      assertThat(actual.verdict()).isEqualTo(expected.verdict());
      assertThat(actual.verdict().signal()).isEqualTo(Signal.VANISHING);
      TimeEvidence found = actual.evidence().time().get(0);
      TimeEvidence wanted = expected.evidence().time().get(0);
      // What is left is a single number of few digits there.
      assertThat(found.last().back()).isCloseTo(wanted.last().back(), within(1));
      assertThat(found.stepLog10()).isCloseTo(wanted.stepLog10(), within(0.05));
    }
  }

  @Test
  void largeRecurrentWeightsExplodeAsTheEngines() {
    Network network = network(Kind.RELU, 1, Direction.FORWARD, 12);
    float[] parameters = parameters(network, 1.5);
    SnapshotDiagnosis expected = engine(network, parameters, sequences(12));
    try (Model model = model(Kind.RELU, 1, Direction.FORWARD, network, parameters)) {
      SnapshotDiagnosis actual = djl(sequences(12), model);
      assertThat(actual.verdict()).isEqualTo(expected.verdict());
      assertThat(actual.verdict().signal()).isEqualTo(Signal.EXPLODING);
      compareTime(actual.evidence().time(), expected.evidence().time());
    }
  }

  /** Where units are saturated f′ has few digits in single precision, and no two agree on them. */
  @Test
  void saturatedUnitsAreLargeParametersAsTheEngines() {
    Network network = network(Kind.TANH, 1, Direction.FORWARD, 12);
    float[] parameters = parameters(network, 4);
    SnapshotDiagnosis expected = engine(network, parameters, sequences(12));
    try (Model model = model(Kind.TANH, 1, Direction.FORWARD, network, parameters)) {
      SnapshotDiagnosis actual = djl(sequences(12), model);
      assertThat(actual.verdict()).isEqualTo(expected.verdict());
      assertThat(actual.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
      assertThat(actual.layers()).isEqualTo(expected.layers());
      assertThat(actual.evidence().layers().get(0).saturation().saturatedShare())
          .isCloseTo(
              expected.evidence().layers().get(0).saturation().saturatedShare(), within(1e-3));
    }
  }

  @Test
  void anOrthogonalStartIsPrescribedWhereStepsLoseTheGradient() {
    Network network = network(Kind.TANH, 1, Direction.FORWARD, 30);
    float[] parameters = parameters(network, 0.15);
    try (Model model = model(Kind.TANH, 1, Direction.FORWARD, network, parameters)) {
      Explanation found = DjlDiagnosis.explain(model, batches(sequences(30).train(), model));
      assertThat(found.verdict().cause()).isEqualTo(Cause.MANY_STEPS);
      assertThat(found.prescription().other()).containsExactly(OtherRemedy.ORTHOGONAL_RECURRENT);
      assertThat(found.prescription().prediction().after().time().get(0).wholeLog10())
          .isBetween(-2.0, 0.5);
      assertThat(found.toString()).contains("An orthogonal matrix as initial recurrent weights");
    }
  }

  @Test
  void sequencesAreStandardisedByFeature() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scales = manager.create(new float[] {1, 100, 10_000}).reshape(1, 1, 3);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.randomNormal(new Shape(SAMPLES, 6, 3)).mul(scales).add(scales))
              .optLabels(manager.zeros(new Shape(SAMPLES)))
              .setSampling(SAMPLES, false)
              .build();
      NDArray values =
          KeptBatches.standardised(KeptBatches.first(1, data.getData(manager), manager), 2, manager)
              .get(0)
              .getData()
              .head();
      for (int feature = 0; feature < 3; feature++) {
        NDArray own = values.get(new NDIndex(":,:," + feature));
        assertThat(own.mean().getFloat()).isCloseTo(0, within(1e-4f));
        assertThat(own.square().mean().getFloat()).isCloseTo(1, within(1e-4f));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(lstm().optReturnState(true).build(), "in several arrays"),
        Arguments.of(lstm().optBatchFirst(false).build(), "[step, sample, feature]"),
        Arguments.of(lstm().optBidirectional(true).build(), "two directions and biases"),
        Arguments.of(new OwnRecurrent(lstm()), "a OwnRecurrent, does not pass its input straight"));
  }

  private static LSTM.Builder lstm() {
    return LSTM.builder().setStateSize(3).setNumLayers(1);
  }

  /** Of which nobody knows the formulas. */
  private static final class OwnRecurrent extends RecurrentBlock {
    OwnRecurrent(LSTM.Builder builder) {
      super(builder);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return inputs;
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeMeasuredIsRefusedByName(Block block, String why) {
    try (Model model = Model.newInstance("net")) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(3).build())
              .add(block)
              .add(Linear.builder().setUnits(3).build()));
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("02" + block.getClass().getSimpleName())
          .hasMessageContaining(why);
    }
  }

  /** What the refusal says: DJL itself cannot run such a block on PyTorch. */
  @Test
  void djlFailsWithTwoDirectionsAndBiases() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = lstm().optBidirectional(true).build();
      block.initialize(manager, DataType.FLOAT32, new Shape(2, 4, 5));
      NDList input = new NDList(manager.ones(new Shape(2, 4, 5)));
      assertThatThrownBy(() -> block.forward(new ParameterStore(manager, false), input, false))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("must match");
    }
  }

  @Test
  void anUninitialisedBlockIsToldByItsParameter() {
    try (Model model = Model.newInstance("net")) {
      model.setBlock(new SequentialBlock().add(lstm().build()));
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("01LSTM_l_0_i2h_WEIGHT has no values yet");
    }
  }

  /** With a penalty on weights alone, which acts on recurrent weights, too. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aMonitorWatchesEachTensorOfARecurrentBlock(Kind kind) throws Exception {
    Network network = network(kind, 2, Direction.FORWARD, 6);
    List<EpochRecord> watched = new ArrayList<>();
    try (Model model = model(kind, 2, Direction.FORWARD, network, parameters(network, 0.4))) {
      Penalty penalty = new Penalty.L2(0.01, Penalty.Scope.WEIGHTS);
      Loss loss = new PenaltyLoss(Loss.softmaxCrossEntropyLoss(), model.getBlock(), penalty);
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(loss).addTrainingListeners(GradientMonitor.to(watched::add));
      try (Trainer trainer = model.newTrainer(config)) {
        EasyTrain.fit(trainer, 1, data(sequences(6).train(), model), null);
      }
    }
    List<ParameterGradient> gradients = watched.get(0).gradients();
    String name = "01" + kind.block(1, false).getClass().getSimpleName();
    for (String tensor : List.of("_l_0_h2h_WEIGHT", "_l_1_i2h_WEIGHT", "_l_1_h2h_WEIGHT")) {
      assertThat(rms(gradients, name + tensor, GradientSource.DATA)).isPositive();
      assertThat(rms(gradients, name + tensor, GradientSource.PENALTY)).isPositive();
    }
    assertThat(rms(gradients, name + "_l_0_i2h_BIAS", GradientSource.DATA)).isPositive();
    assertThat(rms(gradients, name + "_l_0_h2h_BIAS", GradientSource.PENALTY)).isZero();
  }

  private static double rms(List<ParameterGradient> all, String tensor, GradientSource source) {
    return all.stream()
        .filter(g -> g.parameter().equals(tensor) && g.source() == source)
        .findFirst()
        .orElseThrow()
        .statistics()
        .rms();
  }

  @ParameterizedTest(name = "{1} × {0}, {2}, {3} steps, weights of {4}")
  @MethodSource("networks")
  void theWayThroughTimeAndTheVerdictAreTheEngines(
      Kind kind, int layers, Direction direction, int steps, double gain) {
    Network network = network(kind, layers, direction, steps);
    float[] parameters = parameters(network, gain);
    Dataset data = sequences(steps);
    SnapshotDiagnosis expected = engine(network, parameters, data);
    try (Model model = model(kind, layers, direction, network, parameters)) {
      SnapshotDiagnosis actual = djl(data, model);
      assertThat(actual.verdict()).isEqualTo(expected.verdict());
      compareTime(actual.evidence().time(), expected.evidence().time());
      compareLayers(actual.evidence().layers(), expected.evidence().layers());
      assertThat(actual.evidence().output().loss())
          .isCloseTo(expected.evidence().output().loss(), within(1e-5));
    }
  }

  private static SnapshotDiagnosis engine(Network network, float[] parameters, Dataset data) {
    // All sequences are one batch, so that the window has it twenty times.
    TrainingSettings settings = TrainingSettings.DEFAULT.withBatchSize(SAMPLES);
    GradientProbe probe = new GradientProbe(network, settings, data, 1);
    return SnapshotDiagnosis.of(probe.measure(parameters, 0), Thresholds.DEFAULT);
  }

  private static SnapshotDiagnosis djl(Dataset data, Model model) {
    return DjlDiagnosis.diagnose(model, batches(data.train(), model)).decisive();
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

  private static Iterable<ai.djl.training.dataset.Batch> batches(ImageSet samples, Model model) {
    try {
      return data(samples, model).getData(model.getNDManager());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** [sample, step, feature]. */
  private static ArrayDataset data(ImageSet samples, Model model) {
    NDManager manager = model.getNDManager();
    float[] values = new float[samples.bytes().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(samples.bytes()[i]) / 255f;
    }
    float[] labels = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = samples.label(i);
    }
    Shape shape = new Shape(SAMPLES, FEATURES, samples.shape().rows());
    return new ArrayDataset.Builder()
        .setData(manager.create(values, shape).transpose(0, 2, 1))
        .optLabels(manager.create(labels))
        .setSampling(SAMPLES, false)
        .build();
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
