package org.unvanish.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TriedChange;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.DataReading;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.random.RandomStream;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/** What short trainings show, and what is concluded from them, on the table of exclusive or. */
class ShortTrialTest {

  private static final Initialization UNIFORM = new Initialization.Uniform(1);

  @Test
  void aNetworkThatLearnsIsLeftAlone() {
    Found found = examine(xor(), network(8), sgd(UNIFORM, 0.5), 0);
    assertThat(found.conclusion.verdict().toString()).isEqualTo("stable, none");
    assertThat(found.conclusion.prescription().isEmpty()).isTrue();
    assertThat(found.conclusion.remarks()).isEmpty();
    // The untouched training alone was needed to see it.
    assertThat(found.trial().tried()).hasSize(1);
    assertThat(found.trial().learns()).isTrue();
  }

  /** Perfect outputs have a loss of 0.673, where a constant predictor has 0.693. */
  @Test
  void softTargetsAreLearntOnceNothingMoreCanBe() {
    float[][] rows = new float[200][1];
    float[][] targets = new float[200][1];
    for (int i = 0; i < 200; i++) {
      rows[i][0] = i % 2 == 0 ? -1 : 1;
      targets[i][0] = i % 2 == 0 ? 0.4f : 0.6f;
    }
    Network network =
        Network.builder(Shape.flat(1))
            .dense(4)
            .activation(ActivationFunction.TANH)
            .dense(1)
            .build();
    Found found =
        examine(
            Dataset.of("soft", rows, targets),
            network,
            sgd(UNIFORM, 0.5).withLoss(new BinaryCrossEntropy()),
            0);
    assertThat(found.trial().hasLearned()).isTrue();
    assertThat(found.trial().learns()).isTrue();
    assertThat(found.trial().tried()).hasSize(1);
    assertThat(found.conclusion.verdict().toString()).isEqualTo("stable, none");
  }

  @Test
  void anOrthogonalStartAndClippingAreTriedWhereManyStepsLoseTheGradient() {
    Dataset data =
        new DataCatalog(Path.of("nowhere"))
            .load(
                DataSource.of("adding")
                    .withDrawing(
                        new Drawing(OptionalInt.of(60), OptionalDouble.empty(), OptionalInt.empty())
                            .withSteps(10)));
    Network network =
        new Network(
            data.shape(),
            List.of(
                new SimpleRecurrent(4, Activation.of(ActivationFunction.TANH)),
                new Dense(1, true)));
    TrainingSettings settings =
        sgd(UNIFORM, 0.01)
            .withLoss(new MeanSquaredError())
            .withRecurrent(new Initialization.LeCun(0.3));
    Found found = examine(data, network, settings, 30);
    assertThat(found.conclusion.verdict().toString()).isEqualTo("vanishing, many-steps, linear");
    assertThat(found.trial().tried())
        .extracting(TriedChange::change)
        .contains(
            Change.of(OtherRemedy.ORTHOGONAL_RECURRENT), Change.of(OtherRemedy.CLIPPED_GRADIENTS));
  }

  @Test
  void theSameNetworkWithAThousandthOfItsRateIsToldSo() {
    Found found = examine(xor(), network(8), sgd(UNIFORM, 0.0005));
    assertThat(found.conclusion.verdict().toString()).isEqualTo("stable, small-learning-rate");
    assertThat(found.conclusion.prescription().other())
        .containsExactly(OtherRemedy.MUCH_HIGHER_LEARNING_RATE);
    assertThat(found.conclusion.prescription().why())
        .startsWith("The gradient is fine; look elsewhere. The learning rate is too small:")
        .contains(
            "After 300 steps no parameters have moved by more than ",
            "Try a rate 100 times as large. Tried for ",
            "With another seed it is ");
    assertHelped(found);
  }

  @Test
  void aRateThatIsTooLargeIsToldWhereTheSignalIsFine() {
    Found found = examine(xor(), network(8), sgd(UNIFORM, 60), 0);
    assertThat(found.conclusion.verdict().cause()).isEqualTo(Cause.LARGE_LEARNING_RATE);
    assertThat(found.conclusion.prescription().other())
        .hasSize(1)
        .containsAnyOf(OtherRemedy.LOWER_LEARNING_RATE, OtherRemedy.MUCH_LOWER_LEARNING_RATE);
    assertHelped(found);
  }

