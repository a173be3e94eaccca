package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.StepEvidence;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.diagnosis.prescription.Conclusion.Remark;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.remedy.Prescriber;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/**
 * Small stand-ins for networks about which people have asked in public, on data that are drawn
 * here: the whole diagnosis, with what follows.
 */
class AskedNetworksTest {

  private static final Activation LOGISTIC = Activation.of(ActivationFunction.LOGISTIC);
  private static final Activation TANH = Activation.of(ActivationFunction.TANH);
  private static final Activation RELU = Activation.of(ActivationFunction.RELU);

  private TrainingSettings settings =
      TrainingSettings.DEFAULT.withPixelScaling(PixelScaling.STANDARDISED);

  /** Seven logistic layers of equal width before a softmax. */
  @Test
  void manyLogisticLayersLoseTheGradientThroughTheirDerivative() {
    settings =
        settings
            .withOptimizer(new Optimizer.Sgd(0.1, 0.9))
            .withInitialValues(new Initialization.Uniform(0.2), new Initialization.Zeros());
    ExaminedNetwork found =
        examine(dense(30, 10, LOGISTIC, 32, 32, 32, 32, 32, 32, 32), clusters(600, 30, 10));
    assertThat(found.conclusion().verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.ACTIVATION));
    assertThat(prescribed(found).other()).contains(OtherRemedy.USE_TANH);
  }

  /** All weights from [0, 1): what a unit reads adds up. */
  @Test
  void oneSidedWeightsSaturateEveryUnit() {
    settings =
        settings.withLoss(new MeanSquaredError()).withPixelScaling(PixelScaling.UNIT).withEpochs(3);
    Network network =
        network(
            64,
            new Dense(15, true),
            new Activated(LOGISTIC),
            new Dense(10, true),
            new Activated(LOGISTIC));
    float[] parameters = new float[network.parameterCount()];
    Random random = new Random(7);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextFloat();
    }
    begin(network, parameters);
    ExaminedNetwork found = examine(network, clusters(500, 64, 10));
    assertThat(found.conclusion().verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(prescribed(found).why()).contains("are one-sided");
    assertThat(found.diagnosis().decisive().besides()).containsExactly(Cause.SATURATED_OUTPUT);
  }

  /** Bits to a number of hundreds: the layers come first, the targets are said besides. */
  @Test
  void logisticLayersToALargeNumberVanishAndItsSizeIsSaid() {
    settings = settings.withLoss(new MeanSquaredError()).withEpochs(5);
    ExaminedNetwork found = examine(dense(40, 1, LOGISTIC, 64, 64, 64, 64), bits(800, 1000));
    assertThat(found.conclusion().verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.ACTIVATION));
    assertThat(causes(found)).contains(Cause.LARGE_TARGETS);
    assertThat(prescribed(found).other()).contains(OtherRemedy.SCALE_TARGETS);
    assertThat(prescribed(found).why()).doesNotContain("class").doesNotContain("accuracy");
    // Two layers of tanh let it through: then the targets alone are left.
    ExaminedNetwork shallow = examine(dense(40, 1, TANH, 64, 64), bits(800, 1000));
    assertThat(shallow.conclusion().verdict())
        .isEqualTo(new Verdict(Signal.STABLE, Cause.LARGE_TARGETS, null));
    assertThat(prescribed(shallow).other()).containsExactly(OtherRemedy.SCALE_TARGETS);
    requireHealthy(dense(40, 1, TANH, 64, 64), bits(800, 1));
  }

  /** y = x⁴ on ±100. */
  @Test
  void inputsAndTargetsThatAreNotScaledAreBothNamed() {
    settings =
        settings.withLoss(new MeanSquaredError()).withPixelScaling(PixelScaling.RAW).withEpochs(10);
    for (Activation activation : List.of(LOGISTIC, RELU)) {
      ExaminedNetwork found = examine(dense(1, 1, activation, 50, 50), powers());
      assertThat(found.conclusion().verdict().cause()).isEqualTo(Cause.LARGE_INPUTS);
      assertThat(causes(found)).contains(Cause.LARGE_TARGETS);
      assertThat(prescribed(found).other()).contains(OtherRemedy.SCALE_TARGETS);
    }
  }

  @Test
  void oneUnitCannotLearnXorAndEightCan() {
    settings =
        settings
            .withOptimizer(new Optimizer.Sgd(0.5, 0))
            .withBatchSize(4)
            .withEpochs(60)
            .withInitialValues(new Initialization.Uniform(1), new Initialization.Zeros());
    ExaminedNetwork one = examine(dense(2, 2, LOGISTIC, 1), xor(400, 0, 1, false));
    assertThat(one.conclusion().verdict())
        .isEqualTo(new Verdict(Signal.STABLE, Cause.CAPACITY, null));
    requireHealthy(dense(2, 2, LOGISTIC, 8), xor(400, 0, 1, false));
  }

  @Test
  void targetsThatNoOutputReachesAreAFact() {
    settings =
        settings
            .withLoss(new MeanSquaredError())
            .withEpochs(60)
            .withBatchSize(16)
            .withOptimizer(adam(0.02));
    ExaminedNetwork found = examine(ending(LOGISTIC), xor(400, -1, 1, true));
    assertThat(found.conclusion().verdict().cause()).isEqualTo(Cause.TARGETS_OUT_OF_RANGE);
    // 0 and 1 behind the logistic function, and ±1 behind tanh, are learnt.
    requireHealthy(ending(LOGISTIC), xor(400, 0, 1, true));
    requireHealthy(ending(TANH), xor(400, -1, 1, true));
  }

  @Test
  void aLogisticAutoencoderVanishesAtTheMeanImage() {
    settings =
        settings
            .withLoss(new BinaryCrossEntropy())
            .withPixelScaling(PixelScaling.UNIT)
            .withEpochs(5);
    ExaminedNetwork found = examine(dense(64, 64, LOGISTIC, 32, 16, 32), bars());
    assertThat(found.conclusion().verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.ACTIVATION));
    assertThat(causes(found)).contains(Cause.CONSTANT_PREDICTION);
    requireHealthy(dense(64, 64, TANH, 32, 16, 32), bars());
  }

  @Test
  void outputsThatAreSaturatedOrOffAreACauseOfTheirOwn() {
    settings = settings.withLoss(new MeanSquaredError()).withEpochs(5);
    Dataset labels = regression(500, 8, true);
    for (Activation last : List.of(LOGISTIC, RELU)) {
      Network network =
          network(
              8, new Dense(16, true), new Activated(TANH), new Dense(1, true), new Activated(last));
      GradientProbe probe = new GradientProbe(network, settings, labels, 1);
      float[] parameters = probe.initialValues();
      requireHealthy(network, labels);
      parameters[parameters.length - 1] = last == RELU ? -8 : 8;
      TrainingSettings before = settings;
      begin(network, parameters);
      ExaminedNetwork found = examine(network, labels);
      assertThat(found.conclusion().verdict())
          .isEqualTo(new Verdict(Signal.VANISHING, Cause.SATURATED_OUTPUT, Mechanism.ACTIVATION));
      Prescription forecast =
          new Prescriber(new GradientProbe(network, settings, labels, 1), Thresholds.DEFAULT)
              .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 0), parameters)));
      assertThat(forecast.other())
          .containsExactly(last == RELU ? OtherRemedy.NO_LAST_ACTIVATION : OtherRemedy.FUSED_LOSS);
      settings = before;
    }
  }

  @Test
  void aRateThatIsTooLargeOrTooSmallIsTheCause() {
    settings = settings.withBatchSize(1).withEpochs(3).withPixelScaling(PixelScaling.UNIT);
    Dataset data = clusters(600, 64, 10);
    Network network = dense(64, 10, LOGISTIC, 32);
    for (double rate : new double[] {0.4, 4}) {
      settings = settings.withOptimizer(new Optimizer.Sgd(rate, 0.9));
      ExaminedNetwork found = examine(network, data);
      assertThat(found.conclusion().verdict().cause()).isEqualTo(Cause.LARGE_LEARNING_RATE);
      assertThat(prescribed(found).l2()).isNull();
    }
    settings = settings.withOptimizer(new Optimizer.Sgd(0.02, 0.9));
    requireHealthy(network, data);
    settings = settings.withOptimizer(new Optimizer.Sgd(1e-7, 0));
    assertThat(examine(network, data).conclusion().verdict())
        .isEqualTo(new Verdict(Signal.STABLE, Cause.SMALL_LEARNING_RATE, null));
  }

  @Test
  void labelsAtTheOutputsAsymptoteAreWorthARemark() {
    settings = settings.withLoss(new MeanSquaredError()).withEpochs(3);
    Network network =
        network(
            20,
            new Dense(32, true),
            new Activated(RELU),
            new Dense(32, true),
            new Activated(RELU),
            new Dense(1, true),
            new Activated(TANH));
    ExaminedNetwork found = examine(network, values());
    assertThat(causes(found)).containsExactly(Cause.TARGETS_AT_ASYMPTOTE);
    assertThat(found.conclusion().verdict().isHealthy()).isTrue();
    assertThat(prescribed(found).isEmpty()).isTrue();
  }

  @Test
  void networksThatLearnNumbersAreHealthy() {
    settings = settings.withLoss(new MeanSquaredError()).withEpochs(5);
    Dataset data = regression(800, 8, false);
    requireHealthy(dense(8, 1, TANH, 32, 32), data);
    requireHealthy(dense(8, 1, LOGISTIC, 32), data);
    requireHealthy(dense(8, 1, RELU, 32, 32), data);
  }

  /** Thirty plain layers of tanh lose it; blocks and normalization keep it. */
  @Test
  void skipsAndNormalizationKeepTheGradient() {
    settings =
        settings.withInitialValues(new Initialization.Uniform(0.12), new Initialization.Zeros());
    Dataset data = clusters(400, 30, 5);
    List<Layer> plain = new ArrayList<>();
    List<Layer> residual = new ArrayList<>();
    List<Layer> normalized = new ArrayList<>();
    List<List<Layer>> all = List.of(plain, residual, normalized);
    all.forEach(layers -> layers.add(new Dense(32, true)));
    for (int i = 0; i < 30; i++) {
      plain.addAll(List.of(new Dense(32, true), new Activated(TANH)));
      residual.add(new Residual(List.of(new Dense(32, true), new Activated(TANH)), false));
      normalized.addAll(
          List.of(new Dense(32, true), BatchNormalization.DEFAULT, new Activated(TANH)));
    }
    all.forEach(layers -> layers.add(new Dense(5, true)));
    assertThat(at(plain, data).verdict())
        .isEqualTo(new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR));
    SnapshotDiagnosis blocks = at(residual, data);
    assertThat(blocks.verdict().signal()).isNotEqualTo(Signal.VANISHING);
    LayerEvidence block = blocks.evidence().layers().get(5);
    assertThat(block.isResidual()).isTrue();
    assertThat(block.inside()).hasSize(1);
    assertThat(block.inside().get(0).name()).isEqualTo("residual5/dense1");
    assertThat(blocks.inside().get(5)).hasSize(1);
    SnapshotDiagnosis batch = at(normalized, data);
    assertThat(batch.verdict().signal()).isNotEqualTo(Signal.VANISHING);
    assertThat(batch.evidence().layers().get(5).steps())
        .extracting(StepEvidence::role)
        .containsExactly(StepRole.WEIGHTS, StepRole.NORMALIZATION, StepRole.ACTIVATION);
  }

  private SnapshotDiagnosis at(List<Layer> layers, Dataset data) {
    Network network = new Network(data.train().shape(), layers);
    return SnapshotDiagnosis.of(
        new GradientProbe(network, settings, data, 1).initial(), Thresholds.DEFAULT);
  }

  private void requireHealthy(Network network, Dataset data) {
    ExaminedNetwork found = examine(network, data);
    assertThat(found.conclusion().verdict().isHealthy())
        .as("%s: %s", found.conclusion().verdict(), prescribed(found).why())
        .isTrue();
    assertThat(prescribed(found).isEmpty()).as(prescribed(found).why()).isTrue();
  }

  private static Prescription prescribed(ExaminedNetwork found) {
    return found.conclusion().prescription();
  }

  private static List<Cause> causes(ExaminedNetwork found) {
    return found.conclusion().remarks().stream().map(Remark::cause).toList();
  }

  private static Network ending(Activation last) {
    return network(
        2, new Dense(4, true), new Activated(TANH), new Dense(1, true), new Activated(last));
  }

  /** Lets trainings begin with these parameters. */
  private void begin(Network network, float[] parameters) {
    settings =
        settings.withInitialValues(
            given(network, parameters, Kind.WEIGHTS), given(network, parameters, Kind.BIAS));
  }

  private ExaminedNetwork examine(Network network, Dataset data) {
    GradientProbe probe = new GradientProbe(network, settings, data, 1);
    return ExaminedNetwork.along(
        probe,
        data,
        ProbedTraining.usualSteps(network, settings, data.train().count()),
        Thresholds.DEFAULT,
        TrainingObserver.NONE);
  }

  private static Initialization given(Network network, float[] parameters, Kind kind) {
    List<Float> values = new ArrayList<>();
    network.parameters().stream()
        .filter(tensor -> tensor.kind() == kind)
        .flatMapToInt(tensor -> IntStream.range(tensor.offset(), tensor.end()))
        .forEach(i -> values.add(parameters[i]));
    return new Initialization.Given(values);
  }

  private static Optimizer adam(double rate) {
    return Optimizer.Adam.DEFAULT.withLearningRate(rate);
  }

  private static Network dense(int inputs, int outputs, Activation activation, int... hidden) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new Dense(units, true));
      layers.add(new Activated(activation));
    }
    layers.add(new Dense(outputs, true));
    return new Network(Shape.flat(inputs), layers);
  }

  private static Network network(int inputs, Layer... layers) {
    return new Network(Shape.flat(inputs), List.of(layers));
  }

  private static Dataset numbers(int inputs, float[] values, float[] targets) {
    ImageSet samples =
        new ImageSet(
            Shape.flat(inputs), new Pixels.Floats(values), new Targets.Numbers(targets, 1));
    return new Dataset("drawn", "drawn for a test", List.of(), samples, samples, "");
  }

  private static Dataset classes(int inputs, int classes, float[] values, byte[] labels) {
    ImageSet samples = new ImageSet(Shape.flat(inputs), new Pixels.Floats(values), labels);
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
    return new Dataset("drawn", "drawn for a test", names, samples, samples, "");
  }

  private static Dataset clusters(int count, int inputs, int classes) {
    Random random = new Random(1);
    double[][] centres = new double[classes][inputs];
    for (double[] centre : centres) {
      for (int i = 0; i < inputs; i++) {
        centre[i] = random.nextGaussian();
      }
    }
    float[] values = new float[count * inputs];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) random.nextInt(classes);
      for (int i = 0; i < inputs; i++) {
        values[n * inputs + i] = (float) (centres[labels[n]][i] + random.nextGaussian());
      }
    }
    return classes(inputs, classes, values, labels);
  }

  private static Dataset bits(int count, double most) {
    Random random = new Random(2);
    double[] weights = random.doubles(40, -1, 1).toArray();
    float[] values = new float[40 * count];
    float[] targets = new float[count];
    for (int n = 0; n < count; n++) {
      double sum = 0;
      for (int i = 0; i < 40; i++) {
        values[40 * n + i] = random.nextInt(2);
        sum += weights[i] * values[40 * n + i];
      }
      targets[n] = (float) (most * (0.5 + 0.08 * (sum + Math.sin(3 * sum))));
    }
    return numbers(40, values, targets);
  }

  private static Dataset powers() {
    Random random = new Random(3);
    float[] values = new float[1000];
    float[] targets = new float[1000];
    for (int n = 0; n < values.length; n++) {
      values[n] = 200 * random.nextFloat() - 100;
      targets[n] = (float) Math.pow(values[n], 4);
    }
    return numbers(1, values, targets);
  }

  private static Dataset xor(int count, float no, float yes, boolean asNumbers) {
    float[] values = new float[2 * count];
    float[] targets = new float[count];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      values[2 * n] = n % 2;
      values[2 * n + 1] = n / 2 % 2;
      labels[n] = (byte) (n % 2 ^ n / 2 % 2);
      targets[n] = labels[n] == 0 ? no : yes;
    }
    return asNumbers ? numbers(2, values, targets) : classes(2, 2, values, labels);
  }

  private static Dataset regression(int count, int inputs, boolean binary) {
    Random random = new Random(4);
    float[] values = new float[inputs * count];
    float[] targets = new float[count];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < inputs; i++) {
        values[inputs * n + i] = (float) random.nextGaussian();
      }
      double y =
          values[inputs * n] * values[inputs * n + 1]
              + Math.sin(2 * values[inputs * n + 2])
              + values[inputs * n + 3];
      targets[n] = binary ? (y > 0 ? 1 : 0) : (float) y;
    }
    return numbers(inputs, values, targets);
  }

  private static Dataset values() {
    Random random = new Random(5);
    float[] values = new float[20 * 1000];
    float[] targets = new float[1000];
    for (int n = 0; n < 1000; n++) {
      double sum = 0;
      for (int i = 0; i < 20; i++) {
        values[20 * n + i] = random.nextInt(3) - 1;
        sum += values[20 * n + i] * (i % 3 - 1);
      }
      targets[n] = sum + 3 * random.nextGaussian() > 0 ? 1 : -1;
    }
    return numbers(20, values, targets);
  }

  private static Dataset bars() {
    Random random = new Random(6);
    byte[] pixels = new byte[64 * 1000];
    for (int n = 0; n < 1000; n++) {
      int row = random.nextInt(8);
      int column = random.nextInt(8);
      for (int i = 0; i < 64; i++) {
        pixels[64 * n + i] =
            (byte) (i / 8 == row || i % 8 == column ? 200 + random.nextInt(56) : 0);
      }
    }
    ImageSet images =
        new ImageSet(
            Shape.flat(64),
            new Pixels.Bytes(pixels),
            new Targets.Inputs(Shape.flat(64), new Pixels.Bytes(pixels)));
    return new Dataset("drawn", "drawn for a test", List.of(), images, images, "");
  }
}
