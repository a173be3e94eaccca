package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.djl.probe.KeptBatches;
import org.unvanish.examination.VerdictText;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.remedy.Prescriber;
import org.unvanish.train.TrainingSettings;

class DjlDiagnosisTest {

  private static final int BATCH = 64;
  private static final PixelScaling UNIT = PixelScaling.UNIT;

  static Stream<Arguments> networks() {
    var tanh = org.unvanish.activation.Activation.of(ActivationFunction.TANH);
    var scaled = org.unvanish.activation.Activation.scaled(ActivationFunction.TANH, 3);
    var learned = org.unvanish.activation.Activation.learned(ActivationFunction.SOFTSIGN, 2);
    var logistic = org.unvanish.activation.Activation.of(ActivationFunction.LOGISTIC);
    var logSigmoid = org.unvanish.activation.Activation.of(ActivationFunction.LOG_SIGMOID);
    var relu = org.unvanish.activation.Activation.of(ActivationFunction.RELU);
    Initialization glorot = new Initialization.Glorot();
    return Stream.of(
        Arguments.of("healthy", Twin.table3(tanh), glorot),
        Arguments.of("small weights", Twin.table3(tanh), new Initialization.Normal(0.05)),
        Arguments.of("beyond single precision", deep(tanh, 30), new Initialization.Normal(0.002)),
        Arguments.of("scaled", Twin.table3(scaled), new Initialization.Uniform(1)),
        Arguments.of("learned scale", Twin.table3(learned), glorot),
        Arguments.of("logistic", Twin.table3(logistic), glorot),
        Arguments.of("log-sigmoid", Twin.table3(logSigmoid), glorot),
        Arguments.of("exploding", Twin.table3(relu), new Initialization.Uniform(10)),
        Arguments.of("relu", Twin.table3(relu), new Initialization.He()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void evidenceAndVerdictsAreTheEngines(String name, Network network, Initialization start) {
    SnapshotDiagnosis expected = engine(network, start);
    SnapshotDiagnosis actual = djl(network, start);
    assertThat(actual.verdict()).isEqualTo(expected.verdict());
    assertThat(actual.layers()).isEqualTo(expected.layers());
    agree(actual, expected, 2e-4);
  }

  /** Where units are saturated f′ has few digits in single precision, and no two agree on them. */
  @Test
  void verdictsOnTable3sNetworkAreTheEngines() {
    Network network = Twin.table3(org.unvanish.activation.Activation.of(ActivationFunction.TANH));
    Initialization start = new Initialization.Uniform(10);
    SnapshotDiagnosis expected = engine(network, start);
    SnapshotDiagnosis actual = djl(network, start);
    assertThat(actual.verdict()).isEqualTo(expected.verdict());
    assertThat(actual.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(actual.layers()).isEqualTo(expected.layers());
    agree(actual, expected, 0.1);
  }

  /** A thousand times the loss, forward and backward through the whole network. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void aLossTimesAThousandChangesNoVerdict(String name, Network network, Initialization start) {
    SnapshotDiagnosis one = djl(network, start);
    SnapshotDiagnosis other = djl(network, start, new Thousandfold(), Thresholds.DEFAULT);
    assertThat(other.verdict()).isEqualTo(one.verdict());
    assertThat(other.layers()).isEqualTo(one.layers());
    // It did arrive.
    double residual = one.evidence().output().outputErrorRms();
    assertThat(other.evidence().output().outputErrorRms())
        .isCloseTo(1000 * residual, within(0.01 * residual));
    assertThat(other.evidence().firstGradientLog10())
        .isCloseTo(one.evidence().firstGradientLog10() + 3, within(1e-3));
  }

  @Test
  void thresholdsMayBeGiven() {
    Network network = Twin.table3(org.unvanish.activation.Activation.of(ActivationFunction.TANH));
    Thresholds lenient = Thresholds.DEFAULT.with("network-log10", 50);
    SnapshotDiagnosis found =
        djl(network, new Initialization.Normal(0.05), Loss.softmaxCrossEntropyLoss(), lenient);
    assertThat(found.verdict().signal()).isEqualTo(Signal.STABLE);
  }

  /** Softmax cross-entropy, a thousand times. */
  private static final class Thousandfold extends Loss {

    private final Loss once = Loss.softmaxCrossEntropyLoss();

    Thousandfold() {
      super("thousandfold");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      return once.evaluate(labels, predictions).mul(1000);
    }
  }

  /** No signal gets through, so that both measure with a random one. */
  @Test
  void aFullySaturatedNetworkHasTheEnginesVerdict() {
    Network network = Twin.table3(org.unvanish.activation.Activation.of(ActivationFunction.TANH));
    Initialization start = new Initialization.Uniform(10_000);
    SnapshotDiagnosis expected = engine(network, start);
    SnapshotDiagnosis actual = djl(network, start);
    assertThat(actual.verdict()).isEqualTo(expected.verdict());
    assertThat(actual.verdict().signal()).isEqualTo(Signal.VANISHING);
    assertThat(actual.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(actual.evidence().firstGradientLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(actual.evidence().layers().stream().map(LayerEvidence::testGradient))
        .isEqualTo(expected.evidence().layers().stream().map(LayerEvidence::testGradient).toList());
  }

  static Stream<Arguments> remedies() {
    var tanh = org.unvanish.activation.Activation.of(ActivationFunction.TANH);
    var logistic = org.unvanish.activation.Activation.of(ActivationFunction.LOGISTIC);
    Initialization glorot = new Initialization.Glorot();
    return Stream.of(
        Arguments.of("healthy", Twin.table3(tanh), glorot, UNIT),
        Arguments.of("small weights", Twin.table3(tanh), new Initialization.Normal(0.05), UNIT),
        Arguments.of("large parameters", Twin.table3(tanh), new Initialization.Uniform(10), UNIT),
        Arguments.of("f′", deep(logistic, 6), glorot, UNIT),
        Arguments.of("large inputs", deep(tanh, 2), glorot, PixelScaling.RAW));
  }

  /**
   * The same rules search on both; only what is drawn at random differs, and so the last digits.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("remedies")
  void theSentenceAndThePrescriptionAreTheEngines(
      String name, Network network, Initialization start, PixelScaling scaling) {
    Dataset images = Twin.images(BATCH, 10);
    GradientProbe probe = new GradientProbe(network, settings(start, scaling), images, 3);
    float[] parameters =
        new org.unvanish.train.Trainer(network, settings(start, scaling), images, 3).parameters();
    Prescription expected =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedSnapshot(probe.initial(), parameters)));
    Diagnosis diagnosis = Diagnosis.of(List.of(probe.initial()), Thresholds.DEFAULT);
    try (Model model = Twin.model("twin", network, parameters)) {
      NDManager manager = model.getNDManager();
      ArrayDataset data = Twin.data(images.train(), BATCH, manager, scaling);
      float[][] before = values(model.getBlock());
      int arrays = manager.getManagedArrays().size();
      Explanation found = DjlDiagnosis.explain(model, batches(data, model));
      assertThat(found.verdict()).isEqualTo(diagnosis.verdict());
      assertThat(found.sentence())
          .isEqualTo(VerdictText.sentence(diagnosis.verdict(), "at the initial weights"));
      assertThat(found.prescription().initial()).isEqualTo(expected.initial());
      assertThat(found.prescription().alpha()).isEqualTo(expected.alpha());
      assertThat(found.prescription().l2()).isEqualTo(expected.l2());
      assertThat(found.prescription().other()).isEqualTo(expected.other());
      assertThat(words(found.prescription().why())).isEqualTo(words(expected.why()));
      assertThat(found).hasToString(found.sentence() + "\n" + found.prescription().why());
      assertThat(values(model.getBlock())).isDeepEqualTo(before);
      assertThat(manager.getManagedArrays()).hasSize(arrays);
    }
  }

  @Test
  void aConstantColumnIsStandardisedToZeros() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(
                  manager.create(new float[] {0.1f, 100, 0.1f, 300, 0.1f, 200}, new Shape(3, 2)))
              .optLabels(manager.zeros(new Shape(3)))
              .setSampling(3, false)
              .build();
      List<ai.djl.training.dataset.Batch> kept =
          KeptBatches.first(20, data.getData(manager), manager);
      float[] values =
          KeptBatches.standardised(kept, 1, manager).get(0).getData().head().toFloatArray();
      for (int i = 0; i < 3; i++) {
        assertThat(values[2 * i]).isCloseTo(0, within(1e-6f));
      }
      assertThat(values[3]).isCloseTo((float) Math.sqrt(1.5), within(1e-5f));
    }
  }

  /** Without its numbers, and without what is said of an initialization that others drew. */
  private static String words(String why) {
    return why.replaceAll("(shrinks?|grows|amplif(y|ies))( it| the gradient)? [^ ]+-fold", "#")
        .replaceAll("keeps? its size|keeps? the size of the gradient", "#")
        .replaceAll("[−-]?[0-9][0-9.e+-]*|−∞", "#")
        .replaceAll("keeps the gradient's size|brings the gradient closer to a constant size", "#");
  }

  private static void agree(
      SnapshotDiagnosis actual, SnapshotDiagnosis expected, double tolerance) {
    var a = actual.evidence();
    var e = expected.evidence();
    assertThat(a.inputRms()).isCloseTo(e.inputRms(), within(1e-6));
    assertThat(a.output().loss())
        .isCloseTo(e.output().loss(), within(e.output().loss() * tolerance));
    assertThat(a.output().accuracy()).isEqualTo(e.output().accuracy());
    assertThat(a.output().constantLoss()).isCloseTo(e.output().constantLoss(), within(1e-6));
    assertThat(a.output().constantAccuracy()).isEqualTo(e.output().constantAccuracy());
    assertThat(a.output().predictedShare()).isEqualTo(e.output().predictedShare());
    assertThat(a.output().outputErrorRms())
        .isCloseTo(e.output().outputErrorRms(), within(tolerance * e.output().outputErrorRms()));
    assertThat(a.output().logitsRms())
        .isCloseTo(e.output().logitsRms(), within(tolerance * e.output().logitsRms()));
    // A single sample's f′, where the root mean square is that of those that are least saturated.
    close(a.typicalLog10(), e.typicalLog10(), 4 * tolerance, "typical");
    assertThat(a.layers()).hasSameSizeAs(e.layers());
    for (int i = 0; i < e.layers().size(); i++) {
      LayerEvidence found = a.layers().get(i);
      LayerEvidence wanted = e.layers().get(i);
      String what = wanted.name();
      assertThat(found.testGradient()).isEqualTo(wanted.testGradient());
      assertThat(found.equalUnits()).as(what).isEqualTo(wanted.equalUnits());
      close(found.enteringLog10(), wanted.enteringLog10(), tolerance, what);
      close(found.leavingLog10(), wanted.leavingLog10(), tolerance, what);
      close(found.activationLog10(), wanted.activationLog10(), tolerance, what);
      close(found.linearLog10(), wanted.linearLog10(), tolerance, what);
      close(found.shapeLog10(), wanted.shapeLog10(), 1e-9, what);
      close(found.typicalLog10(), wanted.typicalLog10(), 4 * tolerance, what);
      close(found.criticalGain(), wanted.criticalGain(), 1e-9, what);
      close(found.weightGain(), wanted.weightGain(), 1e-6 * wanted.weightGain(), what);
      close(found.inputRms(), wanted.inputRms(), tolerance * wanted.inputRms(), what);
      close(found.saturation().saturatedShare(), wanted.saturation().saturatedShare(), 1e-3, what);
      close(found.saturation().deadShare(), wanted.saturation().deadShare(), 1e-9, what);
      close(
          found.saturation().relativeRms(),
          wanted.saturation().relativeRms(),
          tolerance * (1 + wanted.saturation().relativeRms()),
          what);
      for (int s = 0; s < 6; s++) {
        close(found.saturation().shares().get(s), wanted.saturation().shares().get(s), 1e-3, what);
      }
      assertThat(found.tensors()).hasSameSizeAs(wanted.tensors());
      for (int t = 0; t < wanted.tensors().size(); t++) {
        var tensor = wanted.tensors().get(t);
        assertThat(found.tensors().get(t).size()).isEqualTo(tensor.size());
        close(found.tensors().get(t).rms(), tensor.rms(), 1e-6 * tensor.rms(), tensor.name());
        close(
            found.tensors().get(t).gradientLog10(),
            tensor.gradientLog10(),
            tolerance,
            tensor.name());
      }
    }
  }

  private static void close(double actual, double wanted, double tolerance, String what) {
    assertThat(actual).as(what).isCloseTo(wanted, within(tolerance));
  }

  private static Network deep(org.unvanish.activation.Activation activation, int layers) {
    List<Layer> list =
        Stream.concat(
                Stream.generate(() -> List.of(new Dense(12, true), new Activated(activation)))
                    .limit(layers)
                    .flatMap(List::stream)
                    .map(layer -> (Layer) layer),
                Stream.of((Layer) new Dense(10, true)))
            .toList();
    return new Network(new org.unvanish.data.Shape(3, 32, 32), list);
  }

  private static TrainingSettings settings(Initialization start) {
    return settings(start, UNIT);
  }

  private static TrainingSettings settings(Initialization start, PixelScaling scaling) {
    return new TrainingSettings(
        new org.unvanish.optimizer.Optimizer.Sgd(0.1, 0),
        Penalty.none(),
        start,
        new Initialization.Normal(0.001),
        scaling,
        BATCH,
        1);
  }

  private static SnapshotDiagnosis engine(Network network, Initialization start) {
    Dataset images = Twin.images(BATCH, 10);
    // All images are one batch, so that the window has it twenty times.
    GradientProbe probe = new GradientProbe(network, settings(start), images, 3);
    return Diagnosis.of(List.of(probe.initial()), Thresholds.DEFAULT).decisive();
  }

  private static SnapshotDiagnosis djl(Network network, Initialization start) {
    return djl(network, start, Loss.softmaxCrossEntropyLoss(), Thresholds.DEFAULT);
  }

  private static SnapshotDiagnosis djl(
      Network network, Initialization start, Loss loss, Thresholds thresholds) {
    Dataset images = Twin.images(BATCH, 10);
    float[] parameters =
        new org.unvanish.train.Trainer(network, settings(start), images, 3).parameters();
    try (Model model = Twin.model("twin", network, parameters)) {
      return DjlDiagnosis.diagnose(
              model,
              batches(Twin.data(images.train(), BATCH, model.getNDManager()), model),
              loss,
              thresholds)
          .decisive();
    }
  }

  private static Iterable<ai.djl.training.dataset.Batch> batches(ArrayDataset data, Model model) {
    try {
      return data.getData(model.getNDManager());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingOfTheModelChanges() throws Exception {
    try (Model model = model(dense(Activation.tanhBlock()))) {
      Block block = model.getBlock();
      block.getParameters().valueAt(0).freeze(true);
      float[][] before = values(block);
      int arrays = model.getNDManager().getManagedArrays().size();
      ArrayDataset data = data(model.getNDManager());
      int withData = model.getNDManager().getManagedArrays().size();
      DjlDiagnosis.diagnose(model, batches(data, model));
      assertThat(values(block)).isDeepEqualTo(before);
      assertThat(model.getNDManager().getManagedArrays()).hasSize(withData);
      assertThat(withData).isGreaterThanOrEqualTo(arrays);
      assertThat(block.getParameters().valueAt(0).requiresGradient()).isFalse();
      for (int i = 1; i < 4; i++) {
        NDArray gradient = block.getParameters().valueAt(i).getArray().getGradient();
        assertThat(gradient.toFloatArray()).containsOnly(0);
      }
    }
  }

  @Test
  void aFrozenParameterIsDiagnosedAsIfItWereNot() throws Exception {
    try (Model model = model(dense(Activation.tanhBlock()))) {
      ArrayDataset data = data(model.getNDManager());
      Diagnosis free = DjlDiagnosis.diagnose(model, batches(data, model));
      model.getBlock().freezeParameters(true);
      Diagnosis frozen = DjlDiagnosis.diagnose(model, batches(data, model));
      assertThat(frozen).isEqualTo(free);
    }
  }

  @Test
  void normalisationCountsAsAPartOfTheLinearFactor() throws Exception {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(6).build())
            .add(BatchNorm.builder().build())
            .add(Activation.tanhBlock())
            .add(new SequentialBlock().add(Linear.builder().setUnits(3).build()));
    try (Model model = model(block)) {
      float[][] before = values(block);
      Diagnosis diagnosis =
          DjlDiagnosis.diagnose(model, batches(data(model.getNDManager()), model));
      assertThat(values(block)).isDeepEqualTo(before);
      List<LayerEvidence> layers = diagnosis.decisive().evidence().layers();
      assertThat(layers.stream().map(LayerEvidence::name))
          .containsExactly("01Linear", "04SequentialBlock_01Linear");
      assertThat(layers.get(0).tensors().stream().map(t -> t.name()))
          .containsExactly(
              "01Linear_weight", "01Linear_bias", "02BatchNorm_gamma", "02BatchNorm_beta");
    }
  }

  /** The second of three units is dead, whether units lie behind the steps or before the places. */
  @Test
  void deadUnitsAreThoseOfTheLayerBefore() throws Exception {
    Block dense = Linear.builder().setUnits(3).build();
    assertThat(deadShare(dense, new Shape(16, 5, 4))).isEqualTo(1 / 3.0);
    Block convolution = Conv1d.builder().setFilters(3).setKernelShape(new Shape(2)).build();
    assertThat(deadShare(convolution, new Shape(16, 4, 5))).isEqualTo(1 / 3.0);
  }

  private static double deadShare(Block first, Shape inputs) throws Exception {
    Block block =
        new SequentialBlock()
            .add(first)
            .add(Dropout.builder().optRate(0.1f).build())
            .add(Activation.reluBlock())
            .add(Blocks.batchFlattenBlock())
            .add(Linear.builder().setUnits(3).build());
    try (Model model = Model.newInstance("dead")) {
      NDManager manager = model.getNDManager();
      manager.getEngine().setRandomSeed(4);
      block.initialize(manager, DataType.FLOAT32, inputs);
      block.getParameters().valueAt(1).getArray().set(new float[] {1, -100, 1});
      model.setBlock(block);
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.randomUniform(-1, 1, inputs))
              .optLabels(manager.randomNormal(new Shape(inputs.get(0), 3)))
              .setSampling(8, false)
              .build();
      Diagnosis diagnosis = DjlDiagnosis.diagnose(model, batches(data, model), Loss.l2Loss());
      return diagnosis.decisive().evidence().layers().get(0).saturation().deadShare();
    }
  }

  @Test
  void anotherLossMayBeGiven() throws Exception {
    try (Model model = model(dense(Activation.tanhBlock()))) {
      NDManager manager = model.getNDManager();
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.randomNormal(new Shape(16, 4)))
              .optLabels(manager.randomNormal(new Shape(16, 3)))
              .setSampling(8, false)
              .build();
      Diagnosis diagnosis = DjlDiagnosis.diagnose(model, batches(data, model), Loss.l2Loss());
      assertThat(diagnosis.decisive().evidence().output().loss()).isPositive();
      assertThat(diagnosis.decisive().evidence().output().accuracy()).isNaN();
      assertThat(diagnosis.decisive().evidence().batches()).isEqualTo(2);
    }
  }

  @Test
  void aModelWithoutSigmoidTypeActivationsIsDiagnosed() throws Exception {
    try (Model model = model(dense(Activation.mishBlock()))) {
      Diagnosis diagnosis =
          DjlDiagnosis.diagnose(model, batches(data(model.getNDManager()), model));
      LayerEvidence layer = diagnosis.decisive().evidence().layers().get(0);
      assertThat(layer.activationLog10()).isZero();
      assertThat(layer.linearLog10()).isNegative();
      assertThat(layer.saturation().saturatedShare()).isZero();
    }
  }

  @Test
  void anUninitialisedBlockIsToldByItsParameter() {
    try (Model model = Model.newInstance("net")) {
      model.setBlock(dense(Activation.tanhBlock()));
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("01Linear_weight has no values yet")
          .hasMessageContaining("trainer.initialize");
    }
  }

  @Test
  void aModelWithoutABlockIsTold() {
    try (Model model = Model.newInstance("net")) {
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("setBlock");
    }
  }

  @Test
  void noBatchIsTold() throws Exception {
    try (Model model = model(dense(Activation.tanhBlock()))) {
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no batch");
    }
  }

  @Test
  void branchesAreNamed() throws Exception {
    Block branches =
        new SequentialBlock()
            .add(Linear.builder().setUnits(6).build())
            .add(
                new ParallelBlock(
                    outputs -> new NDList(outputs.get(0).head()),
                    List.of(Linear.builder().setUnits(3).build())));
    try (Model model = model(branches)) {
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("02ParallelBlock");
    }
  }

  @Test
  void aModelWithoutWeightsIsTold() throws Exception {
    try (Model model = model(new SequentialBlock().add(Activation.tanhBlock()))) {
      assertThatThrownBy(() -> DjlDiagnosis.diagnose(model, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no layer with weights");
    }
  }

  private static float[][] values(Block block) {
    return block.getParameters().values().stream()
        .map(p -> p.getArray().toFloatArray())
        .toArray(float[][]::new);
  }

  private static Block dense(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(5).build())
        .add(activation)
        .add(Linear.builder().setUnits(3).build());
  }

  private static Model model(Block block) {
    Model model = Model.newInstance("net");
    model.setBlock(block);
    block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(8, 4));
    return model;
  }

  private static ArrayDataset data(NDManager manager) {
    manager.getEngine().setRandomSeed(4);
    float[] labels = new float[40];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    return new ArrayDataset.Builder()
        .setData(manager.randomNormal(new Shape(40, 4)))
        .optLabels(manager.create(labels))
        .setSampling(8, false)
        .build();
  }
}