  @Test
  void oneHiddenUnitCannotLearnExclusiveOr() {
    Found found = examine(xor(), network(1), sgd(UNIFORM, 0.5));
    assertThat(found.conclusion.verdict().toString()).isEqualTo("stable, capacity");
    assertThat(found.conclusion.prescription().other()).containsExactly(OtherRemedy.WIDER_LAYERS);
    assertThat(found.conclusion.remarks())
        .singleElement()
        .extracting(Conclusion.Remark::text)
        .asString()
        .startsWith("The network is too small for its task: after ");
    assertHelped(found);
  }

  @Test
  void equalWeightsAreToBeDrawnAtRandom() {
    Network network = network(4);
    List<Float> weights = Collections.nCopies(16, 0.1f);
    Found found = examine(xor(), network, sgd(new Initialization.Given(weights), 0.5));
    assertThat(found.conclusion.verdict().cause()).isEqualTo(Cause.EQUAL_UNITS);
    assertThat(found.conclusion.prescription().initial())
        .isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.conclusion.prescription().why()).contains("All units of dense1 have the same");
    assertHelped(found);
  }

  @Test
  void whatIsForecastAndSeenToHelpIsPrescribed() {
    Found found = examine(xor(), deep(), sgd(new Initialization.Uniform(10), 0.1));
    assertThat(found.conclusion.verdict().cause()).isEqualTo(Cause.LARGE_PARAMETERS);
    assertThat(found.conclusion.prescription().change()).isEqualTo(found.forecast.change());
    assertThat(found.conclusion.prescription().why())
        .startsWith(found.forecast.why() + " Tried for ");
    assertThat(found.conclusion.prescription().prediction()).isEqualTo(found.forecast.prediction());
    assertHelped(found);
  }

  /** The inputs tell nothing of the class, so nothing can help. */
  @Test
  void aForecastThatDoesNotHelpIsNotPrescribed() {
    Found found = examine(noise(), deep(), sgd(new Initialization.Uniform(10), 0.001));
    assertThat(found.forecast.isEmpty()).isFalse();
    assertThat(found.conclusion.prescription().isEmpty()).isTrue();
    assertThat(found.conclusion.prescription().prediction()).isNull();
    assertThat(found.conclusion.prescription().why())
        .contains(
            "Nothing tried for ",
            "Probes forecast that the gradient gets through with " + found.forecast.change(),
            ", but the trial did not show that it helps.");
  }

  @Test
  void inputsThatAreTooLargeAreStandardised() {
    Found found = examine(largeInputs(), network(8), sgd(UNIFORM, 0.5), 0);
    assertThat(found.conclusion.verdict().cause()).isEqualTo(Cause.LARGE_INPUTS);
    assertThat(found.conclusion.prescription().other()).containsExactly(OtherRemedy.SCALE_INPUTS);
    assertHelped(found);
  }

  @Test
  void aPenaltyThatKeepsTheNetworkFromLearningIsMadeWeaker() {
    TrainingSettings plain = sgd(UNIFORM, 0.5);
    TrainingSettings settings =
        new TrainingSettings(
            plain.optimizer(),
            Penalty.l2(0.03),
            plain.weights(),
            plain.biases(),
            plain.pixelScaling(),
            plain.batchSize(),
            plain.epochs());
    Found found = examine(xor(), network(8), settings);
    assertThat(found.conclusion.prescription().other()).containsExactly(OtherRemedy.WEAKER_PENALTY);
    assertHelped(found);
  }

  @Test
  void theSameNetworkSettingsDataAndSeedGiveTheSameTrial() {
    TrainingSettings settings = sgd(new Initialization.Uniform(10), 0.1).withEpochs(6);
    assertThat(examine(xor(), deep(), settings).trial())
        .isEqualTo(examine(xor(), deep(), settings).trial());
  }

  @Test
  void aNetworkWhoseStepsAreCostlyIsNotTried() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      layers.add(new Dense(2048, true));
      layers.add(new Activated(Activation.of(ActivationFunction.LOGISTIC)));
    }
    layers.add(new Dense(2, true));
    Network wide = new Network(Shape.flat(40), layers);
    assertThat(ShortTrial.steps(wide, sgd(UNIFORM, 0.5), 60_000)).isZero();
  }

  @Test
  void theStepsFollowFromTheCostAndTheTraining() {
    TrainingSettings settings = sgd(UNIFORM, 0.5);
    assertThat(ShortTrial.steps(network(8), settings.withEpochs(1000), 200)).isEqualTo(10_000);
    // 50 steps an epoch.
    assertThat(ShortTrial.steps(network(8), settings.withEpochs(10), 200)).isEqualTo(500);
    assertThat(ShortTrial.steps(network(8), settings.withEpochs(1), 200)).isEqualTo(300);
    // The paper's networks have batches of 32.
    TrainingSettings paper = PaperCases.settings(UNIFORM, Penalty.none()).withEpochs(10);
    assertThat(ShortTrial.steps(PaperCases.table1(ActivationFunction.TANH), paper, 50_000))
        .isEqualTo(1000);
    assertThat(ShortTrial.steps(PaperCases.table2(ActivationFunction.TANH), paper, 50_000))
        .isEqualTo(300);
  }

  /** What is prescribed was clearly better with both seeds. */
  private static void assertHelped(Found found) {
    Trial trial = found.trial();
    assertThat(trial.chosen()).isEqualTo(found.conclusion.prescription().change());
    TriedChange chosen = trial.of(found.conclusion.prescription().change());
    assertThat(chosen).isNotNull();
    assertThat(chosen.again()).isNotNull();
    assertThat(trial.helps(chosen)).isTrue();
    assertThat(chosen.score().loss()).isLessThan(trial.tried().get(0).score().loss());
  }

  private record Found(Prescription forecast, Optional<Trial> seen, Conclusion conclusion) {
    Trial trial() {
      return seen.orElseThrow();
    }
  }

  private static Found examine(Dataset data, Network network, TrainingSettings settings) {
    return examine(data, network, settings, 300);
  }

  private static Found examine(
      Dataset data, Network network, TrainingSettings settings, long last) {
    GradientProbe probe = new GradientProbe(network, settings, data, 1);
    List<ProbedSnapshot> snapshots =
        ProbedTraining.run(probe, network, settings, data, 1, List.of(last), TrainingObserver.NONE)
            .snapshots();
    Diagnosis diagnosis =
        Diagnosis.of(snapshots.stream().map(ProbedSnapshot::evidence).toList(), Thresholds.DEFAULT);
    Prescription forecast = new Prescriber(probe, Thresholds.DEFAULT).prescribe(snapshots);
    Optional<Trial> trial = ShortTrial.of(probe, Thresholds.DEFAULT, diagnosis, forecast);
    return new Found(
        forecast,
        trial,
        Conclusion.of(diagnosis, forecast, DataReading.of(data), trial.orElse(null)));
  }

  private static TrainingSettings sgd(Initialization weights, double rate) {
    return new TrainingSettings(
        new Optimizer.Sgd(rate, 0),
        Penalty.none(),
        weights,
        new Initialization.Zeros(),
        PixelScaling.RAW,
        4,
        60);
  }

  private static Network network(int units) {
    return new Network(
        Shape.flat(2),
        List.of(
            new Dense(units, true),
            new Activated(Activation.of(ActivationFunction.LOGISTIC)),
            new Dense(2, true)));
  }

  private static Network deep() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      layers.add(new Dense(8, true));
      layers.add(new Activated(Activation.of(ActivationFunction.TANH)));
    }
    layers.add(new Dense(2, true));
    return new Network(Shape.flat(2), layers);
  }

  /** The four corners of a square in turn. */
  private static Dataset xor() {
    float[] values = new float[400];
    byte[] labels = new byte[200];
    for (int i = 0; i < labels.length; i++) {
      int left = i & 1;
      int right = i >> 1 & 1;
      values[2 * i] = left;
      values[2 * i + 1] = right;
      labels[i] = (byte) (left ^ right);
    }
    return data(values, labels);
  }

  /** Exclusive or of whether each of two numbers from 0 to 100 is above 50. */
  private static Dataset largeInputs() {
    float[] values = new float[400];
    byte[] labels = new byte[200];
    RandomStream random = new RandomStream(1, "large inputs");
    for (int i = 0; i < labels.length; i++) {
      values[2 * i] = (float) (100 * random.uniform());
      values[2 * i + 1] = (float) (100 * random.uniform());
      labels[i] = (byte) (values[2 * i] > 50 ^ values[2 * i + 1] > 50 ? 1 : 0);
    }
    return data(values, labels);
  }

  /** Each sample comes twice, once in either class. */
  private static Dataset noise() {
    float[] values = new float[400];
    byte[] labels = new byte[200];
    RandomStream random = new RandomStream(1, "noise");
    for (int i = 0; i < labels.length; i += 2) {
      for (int j = 0; j < 2; j++) {
        values[2 * i + j] = (float) (2 * random.uniform() - 1);
        values[2 * i + 2 + j] = values[2 * i + j];
      }
      labels[i] = 1;
    }
    return data(values, labels);
  }

  private static Dataset data(float[] values, byte[] labels) {
    ImageSet samples = new ImageSet(Shape.flat(2), new Pixels.Floats(values), labels);
    return new Dataset("made", "made", List.of("no", "yes"), samples, samples, "");
  }
}
