package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.remedy.Prescriber;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/**
 * Trained networks: those that learn are healthy, whatever their weights have become; and what
 * training destroys is laid to training.
 */
class LearningNetworksTest {

  private static final Optimizer ADAM = Optimizer.Adam.DEFAULT;
  private static final Initialization GLOROT = new Initialization.Glorot();

  /** Every function of the theory, one to four hidden layers, both optimisers, wide and narrow. */
  @Test
  void networksThatLearnAreHealthyAtTheStartHalfWayAndAtTheEnd() {
    Random random = new Random(11);
    List<ActivationFunction> functions = List.copyOf(ChainNetwork.FUNCTIONS);
    int alarms = 0;
    int snapshots = 0;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      ActivationFunction function = functions.get(i % functions.size());
      boolean weak = function.derivative(0) < 1 && function != ActivationFunction.RELU;
      int depth = 1 + random.nextInt(weak ? 2 : 4);
      Network network = dense(12, depth, 16 << random.nextInt(3), 5, function);
      boolean relu = function == ActivationFunction.RELU;
      Initialization values = relu ? new Initialization.He() : GLOROT;
      Optimizer optimizer =
          random.nextBoolean() ? adam(0.002 + 0.006 * random.nextDouble()) : sgd(0.01, 0.9);
      Dataset data = clusters(1 + i, 512, 12, 5, 40 + random.nextInt(30));
      TrainingSettings settings = settings(optimizer, values, Penalty.none(), 16);
      long end = 32 * 25;
      Probed probed = probed(network, settings, data, List.of(0L, end / 2, end));
      Diagnosis diagnosis = probed.diagnosis;
      // Trained to the end: this is what makes it healthy, and no rule of ours.
      assertThat(diagnosis.snapshots()).as("%s %s", network, optimizer).hasSize(3);
      assertThat(diagnosis.snapshots().get(2).evidence().output().accuracy())
          .as("%s %s", network, optimizer)
          .isGreaterThan(0.9);
      for (int m = 0; m < 3; m++) {
        Probed alone = probed.only(m);
        snapshots++;
        if (!alone.diagnosis.verdict().isHealthy() || !alone.prescribed().isEmpty()) {
          alarms++;
          wrong.add(alone.diagnosis.verdict() + " at " + m + ": " + network + optimizer);
        }
      }
      if (!diagnosis.verdict().isHealthy() || !probed.prescribed().isEmpty()) {
        wrong.add(diagnosis.verdict() + ": " + network + optimizer);
        alarms++;
      }
    }
    System.out.printf("networks that learn: %d false alarms at %d snapshots%n", alarms, snapshots);
    assertThat((double) alarms / snapshots).as(wrong.toString()).isLessThan(0.02);
  }

  @Test
  void aNetworkThatLearnsXorIsHealthy() {
    Network network = dense(2, 1, 8, 2, ActivationFunction.LOGISTIC);
    TrainingSettings settings =
        settings(sgd(0.5, 0), new Initialization.Uniform(1), Penalty.none(), 4);
    Probed probed = probed(network, settings, xor(400), List.of(0L, 1000L, 6000L));
    requireHealthy(probed, 0.99);
  }

  /** Both units of both layers are saturated then: that is how the classes are told apart. */
  @Test
  void aFittedNetworkOfSaturatedUnitsIsHealthy() {
    Network network = dense(2, 2, 2, 2, ActivationFunction.TANH);
    TrainingSettings settings = settings(adam(0.02), GLOROT, Penalty.none(), 32);
    for (long seed = 1; seed <= 10; seed++) {
      Probed probed = probed(network, settings, xor(400), List.of(0L, 400L, 800L), seed);
      if (probed.diagnosis.snapshots().get(2).evidence().output().accuracy() > 0.99) {
        assertThat(probed.diagnosis.snapshots().get(2).evidence().layers())
            .anyMatch(layer -> layer.saturation().saturatedShare() >= 0.3);
        requireHealthy(probed, 0.99);
        return;
      }
    }
    throw new AssertionError("no seed has learnt XOR");
  }

  @Test
  void digitsThatTwoLayersTellApartAreHealthyWithTanhAndTheLogisticFunction() {
    for (ActivationFunction function :
        List.of(ActivationFunction.TANH, ActivationFunction.LOGISTIC)) {
      Network network = dense(64, 2, 64, 10, function);
      TrainingSettings settings = settings(adam(0.001), GLOROT, Penalty.none(), 32);
      Dataset data = clusters(3, 1000, 64, 10, 60);
      requireHealthy(probed(network, settings, data, List.of(0L, 300L, 32L, 640L, 1280L)), 0.95);
    }
  }

  private static void requireHealthy(Probed probed, double accuracy) {
    Diagnosis diagnosis = probed.diagnosis;
    int last = diagnosis.snapshots().size() - 1;
    assertThat(diagnosis.snapshots().get(last).evidence().output().accuracy())
        .isGreaterThan(accuracy);
    assertThat(diagnosis.verdict().isHealthy()).as(diagnosis.verdict().toString()).isTrue();
    assertThat(diagnosis.unresolved()).isEmpty();
    assertThat(probed.prescribed().isEmpty()).isTrue();
    assertThat(probed.prescribed().why()).startsWith("Nothing to fix: the network learns.");
    for (int i = 0; i <= last; i++) {
      assertThat(probed.only(i).diagnosis.verdict().isHealthy())
          .as("%d: %s", i, probed.only(i).diagnosis.verdict())
          .isTrue();
    }
  }

  /** Its initial weights are large, too, which is harmless beside what the rate makes of them. */
  @Test
  void aLearningRateThatDestroysANetworkIsTheCauseAlsoWhereWeightsAreLarge() {
    Network network = dense(12, 5, 32, 5, ActivationFunction.TANH);
    Dataset data = clusters(5, 512, 12, 5, 60);
    TrainingSettings settings =
        settings(sgd(10, 0), new Initialization.Uniform(0.8), Penalty.none(), 32);
    Probed probed = probed(network, settings, data, List.of(0L, 50L, 100L));
    assertThat(probed.diagnosis.snapshots().get(0).verdict().toString())
        .isEqualTo("stable, large-parameters");
    assertThat(probed.diagnosis.verdict().signal()).isEqualTo(Signal.VANISHING);
    assertThat(probed.diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_LEARNING_RATE);
    assertThat(probed.diagnosis.unresolved()).hasSize(3);
    Prescription found = probed.prescribed();
    assertThat(found.other()).containsExactly(OtherRemedy.LOWER_LEARNING_RATE);
    assertThat(found.l2()).isNull();
    assertThat(found.initial()).isNull();
  }

  @Test
  void aLearningRateIsTheCauseAlsoWhereANominalPenaltyActs() {
    Network network = dense(12, 3, 32, 5, ActivationFunction.TANH);
    Dataset data = clusters(5, 512, 12, 5, 60);
    TrainingSettings settings = settings(sgd(10, 0), GLOROT, Penalty.l2(1e-5), 32);
    Probed probed = probed(network, settings, data, List.of(0L, 100L));
    assertThat(probed.diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_LEARNING_RATE);
    assertThat(probed.prescribed().other()).containsExactly(OtherRemedy.LOWER_LEARNING_RATE);
  }

  @Test
  void aPenaltyThatHoldsANetworkBackIsToBeWeakerAndNeverStronger() {
    Network network = dense(12, 2, 32, 5, ActivationFunction.TANH);
    Dataset data = clusters(5, 512, 12, 5, 60);
    for (double r : new double[] {0.3, 0.5, 1}) {
      TrainingSettings settings = settings(sgd(0.1, 0), GLOROT, Penalty.l2(r), 32);
      Probed probed = probed(network, settings, data, List.of(0L, 160L, 480L));
      assertThat(probed.diagnosis.verdict().cause())
          .as("r = %s: %s", r, probed.diagnosis.verdict())
          .isEqualTo(Cause.STRONG_PENALTY);
      assertThat(probed.prescribed().other()).containsExactly(OtherRemedy.WEAKER_PENALTY);
      assertThat(probed.prescribed().l2()).isNull();
    }
    TrainingSettings mild = settings(sgd(0.1, 0), GLOROT, Penalty.l2(0.001), 32);
    assertThat(probed(network, mild, data, List.of(0L, 480L)).diagnosis.verdict().isHealthy())
        .isTrue();
  }

  @Test
  void noPenaltyIsPrescribedWhereOneActsAlready() {
    Network network = dense(12, 3, 32, 5, ActivationFunction.TANH);
    Dataset data = clusters(5, 512, 12, 5, 60);
    Initialization large = new Initialization.Uniform(3);
    Prescription free = lateSnapshot(network, settings(ADAM, large, Penalty.none(), 32), data);
    assertThat(free.l2()).isNotNull();
    Penalty fifth = Penalty.l2(Objects.requireNonNull(free.l2()) / 5);
    assertThat(lateSnapshot(network, settings(ADAM, large, fifth, 32), data).l2()).isNull();
  }

  /** As if training had led to these weights: better initial ones are out of reach. */
  private static Prescription lateSnapshot(
      Network network, TrainingSettings settings, Dataset data) {
    GradientProbe probe = new GradientProbe(network, settings, data, 1);
    float[] parameters = probe.initialValues();
    return new Prescriber(probe, Thresholds.DEFAULT)
        .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 300), parameters)));
  }

  /** Pixels up to 255 into relu: nothing saturates, and each step is much too large. */
  @Test
  void unscaledInputsIntoReluAreLargeInputs() {
    Network network = dense(12, 2, 32, 5, ActivationFunction.RELU);
    Dataset data = clusters(5, 512, 12, 5, 60);
    Initialization he = new Initialization.He();
    TrainingSettings raw =
        new TrainingSettings(
            sgd(0.1, 0), Penalty.none(), he, new Initialization.Zeros(), PixelScaling.RAW, 32, 1);
    Probed probed = probed(network, raw, data, List.of(0L, 100L));
    assertThat(probed.diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_INPUTS);
    assertThat(probed.prescribed().other()).containsExactly(OtherRemedy.SCALE_INPUTS);
    assertThat(
            probed(network, settings(sgd(0.1, 0), he, Penalty.none(), 32), data, List.of(0L))
                .diagnosis
                .verdict()
                .isHealthy())
        .isTrue();
  }

  /** The paper's figure 1: large weights lose ever more of the signal, and the rate is innocent. */
  @Test
  void largeInitialWeightsThatTrainingHardlyMovesStayTheCause() {
    Network network = dense(12, 5, 32, 5, ActivationFunction.TANH);
    Dataset data = clusters(5, 512, 12, 5, 60);
    TrainingSettings settings = settings(ADAM, new Initialization.Uniform(10), Penalty.none(), 32);
    Probed probed = probed(network, settings, data, List.of(0L, 100L, 300L));
    assertThat(probed.diagnosis.decisive().evidence().step()).isZero();
    assertThat(probed.diagnosis.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
  }

  /** Weights of 0.8 feed the logistic function enough; Glorot's would starve it. */
  @Test
  void nothingIsPrescribedWhosePredictionIsWorse() {
    for (double bound : new double[] {1, 1.5, 2, 3}) {
      for (int depth = 2; depth <= 5; depth++) {
        Network network = dense(12, depth, 64, 5, ActivationFunction.LOGISTIC);
        TrainingSettings settings =
            settings(ADAM, new Initialization.Uniform(bound), Penalty.none(), 32);
        Probed probed = probed(network, settings, clusters(5, 512, 12, 5, 60), List.of(0L));
        Prescription found = probed.prescribed();
        if (found.prediction() != null) {
          double before = Math.abs(found.prediction().before().endToEndLog10());
          double after = Math.abs(found.prediction().after().endToEndLog10());
          assertThat(after).as(found.why()).isLessThanOrEqualTo(Math.max(before, 1));
          if (found.why().contains("keeps the gradient's size")) {
            assertThat(after).isLessThanOrEqualTo(0.5);
          }
        }
      }
    }
  }

  @Test
  void whatIsHealthyAtTheStartHasLearntNothingYet() {
    Network network = dense(12, 2, 32, 5, ActivationFunction.TANH);
    TrainingSettings settings = settings(ADAM, GLOROT, Penalty.none(), 32);
    Diagnosis diagnosis =
        probed(network, settings, clusters(5, 512, 12, 5, 60), List.of(0L)).diagnosis;
    assertThat(diagnosis.decisive().learning()).isEqualTo(Learning.NOTHING);
    assertThat(diagnosis.verdict().isHealthy()).isTrue();
  }

  /** A training that was probed, with what follows from it. */
  private record Probed(
      GradientProbe probe,
      List<ProbedSnapshot> snapshots,
      ProbedSnapshot start,
      Diagnosis diagnosis) {

    Prescription prescribed() {
      return new Prescriber(probe, Thresholds.DEFAULT).prescribe(snapshots, diagnosis);
    }

    /** One snapshot alone, as of a checkpoint. */
    Probed only(int snapshot) {
      ProbedSnapshot one = snapshots.get(snapshot);
      return new Probed(
          probe,
          List.of(one),
          start,
          Diagnosis.of(List.of(one.evidence()), start.evidence(), Thresholds.DEFAULT));
    }
  }

  private static Probed probed(
      Network network, TrainingSettings settings, Dataset data, List<Long> steps) {
    return probed(network, settings, data, steps, 1);
  }

  private static Probed probed(
      Network network, TrainingSettings settings, Dataset data, List<Long> steps, long seed) {
    GradientProbe probe = new GradientProbe(network, settings, data, seed);
    List<ProbedSnapshot> snapshots =
        ProbedTraining.run(probe, network, settings, data, seed, steps, TrainingObserver.NONE)
            .snapshots();
    return new Probed(
        probe,
        snapshots,
        snapshots.get(0),
        Diagnosis.of(
            snapshots.stream().map(ProbedSnapshot::evidence).toList(), Thresholds.DEFAULT));
  }

  private static Optimizer sgd(double rate, double momentum) {
    return new Optimizer.Sgd(rate, momentum);
  }

  private static Optimizer adam(double rate) {
    Optimizer.Adam adam = Optimizer.Adam.DEFAULT;
    return new Optimizer.Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.form());
  }

  private static TrainingSettings settings(
      Optimizer optimizer, Initialization values, Penalty penalty, int batchSize) {
    return new TrainingSettings(
        optimizer,
        penalty,
        values,
        new Initialization.Zeros(),
        PixelScaling.STANDARDISED,
        batchSize,
        1);
  }

  private static Network dense(
      int inputs, int hidden, int units, int classes, ActivationFunction function) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < hidden; i++) {
      layers.add(new Dense(units, true));
      layers.add(new Activated(Activation.of(function)));
    }
    layers.add(new Dense(classes, true));
    return new Network(Shape.flat(inputs), layers);
  }

  /** Classes of bytes around centres of their own; the wider, the harder. */
  private static Dataset clusters(long seed, int count, int inputs, int classes, double width) {
    Random random = new Random(seed);
    double[][] centres = new double[classes][inputs];
    for (double[] centre : centres) {
      for (int i = 0; i < inputs; i++) {
        centre[i] = 40 + 175 * random.nextDouble();
      }
    }
    byte[] pixels = new byte[count * inputs];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      labels[n] = (byte) random.nextInt(classes);
      for (int i = 0; i < inputs; i++) {
        double value = centres[labels[n]][i] + width / 2 * random.nextGaussian();
        pixels[n * inputs + i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return dataset(inputs, classes, pixels, labels);
  }

  /** The four cases of XOR, as often as each other. */
  private static Dataset xor(int count) {
    byte[] pixels = new byte[2 * count];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      pixels[2 * n] = (byte) (n % 2 * 255);
      pixels[2 * n + 1] = (byte) (n / 2 % 2 * 255);
      labels[n] = (byte) (n % 2 ^ n / 2 % 2);
    }
    return dataset(2, 2, pixels, labels);
  }

  private static Dataset dataset(int inputs, int classes, byte[] pixels, byte[] labels) {
    ImageSet images = new ImageSet(Shape.flat(inputs), pixels, labels);
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
    return new Dataset("drawn", "drawn for a test", names, images, images, "");
  }
}
