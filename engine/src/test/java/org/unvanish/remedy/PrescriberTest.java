package org.unvanish.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.train.ScaledLoss;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;

/** What is prescribed, and that the prediction is a probe of the remedied network. */
class PrescriberTest {

  private static final Dataset DATA = PaperCases.data();
  private static final Initialization NARROW = PaperCases.NARROW;
  private static final Initialization GLOROT = new Initialization.Glorot();

  @Test
  void figure1StartsFromGlorotsValuesAndThenNeedsNoPenalty() {
    Prescription found = atStart(PaperCases.table1(ActivationFunction.TANH), PaperCases.WIDE);
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.l2()).isNull();
    assertThat(found.alpha()).isNull();
    assertThat(found.why())
        .startsWith("At the initial weights 8 of 8 layers are saturated")
        .contains("Then no penalty is needed");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void figure1AfterSomeStepsNeedsAPenaltyOfThePapersSize() {
    Network network = PaperCases.table1(ActivationFunction.TANH);
    GradientProbe probe = probe(network, PaperCases.WIDE);
    // As if training had led there: better initial values are out of reach.
    float[] parameters = probe.initialValues();
    Prescription found =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 300), parameters)));
    // The paper's is 0.01.
    assertThat(found.l2()).isBetween(0.005, 0.05);
    assertThat(found.initial()).isNull();
    assertThat(Objects.requireNonNull(found.prediction()).shrunk()).isLessThan(0.5);
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void theTuningParameterScalesWithTheResidual() {
    Network network = PaperCases.table1(ActivationFunction.TANH);
    MeasuredBackward evidence = probe(network, PaperCases.WIDE).initial();
    double r = tuningParameter(evidence);
    assertThat(tuningParameter(ScaledLoss.times(evidence, 3))).isEqualTo(r * 1000);
  }

  /** Units so wide and so many that no size of all of them together lets the signal through. */
  @Test
  void noPenaltyIsPrescribedWhereItsPredictionIsNotWell() {
    Network network = dense(20, 32, ActivationFunction.TANH, false);
    TrainingSettings settings = trained(GLOROT, 1, Penalty.none());
    GradientProbe probe = new GradientProbe(network, settings, DATA, 1);
    // Without the initial values beside it, nobody can tell that the learning rate did it.
    List<ProbedSnapshot> end =
        snapshots(30, network, settings).stream().filter(m -> m.evidence().step() > 0).toList();
    Prescription found = new Prescriber(probe, Thresholds.DEFAULT).prescribe(end);
    assertThat(found.why()).startsWith("After 30 steps ").contains("parameters are large");
    assertThat(found.l2()).isNull();
    assertThat(found.initial()).isNull();
    assertThat(found.other()).containsExactly(OtherRemedy.LOWER_LEARNING_RATE);
  }

  @Test
  void figure3AfterSomeStepsNeedsAPenalty() {
    GradientProbe probe = probe(PaperCases.table3(ActivationFunction.TANH), PaperCases.WIDE);
    float[] parameters = probe.initialValues();
    Prescription found =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 300), parameters)));
    assertThat(found.l2()).isBetween(0.005, 0.05);
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  /** What no penalty covers keeps its size in the forecast, as it does in training. */
  @Test
  void thePenaltyOfAForecastShrinksNoScale() {
    float[][] rows = new float[200][4];
    int[] labels = new int[200];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = i * (j + 3) % 19 / 9f - 1;
      }
      labels[i] = rows[i][0] > 0 ? 1 : 0;
    }
    Layer activated = new Activated(Activation.learned(ActivationFunction.TANH, 1));
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      layers.addAll(List.of(new Dense(8, true), activated));
    }
    layers.add(new Dense(2, true));
    GradientProbe probe =
        new GradientProbe(
            new Network(Shape.flat(4), layers),
            TrainingSettings.DEFAULT
                .withInitialValues(new Initialization.Normal(2), new Initialization.Zeros())
                .withPixelScaling(PixelScaling.RAW),
            Dataset.of("own", rows, labels),
            1);
    float[] parameters = probe.initialValues();
    Prediction found =
        Objects.requireNonNull(
            new Prescriber(probe, Thresholds.DEFAULT)
                .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 300), parameters)))
                .prediction());
    assertThat(found.shrunk()).isLessThan(1);
    List<TensorEvidence> tensors = found.after().layers().get(0).tensors();
    assertThat(tensors)
        .extracting(TensorEvidence::name)
        .containsExactly("dense1/weights", "dense1/bias", "activation1/alpha");
    assertThat(tensors.get(0).rms())
        .isCloseTo(
            found.shrunk() * found.before().layers().get(0).tensors().get(0).rms(), within(1e-6));
    assertThat(tensors.get(2).rms()).isEqualTo(1);
  }

  private static double tuningParameter(MeasuredBackward evidence) {
    return Objects.requireNonNull(
        Prescription.strength(SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT)));
  }

  @Test
  void figure2StartsFromGlorotsValuesAndNeitherRemedyActs() {
    Prescription found = atStart(PaperCases.table2(ActivationFunction.TANH), NARROW);
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.l2()).isNull();
    assertThat(found.alpha()).isNull();
    assertThat(found.why())
        .contains("Neither of the paper's two remedies acts on the cause")
        .contains(": f′ keeps its size, the weights shrink it 10⁹-fold");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void figure3StartsFromGlorotsValues() {
    Prescription found = atStart(PaperCases.table3(ActivationFunction.TANH), PaperCases.WIDE);
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.l2()).isNull();
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void aHealthyNetworkGetsNothing() {
    Prescription found =
        atStart(PaperCases.table3(ActivationFunction.RELU), new Initialization.He());
    assertThat(found.isEmpty()).isTrue();
    assertThat(found.why()).startsWith("Nothing to fix");
    assertThat(found.prediction()).isNull();
  }

  @Test
  void manyLayersOfTheLogisticFunctionAreBeyondBothRemedies() {
    Prescription found = atStart(PaperCases.table3(ActivationFunction.LOGISTIC), GLOROT);
    assertThat(found.alpha()).isNull();
    assertThat(found.l2()).isNull();
    assertThat(found.other()).containsExactly(OtherRemedy.USE_TANH);
    assertThat(found.why())
        .contains("Neither of the paper's two remedies acts on the cause")
        .contains("With tanh and Glorot's initialization the gradient would get through.")
        .doesNotContain("keeps the gradient's size");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  /** Theorem 2's network: one unit a layer, weights 1.5. No initial values are better known. */
  @Test
  void theNetworkOfTheorem2NeedsAScale() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      layers.add(new Dense(1, false));
      layers.add(new Activated(Activation.of(ActivationFunction.TANH)));
    }
    layers.add(new Dense(2, false));
    Network network = new Network(Shape.flat(1), layers);
    List<Float> weights = new ArrayList<>(Collections.nCopies(11, 1.5f));
    weights.add(-1.5f);
    byte[] pixels = new byte[40];
    Arrays.fill(pixels, (byte) 255);
    GradientProbe probe =
        new GradientProbe(
            network,
            PaperCases.settings(GLOROT, Penalty.none()),
            new ImageSet(Shape.flat(1), pixels, new byte[40]),
            List.of(new ChannelScaling(0, 255)),
            1);
    float[] parameters = new float[12];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = weights.get(i);
    }
    Prescription found =
        new Prescriber(probe, Thresholds.DEFAULT)
            .prescribe(List.of(new ProbedSnapshot(probe.measure(parameters, 1), parameters)));
    // By hand, for the input 1: −4.29 decades with α = 1, −0.91 with 10, 0.05 with 20, 1.10 with
    // 50.
    assertThat(found.alpha()).isEqualTo(20);
    Prediction prediction = Objects.requireNonNull(found.prediction());
    assertThat(chainDecades(prediction.before())).isCloseTo(-4.29, within(0.01));
    assertThat(chainDecades(prediction.after())).isCloseTo(0.05, within(0.01));
    // Measured again, by hand.
    double alpha = Objects.requireNonNull(found.alpha());
    assertThat(probe.of(network.scaled(alpha)).measure(parameters, 1))
        .isEqualTo(prediction.after());
  }

  /** Of the ten units; the two outputs send the signal to one unit, and the first weight none. */
  private static double chainDecades(MeasuredBackward evidence) {
    double last = evidence.layers().get(10).netLog10();
    return evidence.endToEndLog10() - last + Math.log10(1.5);
  }

  @Test
  void unscaledPixelsAreToBeScaled() {
    Network network = PaperCases.table3(ActivationFunction.TANH);
    Prescription found = prescribe(raw(network, GLOROT));
    assertThat(found.other()).containsExactly(OtherRemedy.SCALE_INPUTS);
    assertThat(found.l2()).isNull();
    assertThat(found.alpha()).isNull();
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  /**
   * The data saturates the first layer; and were it scaled, small weights would lose the signal.
   */
  @Test
  void unscaledPixelsBeforeSmallWeightsNeedBothToBeMended() {
    Prescription found = prescribe(raw(dense(8, 16, ActivationFunction.TANH, false), NARROW));
    assertThat(found.other()).containsExactly(OtherRemedy.SCALE_INPUTS);
    assertThat(found.initial()).isNotNull();
    // How near depends on the images.
    double after = Objects.requireNonNull(found.prediction()).after().endToEndLog10();
    assertThat(found.why())
        .contains(
            "saturates 1 of 9 layers although their weights are not large.",
            "Standardise the data, or scale it to [0, 1]. That is not all: with scaled data no layer"
                + " alone is to blame, but all 9 together shrink the backpropagated gradient",
            Math.abs(after) <= 0.5
                ? " initialization keeps the gradient's size"
                : " initialization brings the gradient closer to a constant size",
            "the weights change the gradient, not f′")
        .doesNotContain("not the parameters");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  /** With better initial values alone, the data would saturate the first layer. */
  @Test
  void largeParametersThatHideUnscaledPixelsAreMendedTogetherWithThem() {
    Prescription found =
        prescribe(raw(dense(3, 16, ActivationFunction.TANH, false), PaperCases.WIDE));
    assertThat(found.other()).containsExactly(OtherRemedy.SCALE_INPUTS);
    assertThat(found.initial()).isNotNull();
    assertThat(found.why()).contains("Then no penalty is needed");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  /** He's values are right for relu; steps that are too large kill its units. */
  @Test
  void unitsThatTrainingKilledAreNotForNewInitialValuesToMend() {
    Network network = dense(4, 16, ActivationFunction.RELU, true);
    TrainingSettings settings = trained(new Initialization.He(), 0.1, Penalty.none());
    Prescription found = after(30, network, settings);
    assertThat(found.why())
        .startsWith("After 30 steps the network is worse than at its initial weights")
        .contains("where a constant predictor has 2.", "Try a lower learning rate");
    assertThat(found.other()).containsExactly(OtherRemedy.LOWER_LEARNING_RATE);
    assertThat(found.initial()).isNull();
    assertThat(found.prediction()).isNull();
    assertThat(
            after(30, network, trained(new Initialization.He(), 0.001, Penalty.none())).isEmpty())
        .isTrue();
  }

  @Test
  void weightsThatThePenaltyHasShrunkAreForAWeakerOneToMend() {
    Network network = dense(6, 16, ActivationFunction.TANH, false);
    Prescription found = after(300, network, trained(GLOROT, 0.01, Penalty.l2(1)));
    assertThat(found.other()).containsExactly(OtherRemedy.WEAKER_PENALTY);
    assertThat(found.why())
        .contains(
            "the penalty pulls at least half as strongly as the data", "Try a weaker penalty");
    assertThat(found.initial()).isNull();
    assertThat(found.l2()).isNull();
  }

  private static TrainingSettings trained(Initialization weights, double rate, Penalty penalty) {
    Optimizer.Adam adam = Optimizer.Adam.DEFAULT;
    return new TrainingSettings(
        new Optimizer.Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon(), adam.form()),
        penalty,
        weights,
        new Initialization.Zeros(),
        PixelScaling.UNIT,
        32,
        1);
  }

  /** Prescribed for a training that is probed at its start and after some steps. */
  private static Prescription after(long steps, Network network, TrainingSettings settings) {
    return new Prescriber(new GradientProbe(network, settings, DATA, 1), Thresholds.DEFAULT)
        .prescribe(snapshots(steps, network, settings));
  }

  private static List<ProbedSnapshot> snapshots(
      long steps, Network network, TrainingSettings settings) {
    GradientProbe probe = new GradientProbe(network, settings, DATA, 1);
    return ProbedTraining.run(
            probe, network, settings, DATA, 1, List.of(steps), TrainingObserver.NONE)
        .snapshots();
  }

  @Test
  void deadUnitsAreForNewInitialValuesToMend() {
    GradientProbe probe = probe(dense(4, 16, ActivationFunction.RELU, true), NARROW);
    float[] parameters = probe.initialValues(PrescribedInitialization.HE);
    ParameterTensor bias =
        probe.network().parameters().stream()
            .filter(tensor -> tensor.name().equals("dense2/bias"))
            .findFirst()
            .orElseThrow();
    Arrays.fill(parameters, bias.offset(), bias.end(), -1000);
    Prescription found = prescribe(probe, parameters);
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.HE);
    assertThat(found.alpha()).isNull();
    assertThat(found.l2()).isNull();
    assertThat(found.why()).contains("f′ is 0 whatever the scale");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void largeParametersInHalfOfManyLayersThatLoseAsWellAreMendedByTheStart() {
    GradientProbe probe = probe(dense(10, 16, ActivationFunction.TANH, false), NARROW);
    float[] parameters = probe.initialValues();
    for (ParameterTensor tensor : probe.network().parameters(1)) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        parameters[i] *= 200;
      }
    }
    MeasuredBackward before = probe.measure(parameters, 0);
    assertThat(SnapshotDiagnosis.of(before, Thresholds.DEFAULT).verdict().cause())
        .isEqualTo(Cause.BOTH);
    Prescription found = prescribe(probe, parameters);
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.GLOROT);
    assertThat(found.l2()).isNull();
    assertThat(found.why())
        .contains(
            "1 of 11 layers is saturated", "The others do not keep the gradient's size either");
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  @Test
  void manyLayersThatEachAmplifyALittleAreMendedByTheStart() {
    Prescription found =
        atStart(dense(20, 32, ActivationFunction.RELU, false), new Initialization.Normal(0.4));
    Prediction prediction = Objects.requireNonNull(found.prediction());
    assertThat(SnapshotDiagnosis.of(prediction.before(), Thresholds.DEFAULT).verdict().toString())
        .isEqualTo("exploding, many-layers, linear");
    assertThat(found.initial()).isEqualTo(PrescribedInitialization.HE);
    assertThat(found.l2()).isNull();
    assertThat(verdictAfter(found)).isEqualTo("stable, none");
  }

  private static GradientProbe raw(Network network, Initialization values) {
    return new GradientProbe(
        network,
        PaperCases.settings(values, Penalty.none()),
        DATA.train(),
        Collections.nCopies(3, new ChannelScaling(0, 1)),
        1);
  }

  /** Pooled pixels, then as many hidden layers of units. */
  private static Network dense(int hidden, int units, ActivationFunction function, boolean bias) {
    List<Layer> layers = new ArrayList<>(List.of(new MaxPooling(4)));
    for (int i = 0; i < hidden; i++) {
      layers.add(new Dense(units, bias));
      layers.add(new Activated(Activation.of(function)));
    }
    layers.add(new Dense(10, bias));
    return new Network(new Shape(3, 32, 32), layers);
  }

  private static String verdictAfter(Prescription prescription) {
    MeasuredBackward after = Objects.requireNonNull(prescription.prediction()).after();
    return SnapshotDiagnosis.of(after, Thresholds.DEFAULT).verdict().toString();
  }

  private static Prescription atStart(Network network, Initialization values) {
    return prescribe(probe(network, values));
  }

  private static Prescription prescribe(GradientProbe probe) {
    return prescribe(probe, probe.initialValues());
  }

  private static Prescription prescribe(GradientProbe probe, float[] initial) {
    return new Prescriber(probe, Thresholds.DEFAULT)
        .prescribe(List.of(new ProbedSnapshot(probe.measure(initial, 0), initial)));
  }

  private static GradientProbe probe(Network network, Initialization values) {
    return new GradientProbe(network, PaperCases.settings(values, Penalty.none()), DATA, 1);
  }
}
